"""The edit scripts that make lemmas, for training to learn; `claimx.language.lemmas` applies them."""

from claimx.language.lemmas import KEEP, LOWER, TITLE, WHOLE


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
        return WHOLE + lemma
    return f"{casing}|{len(base) - common}|{lemma[common:]}"
