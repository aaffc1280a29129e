"""One TOML file per program, read into a frozen dataclass; anything doubtful stops the start."""

from dataclasses import MISSING, fields, is_dataclass
from pathlib import Path
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from detection.settings_line import KeyPath, line_of, spelt
from detection.toml_file import read

T = TypeVar("T")


class SettingsError(ValueError):
    """A settings file that cannot be used; the message names file, line and key."""


def load(file: Path, kind: type[T]) -> T:
    """Read ``file`` into the dataclass ``kind``. Relative paths count from the file's folder."""
    text, table = read(file, SettingsError)
    return _Reader(file, text).build(kind, table, ())


class _Reader:
    def __init__(self, file: Path, text: str) -> None:
        self._file, self._text = file, text

    def build(self, kind: type[T], table: dict[str, Any], path: KeyPath) -> T:
        known = {f.name: f for f in fields(kind)}  # type: ignore[arg-type]
        types = get_type_hints(kind)
        for key in table:
            if key not in known:
                raise self._error((*path, key), f"unknown setting; known here: {', '.join(sorted(known))}")
        for name, f in known.items():
            if name not in table and f.default is MISSING and f.default_factory is MISSING:
                raise self._error((*path, name), "is required and missing")
        values = {key: self._value(types[key], value, (*path, key)) for key, value in table.items()}
        try:
            return kind(**values)
        except ValueError as e:
            named, said = _named(str(e), table)
            raise self._error((*path, *named), said) from e

    def _value(self, kind: Any, value: Any, path: KeyPath) -> Any:
        origin = get_origin(kind)
        if origin in (Union, UnionType):
            kind = next(a for a in get_args(kind) if a is not type(None))
            origin = get_origin(kind)
        if is_dataclass(kind) and isinstance(kind, type):
            return self.build(kind, self._expect(dict, value, path), path)
        if origin is tuple:
            inner = get_args(kind)[0]
            return tuple(self._value(inner, item, (*path, i)) for i, item in enumerate(self._expect(list, value, path)))
        if origin is dict:
            inner = get_args(kind)[1]
            return {k: self._value(inner, v, (*path, k)) for k, v in self._expect(dict, value, path).items()}
        if kind is Path:
            return (self._file.parent / self._expect(str, value, path)).resolve()
        if kind is float and isinstance(value, int) and not isinstance(value, bool):
            return float(value)
        return self._expect(kind, value, path)

    def _expect(self, kind: type[T], value: Any, path: KeyPath) -> T:
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise self._error(path, f"must be {_NAMES.get(kind, kind.__name__)}, not {value!r}")
        return value

    def _error(self, path: KeyPath, what: str) -> SettingsError:
        line = line_of(self._text, path)
        return SettingsError(f"{self._file}{f', line {line}' if line else ''}: {spelt(path) or 'file'}: {what}")


def _named(said: str, table: dict[str, Any]) -> tuple[KeyPath, str]:
    """The setting that a dataclass's own check begins its sentence with, if it is one of the file's; and the rest."""
    first, _, rest = said.partition(" ")
    name = first.removesuffix(":")
    if name not in table:
        return (), said
    return (name,), rest if first != name else said


_NAMES: dict[Any, str] = {str: "a text", int: "a whole number", bool: "true or false", float: "a number",
                          list: "a list", dict: "a table"}  # fmt: skip
