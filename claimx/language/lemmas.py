"""Lemmas as edit scripts: a small set of classes that a classifier can choose from.

After Straka, "UDPipe 2.0 Prototype at CoNLL 2018" (lemma rules as classes), cut down to what English needs: a casing
step, then a change at the end of the word, else the whole lemma.
"""

from typing import Final

KEEP: Final = "keep"
LOWER: Final = "lower"
TITLE: Final = "title"
_WHOLE: Final = "="


def edit_script(form: str, lemma: str) -> str:
    """The script that makes `lemma` out of `form`, such as ``lower|3|y`` (*Carries* -> *carry*).

    A script is ``casing|number of characters cut from the end|suffix added``; a lemma that shares no beginning with
    the form is written whole, ``=be``.
    """
    if not lemma or form == lemma:
        return f"{KEEP}|0|"
    base, casing = form, KEEP
    if lemma == lemma.lower() != lemma.upper() and form != form.lower():
        base, casing = form.lower(), LOWER
    elif len(form) > 1 and form.isupper() and lemma == lemma.capitalize():
        base, casing = form.capitalize(), TITLE
    common = 0
    for ours, theirs in zip(base, lemma, strict=False):
        if ours != theirs:
            break
        common += 1
    if common == 0:
        return _WHOLE + lemma
    return f"{casing}|{len(base) - common}|{lemma[common:]}"


def apply_script(form: str, script: str) -> str:
    """The lemma that `script` makes of `form`; the form in lower case where the script does not fit it."""
    if script.startswith(_WHOLE):
        return script[len(_WHOLE) :] or form
    casing, cut, suffix = script.split("|", 2)
    base = {LOWER: form.lower, TITLE: form.capitalize}.get(casing, form.__str__)()
    count = int(cut)
    # a script that eats the whole word was learned from a longer one
    if count > len(base) or (count == len(base) and not suffix):
        return form.lower()
    return base[: len(base) - count] + suffix
