"""How good the predicates are: labelled argument heads and senses on PropBank over EWT, as the pipeline gives them."""

from collections import Counter
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from claimx.language.semantics import semantics_of
from claimx_training.corpora import CorpusPaths
from claimx_training.scoring import Tally
from claimx_training.semantics.corpora import Frames, read_ewt_propbank


def evaluate_predicates(paths: CorpusPaths, nlp: Language, part: str) -> dict[str, Any]:
    """F1 of predicates; given these, F1 of labelled argument heads and accuracy of senses; gold words and sentences."""
    roles = paths.root / "semantic_roles"
    frames = Frames(roles / "propbank_senses.jsonl")
    counts: Counter[str] = Counter()
    for passage in read_ewt_propbank(roles / f"ewt_propbank-{part}.jsonl", paths.treebank("ewt", part), frames):
        starts: list[bool | int | None] = [
            i == 0 or passage.sentences[i] != passage.sentences[i - 1] for i in range(len(passage.words))
        ]
        doc = nlp(Doc(nlp.vocab, words=passage.words, sent_starts=starts))
        semantics = semantics_of(doc)
        if semantics is None:
            continue
        gold = {p.word: p for p in passage.predicates or ()}
        found = {p.token.i for p in semantics.predicates}
        counts["predicates right"] += len(found & gold.keys())
        counts["predicates found"] += len(found)
        for word, predicate in gold.items():
            given = semantics.predicate(doc[word])
            got = {(a.head.i, a.label) for a in given.arguments}
            counts["arguments right"] += len(got & set(predicate.arguments))
            counts["arguments found"] += len(got)
            counts["arguments marked"] += len(predicate.arguments)
            counts["predicates"] += 1
            counts["senses right"] += given.sense == predicate.sense
    predicates = Tally(counts["predicates right"], counts["predicates"], counts["predicates found"])
    arguments = Tally(counts["arguments right"], counts["arguments marked"], counts["arguments found"])
    return {
        "predicates F1": round(predicates.f1, 4),
        "arguments, labelled heads, F1": round(arguments.f1, 4),
        "senses, accuracy": round(counts["senses right"] / max(counts["predicates"], 1), 4),
        "predicates": counts["predicates"],
    }
