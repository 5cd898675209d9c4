"""The second encoder: MPNet as it was published, its weights in four bits, and the graph that runs them."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")
pytest.importorskip("onnx")
torch.set_num_threads(1)
pytestmark = pytest.mark.filterwarnings("ignore")  # the exporter warns of what does not concern us

from claimx.language.cascade import CASCADE_FILE, Cascade, int8_matrix  # noqa: E402
from claimx.language.pieces import Batch  # noqa: E402
from claimx_training.coreference.graphs import write_mentions  # noqa: E402
from claimx_training.network import ClaimxNetwork, EncoderSize  # noqa: E402
from claimx_training.semantics.cascade import RunningCascade, export_cascade  # noqa: E402
from claimx_training.semantics.four_bits import (  # noqa: E402
    FourBitEmbedding,
    four_bits,
    leave_rounded,
    packed,
    rounded,
    train_rounded,
)
from claimx_training.semantics.network import save_state  # noqa: E402
from claimx_training.semantics.teacher import (  # noqa: E402
    MPNET,
    MpnetEncoder,
    TeacherNetwork,
    mpnet_state,
    read_lowest,
)
from claimx_training.train import head_sizes, make_scheme  # noqa: E402

SIZE = replace(MPNET, vocabulary=40, width=128, layers=2, heads=2, feed_forward=128, positions=300)


@pytest.fixture
def parser() -> ClaimxNetwork:
    torch.manual_seed(2)
    size = EncoderSize(vocabulary=40, width=24, layers=1, heads=2, feed_forward=48, positions=64)
    return ClaimxNetwork(size, head_sizes(make_scheme([])))


@pytest.fixture
def teacher(parser: ClaimxNetwork) -> TeacherNetwork:
    encoder = MpnetEncoder(SIZE, parser.encoder.shapes.num_embeddings)
    return TeacherNetwork(encoder, parser, senses=3, labels=2).eval()


def test_mpnet_is_the_published_one() -> None:
    torch.manual_seed(3)
    config = transformers.MPNetConfig(
        vocab_size=44, hidden_size=128, num_hidden_layers=2, num_attention_heads=2, intermediate_size=128,
        max_position_embeddings=302,
    )  # fmt: skip
    theirs = transformers.MPNetModel(config, add_pooling_layer=False).eval()
    rows = list(range(4, 44))
    ours = MpnetEncoder(SIZE, shapes=3).eval()
    ours.load_state_dict(mpnet_state(theirs.state_dict(), rows, SIZE), strict=False)
    pieces = torch.randint(0, 40, (2, 290))
    mask = torch.ones_like(pieces)
    mask[1, 200:] = 0
    with torch.no_grad():
        there = theirs(input_ids=pieces + 4, attention_mask=mask).last_hidden_state
        here = ours(pieces, torch.zeros_like(pieces), mask)
    assert torch.allclose(here[0], there[0], atol=1e-4)
    assert torch.allclose(here[1, :200], there[1, :200], atol=1e-4)


def test_four_bits_keep_the_largest_and_stay_as_they_are() -> None:
    torch.manual_seed(4)
    weight = torch.randn(6, 192) * torch.tensor([0.1, 1.0, 5.0, 0.01, 1.0, 1.0])[:, None]
    weight[5] = 0
    kept = rounded(weight)
    assert torch.allclose(rounded(kept), kept, atol=1e-6)
    assert torch.allclose(kept.abs().amax(1), weight.abs().amax(1))
    assert ((kept - weight).norm(dim=1) <= 0.2 * weight.norm(dim=1)).all()
    steps, multipliers, scales = four_bits(weight)
    whole = int8_matrix(packed(steps.T), np.ascontiguousarray(multipliers.T.to(torch.int8).numpy()))
    assert np.abs(whole).max() < 64  # seven bits
    assert torch.allclose(torch.from_numpy(whole.astype(np.float32)) * scales, kept.T)


def test_an_embedding_in_four_bits_gives_the_rounded_rows() -> None:
    torch.manual_seed(5)
    weight = torch.randn(9, 128)
    index = torch.tensor([[3, 0], [8, 3]])
    assert torch.allclose(FourBitEmbedding(weight)(index), rounded(weight)[index], atol=1e-6)


def test_training_sees_rounded_weights_and_moves_the_true_ones(teacher: TeacherNetwork) -> None:
    layers = teacher.upper[0].layers
    matrix = layers[0].up
    true = matrix.weight.detach().clone()
    train_rounded(layers)
    assert torch.allclose(matrix.weight, rounded(true))
    matrix.weight.sum().backward()
    parameters = dict(matrix.named_parameters())
    assert torch.allclose(parameters["parametrizations.weight.original"], true)
    assert torch.allclose(parameters["parametrizations.weight.original"].grad, torch.ones_like(true))
    leave_rounded(layers)
    assert torch.allclose(matrix.weight, rounded(true))


def test_a_teacher_is_cut_from_above(teacher: TeacherNetwork, parser: ClaimxNetwork, tmp_path: Path) -> None:
    save_state(teacher, tmp_path / "teacher.pt")
    cut = read_lowest(tmp_path / "teacher.pt", parser, senses=3, labels=2, size=replace(SIZE, layers=1))
    (layer,) = cut.upper[0].layers
    lowest = teacher.upper[0].layers[0].state_dict()
    assert all(torch.equal(weight, lowest[name]) for name, weight in layer.state_dict().items())
    assert torch.equal(cut.trigger.weight, teacher.trigger.weight)
    with pytest.raises(KeyError):
        read_lowest(tmp_path / "teacher.pt", parser, senses=3, labels=2, size=replace(SIZE, layers=3))


def test_the_graph_says_what_the_network_says(teacher: TeacherNetwork, tmp_path: Path) -> None:
    encoder = teacher.upper[0]
    with torch.no_grad():
        encoder.pieces.weight.copy_(rounded(encoder.pieces.weight))
        for matrix in encoder.layers.modules():
            if isinstance(matrix, torch.nn.Linear):
                matrix.weight.copy_(rounded(matrix.weight))
    export_cascade(teacher, tmp_path)
    pieces = torch.randint(4, 40, (3, 20))
    firsts = torch.tensor([1, 4, 21, 22, 45])
    inputs = (pieces, pieces % 3, torch.ones_like(pieces), firsts, firsts + 2, torch.tensor([0, 1, 2, 1, 0]))
    with torch.no_grad():
        movements, statuses, trigger, filler, words = RunningCascade(teacher).eval()(*inputs)
    cascade = Cascade(tmp_path)
    found = cascade.run(Batch(*(values.numpy() for values in inputs)))
    assert found.movements == pytest.approx(movements.numpy(), abs=0.03)  # activations are int8
    assert found.statuses == pytest.approx(statuses.numpy(), abs=0.15)
    assert found.mention == pytest.approx(words.numpy(), abs=0.3)
    layer = torch.nn.Linear(words.shape[1], 3)
    for _ in range(2):  # what was given before is replaced
        write_mentions(tmp_path / CASCADE_FILE, tmp_path / CASCADE_FILE, layer)
    with torch.no_grad():
        made = torch.nn.functional.gelu(layer(torch.from_numpy(found.mention)))
    again = Cascade(tmp_path).run(Batch(*(values.numpy() for values in inputs)))
    assert again.mention == pytest.approx(made.numpy(), abs=1e-5)
    assert again.trigger == pytest.approx(found.trigger)
    write_mentions(tmp_path / CASCADE_FILE, tmp_path / CASCADE_FILE, None)
    assert Cascade(tmp_path).run(Batch(*(values.numpy() for values in inputs))).mention == pytest.approx(found.mention)
    apart = torch.arange(5) - 2
    with torch.no_grad():
        none, scores = teacher.nothing(trigger[2]), teacher.fillers(trigger[2][None], filler, apart)
    said = cascade.head(found.trigger[2], found.filler, apart.numpy())
    assert said == pytest.approx(torch.cat([none[None], scores]).numpy(), abs=0.15)
