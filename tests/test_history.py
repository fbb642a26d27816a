"""A plan and its versions in real git repositories: `validate` names goals changed without a reason."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from rehabplan.plan import git as plan_git
from rehabplan.plan.git import HistoryError, file_versions
from tests.cases import commit, git, run

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

PLAN = """\
year: 2024
title: {vi: "Kế hoạch cai nghiện ma túy năm 2024", en: "Plan"}
issuer: "UBND thành phố Hà Nội"
targets:
  dossiers:
    name: {vi: "Hồ sơ cai nghiện bắt buộc", en: "Court dossiers"}
    kind: count
    goal: 1700
    unit: dossier
  voluntary:
    name: {vi: "Cai nghiện tự nguyện", en: "Voluntary rehabilitation"}
    kind: count
    goal: 1200
    unit: person
"""
LOWER = PLAN.replace("1700", "1500")
REASON = (
    'changes:\n  - {date: 2024-07-15, target: dossiers, from: 1700, to: 1500, reason: "Điều chỉnh"}\ntargets:'
)
SIGNATURE = "\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n abcd\n -----END PGP SIGNATURE-----\n\n"
FILE = "Kế hoạch số 1.yaml"


@pytest.fixture(autouse=True)
def own_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Git's answers depend on no setting of whoever runs the tests."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.chdir(tmp_path)


def keep(folder: Path, text: str, day: str, name: str = FILE) -> str:
    """Commit a plan; return the hash as problems show it."""
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, "utf-8")
    return commit(folder, day)[:9]


def validate(path: Path, **environment: str) -> str:
    return run(f"validate '{path}'", columns=400, **environment)


def test_a_goal_changed_without_a_reason(tmp_path: Path) -> None:
    keep(tmp_path, PLAN, "2024-03-28")
    assert "2 targets, no problems" in validate(tmp_path / FILE)
    changed = keep(tmp_path, LOWER, "2024-07-15")
    found = validate(tmp_path / FILE)
    assert "2 targets, 1 warning" in found
    assert f"warning RP185 {tmp_path / FILE}:5:3" in found  # the target's line in the plan
    assert (
        f"The goal of 'dossiers' was changed from '1700' to '1500' in commit {changed} of 2024-07-15, and "
        "changes: gives no reason. Add to changes:\n  - {date: 2024-07-15, target: dossiers, from: 1700, to: "
        '1500, reason: "…"}\n'
    ) in found
    assert "exit code 0" in found
    keep(tmp_path, LOWER.replace("targets:", REASON), "2024-07-16")
    assert "2 targets, no problems" in validate(tmp_path / FILE)


def test_the_working_copy_is_the_last_version(tmp_path: Path) -> None:
    keep(tmp_path, PLAN, "2024-03-28")
    (tmp_path / FILE).write_text(LOWER, "utf-8")
    assert "from '1700' to '1500' since the last commit" in validate(tmp_path / FILE)
    git(tmp_path, "add", "--all")  # staged is not committed either
    assert "from '1700' to '1500' since the last commit" in validate(tmp_path / FILE)
    (tmp_path / FILE).write_text(LOWER.replace("targets:", REASON), "utf-8")
    assert "no problems" in validate(tmp_path / FILE)


def test_targets_that_come_and_go(tmp_path: Path) -> None:
    keep(tmp_path, PLAN, "2024-03-28")
    gone = keep(tmp_path, PLAN.partition("  voluntary:")[0], "2024-05-02")
    new = PLAN.partition("  voluntary:")[0] + PLAN.partition("targets:\n")[2].replace(
        "dossiers:", "files:"
    ).partition("  voluntary:")[0].replace("Hồ sơ cai nghiện bắt buộc", "Hồ sơ số hóa").replace(
        "Court dossiers", "Files"
    )
    came = keep(tmp_path, new, "2024-05-03")
    found = validate(tmp_path / FILE)
    assert (
        f"'voluntary' was taken out of the plan (its goal was '1200') in commit {gone} of 2024-05-02" in found
    )
    assert f"'files' came into the plan with the goal '1700' in commit {came} of 2024-05-03" in found
    assert "from: 1200, to: null" in found
    assert f"{FILE}:4:1" in found  # of a target that is gone, where the targets begin


def test_writing_and_order_are_no_change(tmp_path: Path) -> None:
    keep(tmp_path, PLAN, "2024-03-28")
    keep(tmp_path, PLAN.replace("1700", '">= 1700"  # as in the document'), "2024-04-01")
    head, first, second = (
        PLAN.partition("targets:\n")[0],
        *PLAN.partition("targets:\n")[2].split("  voluntary:"),
    )
    moved = f"{head}targets:\n  voluntary:{second}{first}".replace("1700", '"ít nhất 1700"')
    keep(tmp_path, moved.replace("\n", "\r\n"), "2024-04-02")
    assert "no problems" in validate(tmp_path / FILE)


def test_an_id_renamed_with_was(tmp_path: Path) -> None:
    keep(tmp_path, PLAN, "2024-03-28")
    renamed = PLAN.replace("  dossiers:", "  court-dossiers:")
    keep(tmp_path, renamed, "2024-04-01")
    assert "2 warnings" in validate(tmp_path / FILE)  # one went, one came
    keep(tmp_path, renamed.replace("goal: 1700", "goal: 1700\n    was: dossiers"), "2024-04-02")
    assert "no problems" in validate(tmp_path / FILE)


def test_a_file_renamed_and_changed(tmp_path: Path) -> None:
    keep(tmp_path, PLAN, "2024-03-28", "kế hoạch.yaml")
    (tmp_path / "plans").mkdir()
    git(tmp_path, "mv", "kế hoạch.yaml", "plans/2024.yaml")
    keep(tmp_path, LOWER, "2024-05-20", "plans/2024.yaml")
    found = validate(tmp_path / "plans" / "2024.yaml")
    assert "was changed from '1700' to '1500'" in found
    assert "of 2024-05-20" in found


def test_a_copy_begins_its_own_history(tmp_path: Path) -> None:
    """A district's plan begun from the city's, and next year's from this year's, changed no goal."""
    keep(tmp_path, PLAN, "2024-03-28", "city.yaml")
    keep(tmp_path, PLAN.replace("1700", "60").replace("1200", "40"), "2024-04-10", "district.yaml")
    assert "no problems" in validate(tmp_path / "district.yaml")
    git(tmp_path, "mv", "city.yaml", "2025.yaml")
    keep(tmp_path, LOWER.replace("year: 2024", "year: 2025"), "2025-01-10", "2025.yaml")
    assert "no problems" in validate(tmp_path / "2025.yaml")


def test_a_merge_counts_once(tmp_path: Path) -> None:
    """What happened on a branch came into the plan with its merge."""
    keep(tmp_path, PLAN, "2024-03-28")
    git(tmp_path, "checkout", "-q", "-b", "side")
    keep(tmp_path, PLAN.replace("1700", "1600"), "2024-05-01")
    keep(tmp_path, LOWER, "2024-05-02")
    git(tmp_path, "checkout", "-q", "main")
    keep(tmp_path, "notes", "2024-05-03", "notes.txt")
    git(tmp_path, "merge", "-q", "--no-ff", "-m", "Merge", "side", day="2024-05-04")
    found = validate(tmp_path / FILE)
    assert found.count("RP185") == 1
    assert "from '1700' to '1500'" in found
    assert "of 2024-05-04" in found


def test_a_draft_and_the_days_before_issue_are_free(tmp_path: Path) -> None:
    keep(tmp_path, PLAN.replace("targets:", "draft: true\ntargets:"), "2024-01-10")
    keep(tmp_path, LOWER, "2024-03-28")
    assert "no problems" in validate(tmp_path / FILE)
    issued = "document: {date: 2024-04-30}\ntargets:"
    keep(tmp_path, PLAN.replace("1700", "1550").replace("targets:", issued), "2024-04-30")
    assert "no problems" in validate(tmp_path / FILE)
    keep(tmp_path, PLAN.replace("1700", "1400").replace("targets:", issued), "2024-05-01")
    assert "from '1550' to '1400'" in validate(tmp_path / FILE)


@pytest.mark.parametrize(
    "text", ["<<<<<<< HEAD\n\tgoal: 1\n", "", "- a list\n", "year: 2024\ntargets: none\n", "targets: {}\n"]
)
def test_a_version_that_is_no_plan_is_passed_over(text: str, tmp_path: Path) -> None:
    keep(tmp_path, PLAN, "2024-03-28")
    keep(tmp_path, text, "2024-04-01")
    (tmp_path / FILE).write_bytes(b"\xff\xfe not UTF-8")
    commit(tmp_path, "2024-04-02")
    keep(tmp_path, PLAN.replace("goal: 1700", "goal: 1.700"), "2024-04-03")
    changed = keep(tmp_path, LOWER, "2024-05-20")
    found = validate(tmp_path / FILE)
    assert found.count("RP185") == 1
    assert f"was changed from '1700' to '1500' in commit {changed}" in found


def test_a_shallow_clone_begins_where_it_begins(tmp_path: Path) -> None:
    origin = tmp_path / "origin"
    origin.mkdir()
    keep(origin, PLAN, "2024-03-28")
    keep(origin, PLAN.replace("1700", "1600"), "2024-05-20")
    keep(origin, LOWER, "2024-07-15")
    git(tmp_path, "clone", "-q", "--depth", "2", origin.as_uri(), "shallow")
    found = validate(tmp_path / "shallow" / FILE)
    assert "from '1600' to '1500'" in found
    assert "1700" not in found


def test_a_cut_off_clone_says_what_it_lacks(tmp_path: Path) -> None:
    origin = tmp_path / "origin"
    keep(origin, PLAN, "2024-03-28")
    keep(origin, LOWER, "2024-07-15")
    git(tmp_path, "clone", "-q", "--depth", "1", origin.as_uri(), "shallow")
    path = tmp_path / "shallow" / FILE
    assert "holds none before 2024-07-15" in validate(path)
    issued = LOWER.replace("targets:", "document: {date: 2024-08-01}\ntargets:")
    path.write_text(issued, "utf-8")
    assert "no problems" in validate(path)  # what it lacks was free to be edited


MILESTONE = """\
  review:
    name: {vi: "Sơ kết", en: "Review"}
    kind: milestone
    goal: done
    due: 2024-06-30
