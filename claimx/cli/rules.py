"""`claimx rules`: list the rules in force, check a rule pack, try rules on a sentence."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claimx.cli.arguments import ModelOption, RulesOption, argument, make_app
from claimx.cli.streams import ending_with, say, say_indented, tell

if TYPE_CHECKING:
    from spacy.language import Language

    from claimx.rules.loader import RuleSet

app = make_app()

PackArgument = Annotated[Path, argument("FILE", "A rule pack (TOML).")]


@app.command("list")
def list_cli(rules: RulesOption = None) -> None:
    """Print every rule in force, one a line: id, kind, what it is about, and its words."""
    from claimx.rules.loader import load_rules

    with ending_with(2):
        ruleset = load_rules(rules or ())
    for movement in ruleset.movement:
        words = (*movement.verbs, *(f"{noun} (noun)" for noun in movement.nouns), *movement.phrases)
        say(movement.id, "movement", movement.frame, ", ".join(words))
    for status in ruleset.status:
        say(status.id, "status", status.status, ", ".join(status.words))
    for saying in ruleset.lexicon.rules:
        words = (*saying.verbs, *(f"{noun} (noun)" for noun in saying.nouns), *saying.adjectives, *saying.phrases)
        say(saying.id, "reporting", saying.mode, ", ".join(words))


@app.command("check")
def check_cli(file: PackArgument, model: ModelOption = None) -> None:
    """Check a rule pack: its form, and that its own examples hold. Exit status 1 where one does not."""
    from claimx.claims.explain import check_examples
    from claimx.language import load_model
    from claimx.rules.loader import load_rules, read_pack

    with ending_with(2):
        pack = read_pack(file)
        failures = check_examples(pack, load_rules([file]), load_model(model))
    for failure in failures:
        tell(f"{file}: {failure}")
    if failures:
        raise typer.Exit(1)
    say(f"{file}: {len(pack.movement) + len(pack.status) + len(pack.reporting)} rules, all examples hold")


@app.command("try")
def try_cli(
    file: PackArgument, sentence: Annotated[str, typer.Argument(help="A sentence.")], model: ModelOption = None
) -> None:
    """Show which rules look at a sentence, what they find, and why they fire or do not (FILE - for none).

    Of each claim it says the status and who is said to have said it, with the words that decide.
    """
    from claimx.claims.explain import explain
    from claimx.language import load_model
    from claimx.rules.loader import load_rules

    with ending_with(2):
        ruleset = load_rules([] if str(file) == "-" else [file])
        nlp = load_model(model)
        lines = [*explain(sentence, ruleset, nlp), *_sources(sentence, ruleset, nlp)]
    say_indented(lines)


def _sources(sentence: str, rules: "RuleSet", nlp: "Language") -> Iterator[str]:
    """Yield who is said to have said each claim of a sentence, nearest to the event first, and by which words."""
    from claimx.pipeline import extract
    from claimx.records import Article

    for claim in extract(Article(source="-", text=sentence), nlp=nlp, rules=rules).claims:
        for source in claim.sources:
            cue = f", cue {source.cue.text!r}" if source.cue else ""
            yield f"claim {claim.trigger.text!r}: said by {source.text!r} ({source.kind}{cue})"
