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
