"""Coreference: its corpora, the training of its head, and its measuring."""
