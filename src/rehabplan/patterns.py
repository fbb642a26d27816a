"""Regular expressions that are compiled when they are first used, as most commands need few of them."""

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from re import compile as pattern
else:

    class pattern:  # noqa: N801 - called as re.compile is
        """What `re.compile` returns, later; what was asked of it once is at hand from then on."""

        def __init__(self, text: str | bytes, flags: int = 0) -> None:
            self._given = (text, flags)

        def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - a method of a pattern
            found = getattr(re.compile(*self._given), name)
            setattr(self, name, found)
            return found


__all__ = ["pattern"]
