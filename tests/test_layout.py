"""Keep the map honest: imports point one way, and every module has its test."""

import ast
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
MAY_IMPORT = {
    "detection": set[str](),
    "images": {"detection"},
    "proxy_addons": {"detection"},
    "agent": {"detection"},
    "appliance": {"detection", "images"},
    "console": {"detection", "images", "appliance"},
}
NEVER = {
    "detection": {"mitmproxy", "flask", "sqlalchemy", "scapy"},
    "images": {"mitmproxy", "flask", "sqlalchemy", "scapy"},
    "proxy_addons": {"scapy"},
    "agent": {"mitmproxy", "flask", "sqlalchemy", "scapy"},
    "appliance": {"mitmproxy", "scapy"},
    "console": {"mitmproxy", "scapy"},
}


def modules(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


def imported(file: Path) -> set[str]:
    names = set[str]()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.partition(".")[0])
    return names


def test_imports_point_one_way() -> None:
    wrong = [
        f"{file.relative_to(ROOT)} imports {name}"
        for package, allowed in MAY_IMPORT.items()
        for file in modules(package)
        for name in sorted(imported(file) & (MAY_IMPORT.keys() - allowed - {package} | NEVER.get(package, set())))
    ]
    assert not wrong, "\n".join(wrong)


def test_every_module_has_its_test() -> None:
    """A named service has its examples instead, all of which one test goes through."""
    missing = [
        str(file.relative_to(ROOT))
        for package in MAY_IMPORT
        for file in modules(package)
        if "versions" not in file.parts
        and not file.name.startswith("_")
        and file.name != "env.py"
        and file.stat().st_size
        and not _beside(file, f"test_{file.name}").exists()
        and not _beside(file, f"examples/{file.stem}.toml").exists()
    ]
    assert not missing, "\n".join(missing)


def _beside(file: Path, name: str) -> Path:
    return ROOT / "tests" / file.relative_to(ROOT).parent / name


def test_every_module_opens_with_a_sentence() -> None:
    silent = [
        str(file.relative_to(ROOT))
        for package in MAY_IMPORT
        for file in modules(package)
        if file.read_text("utf-8").strip() and not ast.get_docstring(ast.parse(file.read_text("utf-8")))
    ]
    assert not silent, "\n".join(silent)


def test_no_proxy_addon_hides_a_standard_module() -> None:
    """mitmproxy puts the addon's folder first on the path."""
    hidden = [f.name for f in modules("proxy_addons") if f.parent.name == "proxy_addons" and f.stem in NAMES]
    assert not hidden


def test_no_file_has_a_name_that_says_nothing() -> None:
    empty = {"utils", "util", "helpers", "helper", "misc", "common"}
    named = [str(f) for package in MAY_IMPORT for f in modules(package) if f.stem in empty]
    assert not named


NAMES = set(sys.stdlib_module_names)
