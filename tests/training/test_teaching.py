"""The semantic layers learn from a teacher too and keep the mean of their weights; short texts are learned together."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
torch.set_num_threads(1)
pytestmark = pytest.mark.filterwarnings("ignore")  # heads without any labels are empty

from claimx_training.coreference.head import Batch, CoreferenceHead, gathered  # noqa: E402
from claimx_training.network import ClaimxNetwork, EncoderSize  # noqa: E402
from claimx_training.semantics.network import SemanticNetwork  # noqa: E402
from claimx_training.semantics.teacher import (  # noqa: E402
    MPNET,
    MpnetEncoder,
    TeacherNetwork,
    read_soft,
    save_soft,
    soften,
)
from claimx_training.semantics.training import (  # noqa: E402
    Average,
    Material,
    SemanticOptions,
    Soft,
    Unit,
    encode,
    movement_losses,
    soft_losses,
    to_tensors,
)
from claimx_training.train import head_sizes, make_scheme  # noqa: E402


def unit(word: int = 1) -> Unit:
    """A window of three words, of which `word` is a trigger, asserted."""
    return Unit(0, [[5], [6, 7], [8]], [0, 0, 0], [], False, [(word, 0, [], [])], True, [0, 0, 0], False)


@pytest.fixture
def parser() -> ClaimxNetwork:
    torch.manual_seed(1)
    size = EncoderSize(vocabulary=200, width=24, layers=2, heads=2, feed_forward=48, positions=64)
    return ClaimxNetwork(size, head_sizes(make_scheme([])))


def test_triggers_follow_the_teacher(parser: ClaimxNetwork) -> None:
    torch.manual_seed(1)
    network = SemanticNetwork(parser.encoder, parser.word_shapes, senses=3, labels=2, shared=1)
    window = unit()
    assert not soft_losses(network, to_tensors([window], torch.device("cpu")), torch.zeros(3, 1))
    window.soft = Soft(np.asarray([-4, 4, 4], np.float16), np.asarray([[0, 6, 0, 0, 0, 0]], np.float16))
    batch = to_tensors([window], torch.device("cpu"))
    optimizer = torch.optim.Adam([p for p in network.parameters() if p.requires_grad], lr=5e-3)
    for _ in range(60):
        loss = torch.stack(list(soft_losses(network, batch, encode(network, batch)).values())).sum()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    network.eval()
    hidden = network.hidden(network.trigger, encode(network, batch))
    assert (network.is_movement(hidden).squeeze(-1) > 0).tolist() == [False, True, True]
    assert int(network.status(hidden[1]).argmax()) == 1


def test_a_teacher_speaks_of_every_window_and_is_read_again(parser: ClaimxNetwork, tmp_path: Path) -> None:
    size = replace(MPNET, vocabulary=200, width=16, layers=1, heads=2, feed_forward=16, positions=60)
    encoder = MpnetEncoder(size, parser.encoder.shapes.num_embeddings)
    teacher = TeacherNetwork(encoder, parser, senses=3, labels=2)
    material = Material({"movements": [unit(), unit(2), unit(0)]}, {})
    movement_losses(teacher, one := to_tensors([unit()], torch.device("cpu")), encode(teacher, one))["roles"].backward()
    assert encoder.shapes.weight.grad is not None  # the embeddings are the teacher's own, and learn
    soften(teacher, material.training["movements"], SemanticOptions(batch_pieces=8))
    said = [window.soft for window in material.training["movements"]]
    assert all(s is not None and s.triggers.shape == (3,) and s.statuses.shape == (1, 6) for s in said)
    save_soft(material, tmp_path / "soft.npz")
    again = Material({"movements": [unit(), unit(2), unit(0)]}, {})
    read_soft(again, tmp_path / "soft.npz")
    for before, window in zip(said, again.training["movements"], strict=True):
        assert before is not None
        assert window.soft is not None
        assert np.array_equal(before.triggers, window.soft.triggers)
        assert np.array_equal(before.statuses, window.soft.statuses)
    with pytest.raises(ValueError, match="other marks"):
        read_soft(Material({"movements": [unit()]}, {}), tmp_path / "soft.npz")


def test_the_mean_of_weights_lies_between_them(parser: ClaimxNetwork) -> None:
    network = SemanticNetwork(parser.encoder, parser.word_shapes, senses=3, labels=2, shared=1)
    torch.nn.init.zeros_(network.status.weight)
    average = Average(network)
    torch.nn.init.ones_(network.status.weight)
    average.add(network)
    average.put(network)
    assert 0.5 < float(network.status.weight.detach()[0, 0]) < 1


def test_short_texts_are_learned_together_and_stay_apart() -> None:
    torch.manual_seed(1)
    head = CoreferenceHead(6).eval()

    def batch(pairs: int) -> Batch:
        codes = torch.zeros((pairs, 18), dtype=torch.int64)
        return Batch(
            vectors=torch.randn(pairs + 1, 6), anaphors=torch.tensor([pairs]),
            alone=torch.zeros((1, 8), dtype=torch.int64), left=torch.full((pairs,), pairs), right=torch.arange(pairs),
            codes=codes, row=torch.zeros(pairs, dtype=torch.int64), column=torch.arange(pairs) + 1, width=pairs,
            truth=torch.zeros((1, pairs + 1), dtype=torch.bool), learnable=torch.ones(1, dtype=torch.bool),
        )  # fmt: skip

    apart = [batch(1), batch(3)]
    (together,) = gathered(apart)
    with torch.no_grad():
        rows = head(together)
        assert torch.allclose(rows[0, :2], head(apart[0])[0])
        assert torch.allclose(rows[1], head(apart[1])[0])
    assert (rows[0, 2:] < -1e8).all()
    assert together.truth.shape == (2, 4)
