"""Show what passes and what is proposed because devices refuse, and let a person decide."""

import argparse
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from detection.unopened.entry import domain
from proxy_addons.bypass_commands.kept_lists import KeptLists
from proxy_addons.client_class import described
from proxy_addons.learning import Learning, Proposal
from proxy_addons.live_lists import LiveLists
from proxy_addons.refusal_judgement import SENTENCES, Why
from proxy_addons.refusal_store import AUTOMATIC, CONFIRMED, DENIED, Pass, RefusalStore

STATES = {
    AUTOMATIC: "passes by itself, waits to be confirmed",
    CONFIRMED: "passes, confirmed",
    DENIED: "is read, a person has refused it",
}


def proposals(file: Path, lists: LiveLists) -> str:
    passes, proposed = look(file, lists)
    lines = [*_passes(passes), *_proposed(proposed)]
    return "\n".join(lines) or "No app has refused to be read, as far as is known."


def look(file: Path, lists: LiveLists) -> tuple[list[Pass], tuple[Proposal, ...]]:
    """What passes and what is proposed, changing nothing."""
    if not file.exists():
        return [], ()
    with RefusalStore.open(file) as store:
        return store.passes(), Learning(file, lists).proposals(store)


def _passes(passes: list[Pass]) -> Iterator[str]:
    for each in passes:
        until = f" until {each.until:%Y-%m-%d}" if each.until else ""
        by = f" By {each.by}: {each.why}" if each.by else ""
        yield f"{each.host}: {STATES[each.state]}{until}, for {described(each.client)}.{by}"


def _proposed(proposed: tuple[Proposal, ...]) -> Iterator[str]:
    for each in proposed:
        why = SENTENCES[each.why]
        counts = f"{each.refused.devices} devices, {each.refused.refusals} refusals"
        yield f"{each.refused.host}: proposed, for {described(each.refused.client)} ({counts}); {why}."


def decide(
    file: Path, lists: LiveLists, kept: KeptLists, arguments: argparse.Namespace, now: datetime, *, confirm: bool
) -> str:
    host = domain(arguments.host)
    passes, proposed = look(file, lists)
    if confirm and not arguments.even_so and any(p.refused.host == host and p.why is Why.SPOKEN for p in proposed):
        raise ValueError(f"{host}: {SENTENCES[Why.SPOKEN]}; say --even-so if you mean it")
    known = {each.client: each for each in passes if each.host == host}
    clients = known.keys() | {each.refused.client for each in proposed if each.refused.host == host}
    chosen = sorted(clients if arguments.client is None else clients & {arguments.client})
    if not chosen:
        raise ValueError(f"{host}: neither passes nor is proposed; see gatehouse bypass proposals")
    with RefusalStore.open(file) as store:
        for client in chosen:
            store.put(
                Pass(
                    client=client,
                    host=host,
                    state=CONFIRMED if confirm else DENIED,
                    since=known[client].since if client in known else now,
                    until=_end(arguments.until),
                    by=arguments.by,
                    why=arguments.why,
                )
            )
    act = "confirm" if confirm else "refuse"
    kept.note(now, {"by": arguments.by, "layer": "learned", "act": act, "why": arguments.why, "hosts": [host]})
    done = "passes unread" if confirm else "is read, and not proposed again"
    return "\n".join(f"{host} {done} for {described(client)}." for client in chosen)


def _end(until: date | None) -> datetime | None:
    """The end of the last day."""
    return datetime.combine(until, time(), UTC) + timedelta(days=1) if until else None
