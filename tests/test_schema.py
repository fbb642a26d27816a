"""The JSON Schema of plan files is current, accepts what `validate` accepts, and speaks both languages."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator, FormatChecker
from typer.testing import CliRunner

from rehabplan.cli import app
from rehabplan.i18n import use
from rehabplan.plan.fields import Record, fields_of
from rehabplan.plan.load import load_plan
from rehabplan.plan.model import Plan, Target
from rehabplan.plan.reference import KEYS, RECORDS
from rehabplan.plan.schema import plan_schema
from rehabplan.problems import RehabplanError, has_errors
from tests.cases import ROOT

SCHEMA = plan_schema()
CASES = ROOT / "tests" / "errors"
MODELINE = "# yaml-language-server: $schema=plan.schema.json\n"


class Editors(yaml.SafeLoader):
    """Reads YAML as editors do: a date is a text."""


Editors.yaml_implicit_resolvers = {
    sign: [one for one in resolvers if one[0] != "tag:yaml.org,2002:timestamp"]
    for sign, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def as_json(value: Any) -> Any:  # noqa: ANN401 - what YAML gives
    if isinstance(value, dict):
        return {str(key): as_json(one) for key, one in value.items()}
    return [as_json(one) for one in value] if isinstance(value, list) else value


def faults(file: Path) -> list[str] | None:
    """Return what the schema says of a file, None where it is no YAML."""
    try:
        read = yaml.load(file.read_text("utf-8"), Editors)  # noqa: S506 - a SafeLoader
    except (yaml.YAMLError, UnicodeDecodeError):
        return None
    checker = Draft202012Validator(SCHEMA, format_checker=FormatChecker())
    return [error.json_path for error in checker.iter_errors(as_json(read))]


def test_it_is_a_schema_of_the_year_2020() -> None:
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(SCHEMA)


def test_the_committed_schema_is_current_in_any_language() -> None:
    with use("vi"):
        found = CliRunner().invoke(app, ["schema", "--lang", "vi"])
    assert found.exit_code == 0
    assert found.stdout == (ROOT / "plans" / "plan.schema.json").read_text("utf-8")
    assert json.loads(found.stdout) == SCHEMA


@pytest.mark.parametrize("file", sorted((ROOT / "plans").glob("*.yaml")), ids=lambda file: file.name)
def test_our_plans_name_it_and_keep_it(file: Path) -> None:
    assert file.read_text("utf-8").startswith(MODELINE)
    assert faults(file) == []


PLANS = sorted(
    file for file in (ROOT / "tests").rglob("*.yaml") if "targets:" in file.read_text("utf-8", "replace")
)


def test_what_validate_accepts_it_accepts() -> None:
    """A schema that is stricter than the program would underline what is right."""
    refused, accepted = [], 0
    for file in PLANS:
        try:
            sound = not has_errors(load_plan(file).problems)
        except RehabplanError:
            continue
        found = faults(file)
        if sound and file.name != "layout.yaml":
            accepted += 1
            refused += [(str(file), found)] if found else []
    assert refused == []
    assert accepted > 100


@pytest.mark.parametrize(
    "goal",
    ["KHÔNG QUÁ 5", "TRÊN 80", "Tối Đa 5", "Ít Nhất 5", "AT LEAST 5", "không  quá 5", "không\u00a0quá 5",
     ">=5", "≥ 5", "Từ 5 trở lên", "5 TRỞ XUỐNG", "+5%", "5..10", "1700"],
)  # fmt: skip
def test_goals_in_any_writing(goal: str, tmp_path: Path) -> None:
    plan = (ROOT / "plans" / "2020.yaml").read_text("utf-8")
    text = plan[: plan.index("\ntargets:")].replace("list: sites/", f"list: {ROOT}/plans/sites/")
    kind = (
        "  t: {name: {vi: a, en: a}, kind: count, unit: person, baseline: 3, goal: "
        + json.dumps(goal)
        + "}\n"
    )
    file = tmp_path / "2020.yaml"
    file.write_text(f"{text}\ntargets:\n{kind}", "utf-8")
    assert not has_errors(load_plan(file).problems)
    assert faults(file) == []


def test_check_jsonschema_reads_it_as_editors_do() -> None:
    """Its engine is that of JavaScript, which refuses what Python lets pass."""
    words = [sys.executable, "-m", "check_jsonschema", "--schemafile", "plans/plan.schema.json"]
    plans = sorted(str(path) for path in (ROOT / "plans").glob("*.yaml"))
    done = subprocess.run([*words, *plans], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603
    assert done.returncode == 0, done.stdout
    broken = str(CASES / "RP121-phan-dau" / "plan.yaml")
    done = subprocess.run([*words, broken], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603
    assert done.returncode == 1
    assert "$.targets.dossiers.goal" in done.stdout


REJECTED = {
    "RP104-nested-40-deep": "$.targets.dossiers.note",
    "RP106-unknown-key": "$.targets.dossiers",
    "RP106-unknown-key-with-suggestion": "$.targets.dossiers",
    "RP107-no-english-name": "$.targets.dossiers.name",
    "RP107-no-goal": "$.targets.dossiers",
    "RP107-no-issuer": "$",
    "RP108-name-as-text": "$.targets.dossiers.name",
    "RP108-plan-is-empty": "$",
    "RP108-unknown-kind": "$.targets.dossiers.kind",
}
OF_ONE_TARGET = {
    "merged_from: [p]": "RP136",
    "merged_from: []": "",
    "merged_from: [p, q]": "",
    "was: p, split_from: q": "RP136 RP137",
    "was: [p], merged_from: [q, r]": "RP137",
    "split_from: p, merged_from: [q, r]": "RP136 RP137",
    "was: [], split_from: null, merged_from: [q, r]": "",
    "was: p, merged_from: []": "",
    "kind: rate, pace: linear": "RP151",
    "kind: rate, pace: {by_quarter: [1, 2, 3, 4]}": "RP150 RP151",
    "kind: rate, pace: year_end": "",
    "kind: rate, pace: every_period": "",
    "kind: count, unit: person, goal: 3, pace: linear": "",
    "kind: rate, one_to_one: true": "RP132",
    "kind: rate, one_to_one: true, parent: null": "RP132",
    "kind: rate, one_to_one: true, parent: o": "",
    "kind: rate, one_to_one: false": "",
}


@pytest.mark.parametrize("said", OF_ONE_TARGET)
def test_what_one_target_alone_decides_it_rejects(said: str, tmp_path: Path) -> None:
    plan = (ROOT / "plans" / "2020.yaml").read_text("utf-8")
    text = plan[: plan.index("\ntargets:")].replace("list: sites/", f"list: {ROOT}/plans/sites/")
    given = {"name": "{vi: a, en: a}", "kind": "rate", "goal": "'80%'"}
    given |= dict(re.findall(r"(\w+): (\{.*?\}|\[.*?\]|[\w']+)", said))
    target = ", ".join(f"{key}: {value}" for key, value in given.items())
    other = "  o: {name: {vi: b, en: b}, kind: count, unit: person, goal: 5}\n"
    file = tmp_path / "2020.yaml"
    file.write_text(f"{text}\ntargets:\n  t: {{{target}}}\n{other}", "utf-8")
    try:
        told = {one.code.number for one in load_plan(file).problems if has_errors([one])}
    except RehabplanError as error:
        told = {one.code.number for one in error.problems if has_errors([one])}
    assert told == set(OF_ONE_TARGET[said].split())
    assert bool(faults(file)) is bool(told)


def test_it_rejects_of_the_gallery_what_a_form_can_tell() -> None:
    """What rests on other lines or files (parents, sums, lists) is for `validate` alone."""
    found = {file.parent.name: faults(file) for file in sorted(CASES.glob("RP1*/plan.yaml"))}
    rejected = {name for name, told in found.items() if told}
    numbers = {name.partition("-")[0] for name in rejected}
    assert numbers == {
        "RP104", "RP106", "RP107", "RP108", "RP110", "RP112", "RP114", "RP120", "RP121", "RP122", "RP132",
        "RP136", "RP137", "RP141", "RP146", "RP151", "RP154", "RP155",
    }  # fmt: skip
    for name, place in REJECTED.items():
        assert place in (found[name] or []), name


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_every_key_of_the_model_has_a_name_and_a_meaning(record: type[Record]) -> None:
    assert list(KEYS[record]) == [key for key in fields_of(record) if (record, key) != (Target, "id")]


def test_names_and_meanings_stand_in_both_languages() -> None:
    goal = SCHEMA["$defs"]["Target"]["properties"]["goal"]
    assert goal["title"] == "Kế hoạch năm · Goal"
    assert goal["description"].splitlines()[0].startswith("1700 (tối thiểu)")
    assert goal["description"].splitlines()[1].startswith("1700 (at least)")
    for name in ("Plan", *SCHEMA["$defs"]):
        one = SCHEMA if name == "Plan" else SCHEMA["$defs"][name]
        for key, told in one.get("properties", {}).items():
            assert " · " in told["title"], (name, key)
            assert told["description"].count("\n") == 1, (name, key)


def test_it_is_written_into_a_file_once(tmp_path: Path) -> None:
    file = tmp_path / "plan.schema.json"
    first = CliRunner().invoke(app, ["schema", "-o", str(file), "--lang", "en"])
    assert (first.exit_code, first.stdout) == (0, f"Wrote {file}.\n")
    assert json.loads(file.read_text("utf-8")) == SCHEMA
    assert CliRunner().invoke(app, ["schema", "-o", str(file)]).exit_code == 0  # it says the same
    file.write_text("{}", "utf-8")
    again = CliRunner().invoke(app, ["schema", "-o", str(file)])
    assert again.exit_code == 3
    assert "RP206" in again.stderr
    assert CliRunner().invoke(app, ["schema", "-o", str(file), "--force"]).exit_code == 0


def test_the_records_are_those_of_a_plan() -> None:
    assert set(SCHEMA["$defs"]) - {"Figure", "Goal", "Remark"} == {one.__name__ for one in RECORDS} - {
        Plan.__name__
    }
