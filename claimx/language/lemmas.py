"""Lemmas as edit scripts: a small set of classes that a classifier can choose from.

After Straka, "UDPipe 2.0 Prototype at CoNLL 2018" (lemma rules as classes), cut down to what English needs: a casing
step, then a change at the end of the word, else the whole lemma. `claimx_training.lemmas` makes the scripts.
"""

from typing import Final

KEEP: Final = "keep"
LOWER: Final = "lower"
TITLE: Final = "title"
WHOLE: Final = "="


def apply_script(form: str, script: str) -> str:
    """The lemma that `script` makes of `form`; the form in lower case where the script does not fit it."""
    if script.startswith(WHOLE):
        return script[len(WHOLE) :] or form
    casing, cut, suffix = script.split("|", 2)
    base = {LOWER: form.lower, TITLE: form.capitalize}.get(casing, form.__str__)()
    count = int(cut)
    # a script that eats the whole word was learned from a longer one
    if count > len(base) or (count == len(base) and not suffix):
        return form.lower()
    return base[: len(base) - count] + suffix
