"""The standard library's dataclasses, made in a quarter of the time.

It compiles up to six methods for every class, each time that the program starts. That takes a millisecond,
and one command needs a hundred classes. Here only `__init__` is compiled; the other methods are shared.
"""

import dataclasses
from collections.abc import Callable
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar

__all__ = ["dataclass"]

T = TypeVar("T")
_Class = type[Any]

_put = object.__setattr__


def _made(cls: _Class, *, frozen: bool) -> _Class:
    plain = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True)
    made: _Class = plain(cls)
    parts = dataclasses.fields(made)
    made.__init__ = _init(made, parts, frozen=frozen)
    compared = [one.name for one in parts if one.compare]
    methods = {"__repr__": _repr, **_equality(compared, frozen=frozen), **(_FROZEN if frozen else {})}
    for name, method in methods.items():
        if name not in cls.__dict__:
            setattr(made, name, method)
    return made


def _init(cls: _Class, parts: "tuple[dataclasses.Field[Any], ...]", *, frozen: bool) -> Callable[..., None]:
    """Compile the one method whose arguments differ from class to class."""
    known: dict[str, Any] = {"_put": _put, "_not_given": object()}
    arguments, lines = ["self"], ["pass"]
    for one in parts:
        name = value = one.name
        made = one.default_factory is not dataclasses.MISSING
        if made:
            known[f"_make_{name}"] = one.default_factory
            value = f"_make_{name}() if {name} is _not_given else {name}" if one.init else f"_make_{name}()"
        elif one.default is not dataclasses.MISSING:
            known[f"_of_{name}"] = one.default
        elif not one.init:
            continue
        if one.init:
            default = "=_not_given" if made else f"=_of_{name}" if f"_of_{name}" in known else ""
            arguments.append(name + default)
        lines.append(f"_put(self, {name!r}, {value})" if frozen else f"self.{name} = {value}")
    if hasattr(cls, "__post_init__"):
        lines.append("self.__post_init__()")
    text = f"def __init__({', '.join(arguments)}):\n " + "\n ".join(lines)
    exec(text, known)  # noqa: S102 - names of our own fields
    known["__init__"].__qualname__ = f"{cls.__qualname__}.__init__"
    compiled: Callable[..., None] = known["__init__"]
    return compiled


def _equality(compared: list[str], *, frozen: bool) -> dict[str, Any]:
    values: Callable[[Any], Any] = attrgetter(*compared) if compared else lambda _record: ()

    def equal(self: Any, other: Any) -> Any:  # noqa: ANN401 - any record
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    def hashed(self: Any) -> int:  # noqa: ANN401 - as above
        return hash(values(self))

    return {"__eq__": equal, "__hash__": hashed if frozen else None}


def _repr(self: Any) -> str:  # noqa: ANN401 - as above
    shown = (f"{one.name}={getattr(self, one.name)!r}" for one in dataclasses.fields(self) if one.repr)
    return f"{self.__class__.__qualname__}({', '.join(shown)})"


def _refuse(_self: Any, name: str, *_value: Any) -> None:  # noqa: ANN401 - as above
    raise dataclasses.FrozenInstanceError(f"cannot change field {name!r}")


def _state(self: Any) -> list[Any]:  # noqa: ANN401 - as above
    return [getattr(self, one.name) for one in dataclasses.fields(self)]


def _restore(self: Any, state: list[Any]) -> None:  # noqa: ANN401 - as above
    for one, value in zip(dataclasses.fields(self), state, strict=True):
        _put(self, one.name, value)


_FROZEN = {"__setattr__": _refuse, "__delattr__": _refuse, "__getstate__": _state, "__setstate__": _restore}

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(*, slots: bool, frozen: bool = False) -> Callable[[type[T]], type[T]]:
        """Make a class a record, as `dataclasses.dataclass` does."""
        assert slots, "all of ours have slots"  # noqa: S101 - a fault of the class's author
        return lambda cls: _made(cls, frozen=frozen)
