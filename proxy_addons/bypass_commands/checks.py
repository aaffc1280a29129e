"""What may stand on a list: refuse what takes far too much along, and what monitoring is for, unless it is meant."""

from detection.unopened.entry import domain
from detection.unopened.layers import SEALED, Layer, Layers
from detection.unopened.never_automatic import below, what_is
from proxy_addons.registered_site import is_everybodys

NAMED = 3


def closable(text: str, *, even_so: bool) -> str:
    """The domain, to be left closed. Raises ValueError, in a sentence."""
    name = domain(text)
    if is_everybodys(name):
        raise ValueError(f"{name}: anybody may have a name below it, so it stands for far too much")
    if even_so:
        return name
    if what := what_is(name):
        raise ValueError(
            f"{name}: it is {what}, and nothing there would be read any more; say --even-so if you mean it"
        )
    if taken := below(name):
        more = f" and {len(taken) - NAMED} more" if len(taken) > NAMED else ""
        hosts = ", ".join(taken[:NAMED])
        raise ValueError(f"{name}: takes {hosts}{more} along, where people talk; say --even-so if you mean it")
    return name


def openable(text: str, layers: Layers) -> str:
    """The domain, to be opened. Raises ValueError for what no list opens."""
    name = domain(text)
    found = layers.decision(name)
    if found and found.layer is Layer.SHIPPED and found.entry.reason in SEALED:
        raise ValueError(
            f"{name}: {found.entry.domain} is left closed for the reason “{found.entry.reason}”, which no list opens: "
            "the gateway's certificate cannot sign for it"
        )
    return name
