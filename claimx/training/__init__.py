"""Training and evaluation of the language model; needs the extra ``claimx[train]`` for everything that uses torch."""
