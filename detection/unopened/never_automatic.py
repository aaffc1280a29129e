"""Where people search, chat, ask a chatbot or write for each other: left closed by a person alone, never by itself."""

import tomllib
from functools import cache
from pathlib import Path

from detection.extract.services import SERVICES, service_at
from detection.unopened.entry import names

FILE = Path(__file__).with_name("never_automatic.toml")


def what_is(host: str) -> str | None:
    """What is there, to put after "it is": "a search engine", "Instagram"; None where nothing of the kind is known."""
    if service := service_at(f"https://{host.rstrip('.').lower()}/"):
        return service.name or "a chatbot"
    return next((_listed()[name] for name in names(host) if name in _listed()), None)


def below(domain: str) -> tuple[str, ...]:
    """Hosts of this kind that ``domain`` would take along: "google.com" takes "gemini.google.com"."""
    whole = f".{domain.rstrip('.').lower()}"
    hosts = {host for service in SERVICES for host in service.hosts} | _listed().keys()
    return tuple(sorted(host for host in hosts if host.endswith(whole)))


@cache
def _listed() -> dict[str, str]:
    kinds = tomllib.loads(FILE.read_text("utf-8"))
    return {domain: kind["is"] for kind in kinds.values() for domain in kind["domains"]}
