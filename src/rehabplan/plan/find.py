"""Which plan file a name on the command line means."""

import os
from collections.abc import Callable
from contextvars import ContextVar
from pathlib import Path

from rehabplan.i18n import _
from rehabplan.problems import Code, RehabplanError, Where, hint, problem
from rehabplan.text import closest

PLANS: ContextVar[Callable[[], Path]] = ContextVar("PLANS")
"""Tells the folder of plans; `plans` in the current one where nobody set it."""
NAMED_AT: ContextVar[Callable[[], Where | None]] = ContextVar("NAMED_AT")
"""Tells the line of the settings that names that folder, None where none does."""
_ENDINGS = (".yaml", ".yml")


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
        paths = (path for name in names if (path := Path(here, name)).suffix in _ENDINGS)
        found += [path for path in paths if os.path.isfile(path)]  # noqa: PTH113 - as in find_plan
    return sorted(found)


def _is_seen(folder: Path) -> bool:
    """Tell whether a folder may be looked into, so that a file that is not seen is not there."""
    try:
        return os.access(folder, os.X_OK) or not os.path.lexists(folder)
    except ValueError:  # a NUL in the name
        return True


def plan_of_year_before(file: str, year: int) -> Path:
    """Return the plan of the year before that lies beside a plan: 2023.yaml, or soc-son-2018.yaml.

    Raises:
        RehabplanError: it is not there; the message says which names were looked for.
    """
    path = Path(file)
    names = dict.fromkeys((path.name.replace(str(year), str(year - 1)), f"{year - 1}{path.suffix}"))
    there = [
        path.with_name(name) for name in names
        if name != path.name and os.path.isfile(path.with_name(name))  # noqa: PTH113 - as in find_plan
    ]  # fmt: skip
    if there:
        return there[0]
    shown = _(" and ").join(name for name in names if name != path.name)
    raise RehabplanError([problem(Code.NO_YEAR_BEFORE, year=year - 1, file=file, name=shown)])


def find_plan(name: str) -> Path:
    """Return the plan that a path, or the short name of a file under the folder of plans, means.

    Raises:
        RehabplanError: it means none, or more than one; the message says what there is. Or the settings
            that name the folder cannot be used.
    """
    folder = plans_folder()
    # os.path asks without raising where a folder may not be looked into, or a name is too long.
    if name.endswith(_ENDINGS) or "/" in name or "\\" in name or os.path.isfile(name):  # noqa: PTH113
        path = Path(name)
        if os.path.lexists(path) or not _is_seen(path.parent):
            return path  # whoever reads it tells why it cannot be read
        matches = [path for path in all_plans() if path.name == name]
    else:
        matches = [path for path in all_plans() if path.stem == name]
    if len(matches) == 1:
        return matches[0]
    if matches:
        known = _(" or ").join(str(path) for path in matches)
        raise RehabplanError([problem(Code.TWO_PLANS, name=name, known=known)])
    stems = sorted({path.stem for path in all_plans()})
    guess = hint(closest(Path(name).stem, stems, cutoff=0.5))
    raise no_plan(name, stems, guess, folder)


def no_plan(name: str, stems: list[str], guess: str, folder: Path) -> RehabplanError:
    """Return the error that a name means no plan, with those that there are."""
    known = ", ".join(stems) if stems else _("there are none here")
    args = {"name": name, "hint": guess, "folder": folder.as_posix(), "known": known}
    where = None if stems else NAMED_AT.get(lambda: None)()
    return RehabplanError([problem(Code.NO_PLAN, where, **args)])
