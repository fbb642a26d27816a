"""The files of a new project, by their paths in it."""

from datetime import UTC, datetime
from importlib.resources import files

from rehabplan.forms.book import stable_bytes
from rehabplan.plan.schema import plan_schema
from rehabplan.render.jsontext import dumped
from rehabplan.starter.report import example_report


def project_files(year: int, language: str) -> dict[str, bytes]:
    """Return what a new project holds, in "vi" or "en"; the same year gives the same bytes."""
    texts = {
        f"plans/{year}.yaml": f"plan.{language}.yaml",
        "rehabplan.toml": f"rehabplan.{language}.toml",
        "README.md": f"README.{language}.md",
    }
    made = {path: _text(name, year) for path, name in texts.items()}
    made["plans/plan.schema.json"] = dumped(plan_schema()).encode("utf-8")
    made[f"reports/{year}-9m.xlsx"] = stable_bytes(example_report(year, language))
    return dict(sorted(made.items()))


def _text(name: str, year: int) -> bytes:
    """Return a text with its years; plans hold braces of their own, so nothing else is filled in."""
    text = (files("rehabplan.starter") / "texts" / name).read_text("utf-8")
    for word, value in (("{last}", year - 1), ("{year}", year), ("{next}", year + 1)):
        text = text.replace(word, str(value))
    return text.encode("utf-8")


def this_year() -> int:
    """Return the year that it is here."""
    return datetime.now(UTC).astimezone().year
