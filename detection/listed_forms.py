"""The forms under which an address may stand in a list, each spelt one way: host, folder, page, page with its query."""

import re
from collections.abc import Iterator
from urllib.parse import quote, unquote_to_bytes

MOST_HOSTS = 5
MOST_FOLDERS = 6
"""Of one address: how far up a list may name what holds it."""
LONGEST = 8192
"""Characters of an address that count."""
_UNPACKED = 4
"""Times that "%2541" and the like are unpacked."""
_PLAIN = "!$&'()*+,;=:@/~-._"
_HIDDEN = re.compile("[\t\r\n]")
_SLASHES = re.compile("/+")
_ADDRESS = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*://)?([^/?]*)(.*)", re.DOTALL)
_WHOLE_REGISTRY = re.compile(r"(?:ac|co|com|edu|gov|ltd|me|net|nhs|nom|org|plc|police|sch)\.[a-z]{2}")
"""What half a country's sites lie below, such as “co.uk”."""
_NAME = re.compile(r"[\w-]+(?:\.[\w-]+)+|\[[0-9a-f:.]+\]")


def hosts(host: str) -> Iterator[str]:
    """The host and what it lies below, down to two labels. ``www.`` says nothing."""
    plain = _host(host)
    labels = plain.split(".")
    if not plain or plain.startswith("[") or plain.replace(".", "").isdigit():
        yield plain
        return
    for start in range(max(0, len(labels) - MOST_HOSTS), max(1, len(labels) - 1)):
        yield ".".join(labels[start:])


def forms(host: str, target: str) -> Iterator[str]:
    """Everything that lists ``host`` and ``target`` (path and query), from afar to near."""
    path, query = _split(target)
    places = [*_folders(path), *([path] if path != "/" else []), *([f"{path}?{query}"] if query else [])]
    for name in hosts(host):
        yield name
        for place in places:
            yield name + place


def entry(address: str) -> tuple[str, str]:
    """Host and form of an address as a list-maker writes it, with or without scheme. ValueError if it is none.

    ``site.example`` stands for the whole site, ``…/a/`` for what is below, ``…/a`` for the page with any query,
    ``…/a?b=1`` for that alone.
    """
    bare = _HIDDEN.sub("", address).strip().partition("#")[0]
    authority, rest = _ADDRESS.fullmatch(bare).groups()  # type: ignore[union-attr]  # it matches anything
    host = _host(authority)
    if not _NAME.fullmatch(host):
        raise ValueError("is no address")
    path, query = _split(rest)
    if path == "/" and not query and _WHOLE_REGISTRY.fullmatch(host):
        raise ValueError("is no site, but what sites of anybody lie below")
    if query:
        return host, f"{host}{path}?{query}"
    return host, host if path == "/" else host + path


def _host(written: str) -> str:
    """Without name, port, final dot and ``www.``; as the network spells it."""
    name = written.rpartition("@")[2].lower()
    name = name.partition("]")[0] + "]" if name.startswith("[") else name.partition(":")[0]
    name = name.rstrip(".")
    if not name.isascii():
        try:
            name = name.encode("idna").decode("ascii")
        except UnicodeError:
            return ""
    bare = name.removeprefix("www.")
    return bare if "." in bare else name


def _split(target: str) -> tuple[str, str]:
    path, _, query = _HIDDEN.sub("", target[:LONGEST]).partition("#")[0].partition("?")
    return _path(path), quote(unquote_to_bytes(query), safe=_PLAIN + "?") if query else ""


def _path(written: str) -> str:
    raw = written.encode("utf-8", "surrogateescape")
    for _ in range(_UNPACKED):
        if (plain := unquote_to_bytes(raw)) == raw:
            break
        raw = plain
    kept: list[str] = []
    steps = _SLASHES.sub("/", quote(raw, safe=_PLAIN)).removeprefix("/").split("/")
    for step in steps:
        if step == "..":
            kept = kept[:-1]
        elif step != ".":
            kept.append(step)
    closed = "/" if steps[-1] in (".", "..") and kept and kept[-1] else ""
    return "/" + "/".join(kept) + closed


def _folders(path: str) -> list[str]:
    ends = [at + 1 for at, letter in enumerate(path) if letter == "/"][1:]
    return [path[:end] for end in ends[:MOST_FOLDERS] if path[:end] != path]
