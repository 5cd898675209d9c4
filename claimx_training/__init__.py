"""Training and evaluation of the language model; not installed, run from a checkout.

The extra ``train`` brings what it needs: ``pip install -e '.[train]'``; what only measures needs no torch.
"""
