"""A file that is made for others does not tell where files lie on the machine that made it."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

T = TypeVar("T")


def short_names(given: Iterable[Path | str | None]) -> dict[str, str]:
    """Return what absolute paths of the command line are called in a file: by their names.

    Two of one name keep as much of their folders as tells them apart. Relative paths stay as given.
    """
    paths = dict.fromkeys(Path(one) for one in given if one and Path(one).is_absolute() and Path(one).name)
    depth = dict.fromkeys(paths, 1)
    while True:
        names = {path: "/".join(path.parts[1:][-depth[path] :]) for path in paths}
        alike = [path for path in paths if list(names.values()).count(names[path]) > 1]
        deeper = [path for path in alike if depth[path] < len(path.parts) - 1]
        if not deeper:
            return {str(path): names[path] for path in sorted(paths, key=lambda one: -len(str(one)))}
        for path in deeper:
            depth[path] += 1


def shortened(value: T, names: Mapping[str, str]) -> T:
    """Return a record with other names for paths in all its texts; what holds none stays the same object."""
    found: T = _Shortener(names).of(value) if names else value
    return found


class _Shortener:
    def __init__(self, names: Mapping[str, str]) -> None:
        self.names = names
        self.seen: dict[int, tuple[Any, Any]] = {}
        """What was met, kept alive, and what stands in its place."""

    def of(self, value: Any) -> Any:  # noqa: ANN401 - any record
        if isinstance(value, str):
            return self._text(value)
        if id(value) not in self.seen:
            self.seen[id(value)] = (value, self._other(value))
        return self.seen[id(value)][1]

    def _text(self, text: Any) -> Any:  # noqa: ANN401 - a str, or an enum of them
        if type(text) is str:
            for path, name in self.names.items():
                text = text.replace(path, name)
        return text

    def _other(self, value: Any) -> Any:  # noqa: ANN401 - any record
        if isinstance(value, dict):
            pairs = {self.of(key): self.of(one) for key, one in value.items()}
            same = all(pairs.get(key, self) is one for key, one in value.items())
            return value if same else pairs
        if isinstance(value, tuple | list):
            items = [self.of(one) for one in value]
            same = all(one is other for one, other in zip(items, value, strict=True))
            return value if same else type(value)(items)
        if not isinstance(value, Struct):
            return value
        changed = {}
        for name in value.__struct_fields__:
            old = getattr(value, name)
            other = self.of(old)
            if other is not old:
                changed[name] = other
        return replace(value, **changed) if changed else value