"""


def test_a_due_date_that_was_put_off(tmp_path: Path) -> None:
    text = PLAN + MILESTONE
    keep(tmp_path, text, "2024-03-28")
    late = text.replace("2024-06-30", "2024-12-31")
    (tmp_path / FILE).write_text(late, "utf-8")
    found = validate(tmp_path / FILE)
    assert "The due date of 'review' was changed from '2024-06-30' to '2024-12-31' since the last" in found
    entry = next(line.strip() for line in found.splitlines() if line.strip().startswith("- {date"))
    assert "target: review, from: 2024-06-30, to: 2024-12-31" in entry
    (tmp_path / FILE).write_text(late.replace("targets:", f"changes:\n  {entry}\ntargets:"), "utf-8")
    assert "no problems" in validate(tmp_path / FILE)
    (tmp_path / FILE).write_text(text.replace("    due: 2024-06-30\n", ""), "utf-8")
    assert "from '2024-06-30' to 'done'" in validate(tmp_path / FILE)


def test_the_entry_can_be_copied_at_any_width(tmp_path: Path) -> None:
    keep(tmp_path, PLAN, "2024-03-28")
    keep(tmp_path, LOWER, "2024-07-15")
    entry = '- {date: 2024-07-15, target: dossiers, from: 1700, to: 1500, reason: "…"}'
    for columns in (40, 80):
        lines = run(f"validate '{tmp_path / FILE}'", columns=columns).splitlines()
        assert f"  {entry}" in lines


def test_a_clone_without_contents_is_not_filled_from_elsewhere(tmp_path: Path) -> None:
    """No network is used; what was not compared is said."""
    origin = tmp_path / "origin"
    origin.mkdir()
    keep(origin, PLAN, "2024-03-28")
    git(origin, "config", "uploadpack.allowFilter", "true")
    keep(origin, LOWER, "2024-07-15")
    git(tmp_path, "clone", "-q", "--filter=blob:none", origin.as_uri(), "partial")
    found = validate(tmp_path / "partial" / FILE)
    assert "warning RP186" in found
    assert "The plan was not compared with all of its earlier versions" in found
    assert "exit code 0" in found


def test_no_history_nothing_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / FILE).write_text(PLAN, "utf-8")
    assert "no problems" in validate(tmp_path / FILE)  # no repository
    git(tmp_path, "init", "-q")
    assert "no problems" in validate(tmp_path / FILE)  # no commit
    keep(tmp_path, "notes", "2024-01-01", "notes.txt")
    git(tmp_path, "rm", "-q", "--cached", FILE)
    git(tmp_path, "commit", "-q", "--amend", "-m", "Notes")
    assert "no problems" in validate(tmp_path / FILE)  # not in the repository
    keep(tmp_path, PLAN, "2024-03-28")
    (tmp_path / FILE).write_text(LOWER, "utf-8")
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    assert "no problems" in validate(tmp_path / FILE)  # no git


def test_a_file_taken_out_of_git_and_a_new_one(tmp_path: Path) -> None:
    keep(tmp_path, PLAN, "2024-03-28")
    git(tmp_path, "rm", "-q", FILE)
    commit(tmp_path, "2024-04-01")
    (tmp_path / FILE).write_text(LOWER, "utf-8")
    assert "no problems" in validate(tmp_path / FILE)
    commit(tmp_path, "2024-04-02")
    assert "no problems" in validate(tmp_path / FILE)


def test_a_broken_repository_is_said_and_harmless(tmp_path: Path) -> None:
    keep(tmp_path, PLAN, "2024-03-28")
    for one in (tmp_path / ".git" / "objects").rglob("*"):
        if one.is_file():
            one.chmod(0o600)
            one.write_bytes(b"broken")
    found = validate(tmp_path / FILE)
    assert "2 targets, 1 warning" in found
    assert "warning RP186" in found
    assert "git says '" in found
    assert "exit code 0" in found


def test_a_slow_git_is_said_and_harmless(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(tmp_path, PLAN, "2024-03-28")
    monkeypatch.setattr(plan_git, "TIME_LIMIT", 0.0)
    found = validate(tmp_path / FILE)
    assert "warning RP186" in found
    assert "git took longer than 0 seconds" in found


def test_a_clock_of_another_age_is_said_and_harmless(tmp_path: Path) -> None:
    keep(tmp_path, PLAN, "2024-03-01")
    keep(tmp_path, LOWER, "2024-06-01")
    head = git(tmp_path, "cat-file", "commit", "HEAD").replace("1717", "999991717", 1)
    (tmp_path / "commit").write_text(head, "utf-8", newline="")
    made = git(tmp_path, "hash-object", "-t", "commit", "-w", "--literally", "commit").strip()
    git(tmp_path, "reset", "--quiet", "--hard", made)
    shown = validate(tmp_path / FILE)
    assert "RP186" in shown
    assert "there is not" in shown
    assert "exit code 0" in shown


def test_very_large_versions_are_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(tmp_path, PLAN, "2024-03-01")
    keep(tmp_path, LOWER, "2024-06-01")
    assert len(file_versions(tmp_path / FILE)) == 2
    monkeypatch.setattr(plan_git, "MOST_HISTORY", len(PLAN.encode()) + len(LOWER.encode()) - 1)
    with pytest.raises(HistoryError, match="more than"):
        file_versions(tmp_path / FILE)


def test_the_newest_versions_are_read_where_there_are_very_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plan_git, "MOST_VERSIONS", 3)
    for number, goal in enumerate((1700, 1650, 1600, 1550, 1500), start=1):
        keep(tmp_path, PLAN.replace("1700", str(goal)), f"2024-03-0{number}")
    found = file_versions(tmp_path / FILE)
    assert [one.day.day for one in found] == [3, 4, 5]
    assert [b"goal: 1600" in one.content for one in found] == [True, False, False]


@pytest.mark.skipif(sys.platform == "win32", reason="scripts of a POSIX shell")
def test_nothing_of_the_user_is_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hooks, monitors, pagers, external diffs, signature checks and aliases stay where they are."""
    trap = tmp_path / "trap.sh"
    sprung = tmp_path / "sprung"
    trap.write_text(f"#!/bin/sh\necho \"$0 $*\" >> '{sprung}'\nexit 1\n", "utf-8")
    trap.chmod(0o755)
    folder = tmp_path / "repository"
    folder.mkdir()
    keep(folder, PLAN, "2024-03-28")
    keep(folder, LOWER, "2024-07-15")
    signed = git(folder, "cat-file", "commit", "HEAD").replace("\n\n", SIGNATURE, 1)
    (tmp_path / "signed").write_text(signed, "utf-8")
    signed_commit = git(folder, "hash-object", "-t", "commit", "-w", str(tmp_path / "signed")).strip()
    git(folder, "reset", "-q", signed_commit)
    (folder / ".gitattributes").write_text("*.yaml diff=trap filter=trap\n", "utf-8")
    for name in ("core.fsmonitor", "core.pager", "diff.external", "diff.trap.textconv", "diff.trap.command",
                 "filter.trap.smudge", "filter.trap.clean", "gpg.program", "pager.log"):  # fmt: skip
        git(folder, "config", name, str(trap))
    for name, value in (("log.showSignature", "true"), ("alias.log", f"!{trap}"), ("color.ui", "always"),
                        ("log.date", "relative"), ("format.pretty", "full"), ("diff.renames", "false"),
                        ("core.abbrev", "40"), ("core.quotePath", "true")):  # fmt: skip
        git(folder, "config", name, value)
    hooks = folder / ".git" / "hooks"
    hooks.mkdir(exist_ok=True)
    for name in ("post-index-change", "post-checkout", "pre-commit", "reference-transaction"):
        shutil.copy(trap, hooks / name)
    for name in ("GIT_PAGER", "GIT_EXTERNAL_DIFF", "GIT_SSH_COMMAND", "PAGER", "GIT_ASKPASS"):
        monkeypatch.setenv(name, str(trap))
    monkeypatch.setenv("GIT_DIR", "elsewhere/.git")  # as a hook of another repository sets it
    before = {one: one.stat().st_mtime_ns for one in (folder / ".git").rglob("*")}
    assert "from '1700' to '1500'" in validate(folder / FILE)
    assert not sprung.exists()
    assert {one: one.stat().st_mtime_ns for one in (folder / ".git").rglob("*")} == before


