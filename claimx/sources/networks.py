"""Which addresses are part of the public web, and which lead into somebody's own network."""

import ipaddress

_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")  # IPv4 behind IPv6 (NAT64, RFC 6052)
_OWN_NAMES = ("localhost", ".localhost", ".local", ".internal", ".home.arpa")


def is_private(host: str) -> bool:
    """Return whether a host is outside the public web, as far as its name or its number tells without asking for it."""
    name = host.strip("[]").partition("%")[0].rstrip(".").lower()
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return name.endswith(_OWN_NAMES)
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address in _TRANSLATED:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_private(str(inner))
    return not address.is_global or address.is_multicast
