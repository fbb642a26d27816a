"""Which plan file a name on the command line means."""

import os
from pathlib import Path

from rehabplan.i18n import _
from rehabplan.plan.folder import ENDINGS, NAMED_AT, all_plans, plans_folder
from rehabplan.problems import Code, RehabplanError, hint, problem
from rehabplan.text import closest


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
    if name.endswith(ENDINGS) or "/" in name or "\\" in name or os.path.isfile(name):  # noqa: PTH113
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
