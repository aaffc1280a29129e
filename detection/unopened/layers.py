"""Lay a trust's and a school's list over the shipped one: what is nearest decides, but what is sealed stays closed."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path

from detection import helplines
from detection.settings import SettingsError
from detection.unopened.entry import Entry, domain, names
from detection.unopened.list_file import SHIPPED, load


class Layer(StrEnum):
    """From the nearest to the furthest."""

    OWN = "own"
    """Gatehouse itself."""
    SCHOOL = "school"
    TRUST = "trust"
    SHIPPED = "shipped"


LISTS = (Layer.SCHOOL, Layer.TRUST)
"""Those that are kept here, each as a file of that name in one folder."""


SEALED = frozenset({"bank", "health", "helpline"})
"""Reasons for which no list opens what Gatehouse leaves closed: the gateway's certificate cannot sign for these."""


@dataclass(frozen=True, slots=True)
class Decision:
    layer: Layer
    entry: Entry


class Layers:
    """Which hosts are left closed, by whose decision."""

    def __init__(
        self,
        entries: Mapping[Layer, Iterable[Entry]],
        today: Callable[[], date] = lambda: datetime.now(UTC).date(),
    ) -> None:
        self._today = today
        self._helplines = {name: Decision(Layer.SHIPPED, _helpline(name)) for name in helplines.domains()}
        self._layers = {
            layer: {entry.domain: Decision(layer, entry) for entry in entries.get(layer, ())} for layer in Layer
        }
        sealed = {n: d for n, d in self._layers[Layer.SHIPPED].items() if d.entry.reason in SEALED}
        self._order = (self._helplines | sealed, *self._layers.values())
        self._named: frozenset[str] = frozenset().union(*self._order)

    def decision(self, host: str) -> Decision | None:
        """The nearest list that says anything of the host or of a domain it lies below; in it the longest name.

        By whole labels: "notnhs.uk" is not below "nhs.uk".
        """
        among = [name for name in names(host) if name in self._named]
        if not among:  # asked of every request, and so it is of nearly all
            return None
        today = self._today()
        for layer in self._order:
            for name in among:
                if (found := layer.get(name)) and found.entry.counts(today):
                    return found
        return None

    def reason(self, host: str) -> str | None:
        """Why ``host`` is left closed; None where it is opened."""
        found = self.decision(host)
        return None if found is None or found.entry.opened else found.entry.reason

    def entries(self, layer: Layer) -> tuple[Entry, ...]:
        """In the order of their names; those of Gatehouse's own list with the helplines."""
        own = self._layers[layer]
        among = own | self._helplines if layer is Layer.SHIPPED else own
        return tuple(among[name].entry for name in sorted(among))

    def closed(self) -> tuple[str, ...]:
        """Every listed domain that is closed now; of two, one below the other, both."""
        return tuple(sorted({name for layer in self._order for name in layer if self.reason(name)}))

    def closes_all_of(self, domain: str) -> bool:
        """Whether neither ``domain`` is opened nor anything that a list names below it."""
        below = {name for layer in self._order for name in layer if name.endswith(f".{domain}")}
        return all(self.reason(name) for name in (domain, *below))

    def domains(self, reasons: Collection[str]) -> set[str]:
        """Those closed now for one of ``reasons``."""
        return {name for name in self.closed() if self.reason(name) in reasons}


def files(place: Path | None) -> dict[Layer, Path]:
    """Where the lists lie: ``place`` is the school's own file, or a folder of trust.toml and school.toml, or none."""
    if place is None:
        return {}
    if place.is_dir():
        return {layer: place / f"{layer}.toml" for layer in LISTS}
    return {Layer.SCHOOL: place}


def load_layers(place: Path | None = None, own: Iterable[str] = (), shipped: Path = SHIPPED) -> Layers:
    """``own``: the system's own hosts. Raises SettingsError; a list that a folder does not have is empty."""
    entries: dict[Layer, Iterable[Entry]] = {Layer.SHIPPED: load(shipped), Layer.OWN: _own(own)}
    for layer, file in files(place).items():
        if file.exists() or file == place:
            entries[layer] = load(file)
    if place and place.is_dir() and (strange := sorted(set(place.glob("*.toml")) - set(files(place).values()))):
        raise SettingsError(f"{strange[0]}: no such list; here stand {' and '.join(f'{name}.toml' for name in LISTS)}")
    return Layers(entries)


def _own(hosts: Iterable[str]) -> list[Entry]:
    """A console may be reached by an address or a bare name, which nobody else's list may hold."""
    return [
        Entry(domain=host.rstrip(".").lower(), reason="own-console", why="Gatehouse itself is reached here.")
        for host in hosts
    ]


def _helpline(name: str) -> Entry:
    return Entry(
        domain=domain(name),
        reason="helpline",
        why="Who looks for help must be able to do so unseen; no list opens it.",
        source="docs/helplines.md",
    )
