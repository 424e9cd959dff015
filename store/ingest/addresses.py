"""Which addresses may be fetched: the form of a URL, and the network that it leads to.

Pure rules; store.ingest.fetch asks them before a request and at each connection.
"""

import re
from collections.abc import Collection
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from yarl import URL

Ip = IPv4Address | IPv6Address

PORTS = frozenset({80, 443, 8080, 8443})
LONGEST_URL = 2000

# Beside what the ipaddress module calls special: addresses of protocols, not of hosts.
_NOT_HOSTS = (IPv4Network("192.0.0.0/24"), IPv4Network("192.88.99.0/24"))
_UNICAST = IPv6Network("2000::/3")
_NOT_UNICAST = (
    IPv6Network("2001::/23"),  # Teredo, benchmarks and the like
    IPv6Network("2001:db8::/32"),
    IPv6Network("2002::/16"),  # 6to4 hides an IPv4 address, and nobody serves on it
    IPv6Network("3fff::/20"),
)
_NAT64 = IPv6Network("64:ff9b::/96")
_NUMBER = re.compile(r"\d+|0[xX][0-9a-fA-F]*")  # how a number ends a host, to a browser
_QUAD = re.compile(r"(?:(?:0|[1-9]\d{0,2})\.){3}(?:0|[1-9]\d{0,2})")


def is_public(ip: Ip) -> bool:
    """Tell whether `ip` is a host of the public internet: not of this machine or its network."""
    if isinstance(ip, IPv4Address):
        special = ip.is_multicast or ip.is_reserved or any(ip in net for net in _NOT_HOSTS)
        return ip.is_global and not special
    if (inner := ip.ipv4_mapped) is not None:
        return is_public(inner)
    if ip in _NAT64:  # the only road to IPv4 from a network that has IPv6 alone
        return is_public(IPv4Address(ip.packed[-4:]))
    return ip in _UNICAST and not any(ip in net for net in _NOT_UNICAST)


def refusal(text: str, ports: Collection[int] = PORTS) -> str | None:
    """Return why the URL `text` is not fetched, or None where its form is no reason."""
    if len(text) > LONGEST_URL:
        return f"it is longer than {LONGEST_URL:,} characters"
    if any(letter.isspace() or not letter.isprintable() for letter in text):
        return "it holds a space or a control character"
    try:
        return _part_refusal(URL(text), ports)
    except ValueError:
        return "it is no URL"


def _part_refusal(url: URL, ports: Collection[int]) -> str | None:
    if url.scheme not in {"http", "https"}:
        return "only http and https are fetched"
    if url.raw_user is not None or url.raw_password is not None:
        return "it carries a user name or password"
    if url.port not in ports:
        return f"port {url.port} is not among {', '.join(map(str, sorted(ports)))}"
    return _host_refusal(url.raw_host)


def _host_refusal(host: str | None) -> str | None:
    if not host:
        return "it names no host"
    if ":" in host:  # an IPv6 address; whether a public one is asked when it is connected to
        return "an address with a zone is of this network only" if "%" in host else None
    last = host.rstrip(".").rpartition(".")[2]
    if _NUMBER.fullmatch(last) and not (_QUAD.fullmatch(host) and _is_ip(host)):
        return "its host is a number written in an odd form"
    return None


def _is_ip(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def shown_url(text: str) -> str:
    """Return the URL as it may stand in a log or a message: no user, query or fragment."""
    try:
        url = URL(text[:LONGEST_URL]).with_fragment(None)
        bare = url.with_user(None) if url.absolute else url
        hidden = "?…" if url.query_string else ""
        plain = str(bare.with_query(None)) + hidden
    except ValueError:
        plain = re.sub(r"//[^/@]*@", "//", re.split(r"[?#]", text[:LONGEST_URL])[0])
    return "".join(letter for letter in plain if letter.isprintable())[:200]
