"""Whose a host is: the domain somebody registered, by the public suffix list; and which domains nobody did."""

from publicsuffix2 import PublicSuffixList

_LIST = PublicSuffixList()
"""The list that comes with the package: nothing is fetched."""


def site(host: str) -> str:
    """The registered domain of ``host``: "example.co.uk" of "www.example.co.uk"."""
    labels = host.rstrip(".").lower().split(".")
    suffix = _LIST.get_tld(".".join(labels), strict=True)
    below = suffix.count(".") + 1 if suffix else 1
    return ".".join(labels[-below - 1 :])


def is_everybodys(domain: str) -> bool:
    """Whether anybody may register a name below it, or put up a site: "co.uk", "github.io"."""
    name = domain.rstrip(".").lower()
    return bool(_LIST.get_tld(name, strict=True) == name)