def test_a_lock_of_another_git_is_no_trouble(tmp_path: Path) -> None:
    keep(tmp_path, PLAN, "2024-03-28")
    keep(tmp_path, LOWER, "2024-07-15")
    (tmp_path / ".git" / "index.lock").write_text("", "utf-8")
    assert "from '1700' to '1500'" in validate(tmp_path / FILE)


@pytest.mark.parametrize("name", ["[kế] *hoạch?.yaml", "-p.yaml", ":(top)x.yaml", "a\nb.yaml", "x\x01y.yaml"])
@pytest.mark.skipif(sys.platform == "win32", reason="no such names there")
def test_names_are_names(name: str, tmp_path: Path) -> None:
    keep(tmp_path, "year: 2024\n", "2024-01-01", "k hoạch.yaml")
    keep(tmp_path, PLAN, "2024-03-28", name)
    keep(tmp_path, LOWER, "2024-07-15", name)
    assert [one.content.count(b"1700") for one in file_versions(tmp_path / name)] == [1, 0]


def test_git_that_cannot_be_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "git").write_bytes(b"\x7fELF no program")
    (tmp_path / "git").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    if shutil.which("git") is None:
        pytest.skip("a file without ending is no program here")
    with pytest.raises(HistoryError):
        file_versions(tmp_path / FILE)


def test_only_validate_asks_git(tmp_path: Path) -> None:
    """The other commands start no process for it: a plan is read the same everywhere."""
    keep(tmp_path, PLAN, "2024-03-28")
    keep(tmp_path, LOWER, "2024-07-15")
    assert "RP185" not in run(f"show '{tmp_path / FILE}'")
    code = "import sys, rehabplan.plan.load as _; print('rehabplan.plan.git' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)  # noqa: S603
    assert found.stdout.strip() == b"False"
