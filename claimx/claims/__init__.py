"""Finders over a parsed Doc: triggers, roles, status, attribution, reference, places and dates of movement claims."""
