"""Where plans lie, and which there are."""

import os
from collections.abc import Callable
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rehabplan.problems import Where

PLANS: ContextVar[Callable[[], Path]] = ContextVar("PLANS")
"""Tells the folder of plans; `plans` in the current one where nobody set it."""
NAMED_AT: ContextVar[Callable[[], "Where | None"]] = ContextVar("NAMED_AT")
"""Tells the line of the settings that names that folder, None where none does."""
ENDINGS = (".yaml", ".yml")
"""How the names of plan files end."""


def plans_folder() -> Path:
    """Return the folder in which plans are found by their names.

    Raises:
        RehabplanError: the settings that name it cannot be used.
    """
    return PLANS.get(lambda: Path("plans"))()


def all_plans() -> list[Path]:
    """Return the plan files under the folder of plans, sorted by name.

    Raises:
        RehabplanError: the settings that name it cannot be used.
    """
    found = []
    for here, _folders, names in os.walk(plans_folder()):  # passes over what may not be looked into
        paths = (path for name in names if (path := Path(here, name)).suffix in ENDINGS)
        found += [path for path in paths if os.path.isfile(path)]  # noqa: PTH113 - as in find_plan
    return sorted(found)
