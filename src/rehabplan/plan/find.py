"""Which plan file a name on the command line means."""

from pathlib import Path

from rehabplan.i18n import _
from rehabplan.problems import Code, RehabplanError, hint, problem
from rehabplan.text import closest

FOLDER = "plans"
_ENDINGS = (".yaml", ".yml")


def all_plans(folder: Path = Path(FOLDER)) -> list[Path]:
    """Return the plan files under a folder, sorted by name."""
    return sorted(path for path in folder.rglob("*") if path.suffix in _ENDINGS and path.is_file())


def plan_of_year_before(file: str, year: int) -> Path:
    """Return the plan of the year before that lies beside a plan: 2023.yaml, or soc-son-2018.yaml.

    Raises:
        RehabplanError: it is not there; the message says which names were looked for.
    """
    path = Path(file)
    names = dict.fromkeys((path.name.replace(str(year), str(year - 1)), f"{year - 1}{path.suffix}"))
    there = [path.with_name(name) for name in names if name != path.name and path.with_name(name).is_file()]
    if there:
        return there[0]
    shown = _(" and ").join(name for name in names if name != path.name)
    raise RehabplanError([problem(Code.NO_YEAR_BEFORE, year=year - 1, file=file, name=shown)])


def find_plan(name: str, folder: Path = Path(FOLDER)) -> Path:
    """Return the plan that a path, or the short name of a file under `plans/`, means.

    Raises:
        RehabplanError: it means none, or more than one; the message says what there is.
    """
    if name.endswith(_ENDINGS) or "/" in name or "\\" in name or Path(name).is_file():
        path = Path(name)
        if path.exists():
            return path
        matches = [path for path in all_plans(folder) if path.name == name]
    else:
        matches = [path for path in all_plans(folder) if path.stem == name]
    if len(matches) == 1:
        return matches[0]
    if matches:
        known = _(" or ").join(str(path) for path in matches)
        raise RehabplanError([problem(Code.TWO_PLANS, name=name, known=known)])
    plans = all_plans(folder)
    stems = sorted({path.stem for path in plans})
    guess = hint(closest(Path(name).stem, stems, cutoff=0.5))
    known = ", ".join(stems) if stems else _("there are none here")
    raise RehabplanError([problem(Code.NO_PLAN, name=name, hint=guess, known=known)])
