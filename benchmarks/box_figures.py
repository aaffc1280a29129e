"""What is measured of a box, and how it is printed."""

import os
from collections.abc import Mapping
from dataclasses import dataclass

P50_LIMIT, P95_LIMIT = 5, 20
"""Milliseconds that may be added at half load."""


@dataclass(frozen=True, slots=True)
class Figures:
    """With so many clients; each the median of the rounds."""

    full: float
    """Requests a second over kept connections."""
    half: float
    """Of ``full``, what was served while half was asked for."""
    p50_ms: float
    p95_ms: float
    """Added at half load, to what a plain router takes at the same rate."""
    p95_highest_ms: float
    """Of all rounds."""
    fresh: float
    """New TLS connections a second, each with a request."""
    fresh_cpu_ms: float
    megabytes: float
    """Of a worker."""


@dataclass(frozen=True, slots=True)
class Bell:
    asked: int
    served: int
    within: int
    """Served before the bell's last second had passed: how many a second."""
    signed_in: int
    people: int
    p50_s: float
    p95_s: float
    cpu_ms: float
    queued: int


def table(rows: Mapping[str, Figures], peer: Figures | None, clients: int, size: int) -> None:
    """``peer``: of the reader that opens TLS and reads nothing."""
    if not rows:
        return
    print(f"\n{clients} clients, pages of {size} KB over TLS")
    print(
        f"{'':15}{'requests/s':>11}{'to squid':>9}{'half load is':>13}{'added p50 ms':>13}{'ratio':>6}"
        f"{'p95 ms':>7}{'ratio':>6}{'highest':>8}{'new TLS/s':>10}{'to squid':>9}{'CPU ms each':>12}{'MB a worker':>12}"
    )
    for name, row in rows.items():
        print(
            f"{name:15}{row.full:11.0f}{_ratio(row.full, peer and peer.full):>9}{row.half:13.2f}"
            f"{row.p50_ms:13.1f}{row.p50_ms / P50_LIMIT:6.2f}{row.p95_ms:7.1f}{row.p95_ms / P95_LIMIT:6.2f}"
            f"{row.p95_highest_ms:8.1f}{row.fresh:10.0f}{_ratio(row.fresh, peer and peer.fresh):>9}"
            f"{row.fresh_cpu_ms:12.1f}{row.megabytes:12.0f}"
        )
    print(f"limit: at half load at most {P50_LIMIT} ms added at p50 and {P95_LIMIT} ms at p95; ratio: to the limit")


def bell_table(rows: Mapping[str, Bell], rate: float) -> None:
    if not rows:
        return
    some = next(iter(rows.values()))
    print(f"\nThe bell: {some.people} people, {rate:.0f} new TLS connections a second wanted; {os.cpu_count()} cores")
    print(
        f"{'':15}{'served':>16}{'a second':>10}{'signed in':>14}{'p50 s':>8}{'p95 s':>8}"
        f"{'CPU ms each':>13}{f'cores for {rate:.0f}/s':>17}{'waited untaken':>16}"
    )
    for name, row in rows.items():
        print(
            f"{name:15}{f'{row.served} of {row.asked}':>16}{row.within:10}{f'{row.signed_in} of {row.people}':>14}"
            f"{row.p50_s:8.1f}{row.p95_s:8.1f}{row.cpu_ms:13.1f}{row.cpu_ms * rate / 1000:17.1f}{row.queued:16}"
        )


def _ratio(value: float, to: float | None) -> str:
    return f"{value / to:.2f}" if to else "–"
