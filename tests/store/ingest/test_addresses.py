from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.ingest.addresses import LONGEST_URL, is_public, refusal, shown_url


@pytest.mark.parametrize("ip", ["8.8.8.8", "93.184.216.34", "2606:4700::1111", "64:ff9b::808:808"])
def test_hosts_of_the_internet_are_public(ip: str) -> None:
    assert is_public(ip_address(ip))


@pytest.mark.parametrize(
    "ip",
    [
        *("127.0.0.1", "127.255.0.9", "0.0.0.0", "10.1.2.3", "172.16.0.1"),  # noqa: S104 (no bind)
        "192.168.1.1",
        *("169.254.169.254", "100.64.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255"),
        *("192.0.0.8", "192.0.2.1", "198.18.0.1", "192.88.99.1", "233.252.0.1"),
        *("::1", "::", "fe80::1", "fec0::1", "fc00::1", "fd12::1", "ff02::1", "2001:db8::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1"),
        *("64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "2002:7f00:1::"),
        *("2002:808:808::1", "2001:0:7f00:1::1", "100::1", "5f00::1", "3fff::1"),
    ],
)
def test_all_other_networks_are_not(ip: str) -> None:
    assert not is_public(ip_address(ip))


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_hides_in_no_form_of_ipv6(ip: IPv4Address) -> None:
    mapped = IPv6Address(b"\0" * 10 + b"\xff\xff" + ip.packed)
    translated = IPv6Address(IPv6Address("64:ff9b::").packed[:12] + ip.packed)
    relayed = IPv6Address(b"\x20\x02" + ip.packed + b"\0" * 10)
    assert is_public(mapped) == is_public(translated) == is_public(ip)
    assert not is_public(relayed)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://example.org/a", "only http and https are fetched"),
        ("file:///etc/passwd", "only http and https are fetched"),
        ("/etc/passwd", "only http and https are fetched"),
        ("gopher://example.org", "only http and https are fetched"),
        ("http://user:secret@example.org/", "it carries a user name or password"),
        ("http://user@example.org/", "it carries a user name or password"),
        ("http://example.org:22/", "port 22 is not among 80, 443, 8080, 8443"),
        ("http://example.org:99999/", "it is no URL"),
        ("http:///a", "it names no host"),
        ("http://exa mple.org/", "it holds a space or a control character"),
        ("http://example.org/\r\nHost: x", "it holds a space or a control character"),
        ("http://2130706433/", "its host is a number written in an odd form"),
        ("http://0x7f000001/", "its host is a number written in an odd form"),
        ("http://0x7f.0.0.1/", "its host is a number written in an odd form"),
        ("http://0177.0.0.1/", "its host is a number written in an odd form"),
        ("http://127.1/", "its host is a number written in an odd form"),
        ("http://127.0.0.1./", "its host is a number written in an odd form"),
        ("http://1.2.3.999/", "its host is a number written in an odd form"),
        ("http://[fe80::1%25eth0]/", "an address with a zone is of this network only"),
        ("http://example.org/" + "a" * LONGEST_URL, "it is longer than 2,000 characters"),
    ],
)
def test_the_form_of_an_address_is_reason_enough(url: str, reason: str) -> None:
    assert refusal(url) == reason


@pytest.mark.parametrize(
    "url",
    [
        *("http://example.org", "https://example.org:8443/a?b=c#d", "http://8.8.8.8/"),
        *("https://exämple.org/ü", "http://[2606:4700::1111]/", "https://news24/"),
    ],
)
def test_plain_addresses_are_taken(url: str) -> None:
    assert refusal(url) is None


@given(st.text(max_size=60))
def test_whatever_is_given_is_answered(text: str) -> None:
    assert isinstance(refusal(text), str | None)
    assert shown_url(text).isprintable()


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://example.org/a?key=secret#part", "https://example.org/a?…"),
        ("https://user:secret@example.org/a", "https://example.org/a"),
        ("http://user:secret@example.org:99999/a?b", "http://example.org:99999/a"),
    ],
)
def test_a_shown_address_keeps_no_secret(url: str, shown: str) -> None:
    assert shown_url(url) == shown
