"""Vocabularies and patterns as TOML, with their loader and schema."""
