"""Organisations by the names that news gives them."""

from collections.abc import Mapping

from claimx.rules.files import Strict, read_bundled


class _Organisations(Strict):
    names: Mapping[str, tuple[str, ...]]


ORGANISATIONS = read_bundled(_Organisations, "organisations.toml").names
"""What an organisation is also called, by its full name."""
