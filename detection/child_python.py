"""How a process of ours starts another in Python: with our code and packages, and nothing of anybody's environment."""

import sys
from importlib.util import find_spec
from pathlib import Path

_ROOT = str(Path(__file__).parents[1])
_RUN = "import sys; sys.path[:0] = sys.argv[1:3]; del sys.argv[1:3]; from {} import main; sys.exit(main(sys.argv[1:]))"


def child_python(module: str, package: str) -> tuple[str, ...]:
    """What runs ``main`` of ``module`` with the arguments that are added. The packages it needs lie where this process
    has ``package``, which is not loaded here: in an environment, or in the one folder of an installed agent."""
    found = find_spec(package)
    folder = str(Path(found.origin).parents[1]) if found and found.origin else _ROOT
    isolated = "-IS" if sys.flags.no_site else "-I"
    return (sys.executable, isolated, "-B", "-c", _RUN.format(module), _ROOT, folder)
