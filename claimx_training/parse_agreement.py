"""Claims on treebank sentences, judged by the claims that the treebank's own trees give.

Where the rules read the same claim from the pipeline's tree and from the annotated one, the parse did no harm. That
says nothing of the rules, but there are many more such claims than annotated ones, and they show what parses that
mislead look like. For the parts of the treebanks that the pipeline was not trained on.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from claimx.claims.candidates import Candidate
from claimx.claims.movement.assemble import find_movements
from claimx.claims.movement.confidence import features
from claimx.claims.nouns import Kinds
from claimx.rules.loader import RuleSet, load_rules
from claimx_training.corpora import CorpusPaths, read_conllu
from claimx_training.evaluate import documents, gold_doc, run
from claimx_training.sentences import Sentence

_CORE = ("who", "what", "origin", "destination")


@dataclass(frozen=True, slots=True)
class Judged:
    """A predicted claim: the document it is from, its features, and whether it is right."""

    document: str
    features: dict[str, float]
    right: bool


def treebank_sentences(paths: CorpusPaths) -> Iterator[Sentence]:
    """Yield the sentences of the treebanks' held-out parts."""
    for part in ("dev", "test"):
        yield from read_conllu(paths.treebank("ewt", part))
        yield from read_conllu(paths.treebank("gum", part))


def judge_parses(sentences: Iterable[Sentence], nlp: Language, rules: RuleSet | None = None) -> list[Judged]:
    """Return the claims that the pipeline's trees give, right where the annotated trees give the same ones."""
    rules = rules or load_rules()
    groups = list(documents(list(sentences)))
    found: list[Judged] = []
    for doc, group in zip(run(nlp, (gold_doc(nlp, group) for group in groups)), groups, strict=True):
        wanted = {_core(movement) for movement in find_movements(with_trees(doc, group), rules)}
        kinds = Kinds(rules)
        found += [
            Judged(group[0].document, features(movement, kinds), _core(movement) in wanted)
            for movement in find_movements(doc, rules, kinds)
        ]
    return found


def with_trees(doc: Doc, sentences: Sequence[Sentence]) -> Doc:
    """Return the doc with the annotated tags and trees in place of the pipeline's; names and noun classes stay."""
    heads: list[int] = []
    for sentence in sentences:
        start = len(heads)
        heads += [start + (head if head >= 0 else index) for index, head in enumerate(sentence.heads or [])]

    def layer(name: str) -> list[str]:
        return [value for sentence in sentences for value in getattr(sentence, name)]

    annotated = Doc(
        doc.vocab,
        words=[token.text for token in doc],
        spaces=[bool(token.whitespace_) for token in doc],
        heads=heads,
        deps=["ROOT" if name == "root" else name for name in layer("deprels")],
        pos=layer("upos"),
        tags=layer("xpos"),
        morphs=["" if value == "_" else value for value in layer("feats")],
        lemmas=layer("lemmas"),
        ents=[f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else "O" for token in doc],
    )
    annotated.user_data.update({key: value for key, value in doc.user_data.items() if isinstance(key, str)})
    return annotated


def _core(movement: Candidate) -> tuple[int, tuple[tuple[str, int, int], ...]]:
    """Return a movement's trigger and core roles as token offsets."""
    roles = tuple(
        (role, movement.roles[role].start, movement.roles[role].end) for role in _CORE if role in movement.roles
    )
    return movement.trigger.token.i, roles
