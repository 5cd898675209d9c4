"""Training and evaluation of the language model, and what makes the index of places and the outlines of maps.

Not installed, run from a checkout. The extra ``train`` brings what it needs: ``pip install -e '.[train]'``; what only
measures needs no torch.
"""
