"""Drafts of random plans: they load, keep what they must keep, and leave all other lines as they are."""

from hypothesis import given, settings
from hypothesis import strategies as st

from rehabplan.draft.make import Old, make_draft
from rehabplan.yamltree import read_tree
from tests.test_draft import drafted, fields

STEADY = settings(derandomize=True, deadline=None, max_examples=60, database=None)
COMMENTS = st.sampled_from(["", " # gần 5: 'x", "   #ghi chú {"])
GOALS = {
    "count": ["1700", '">= 600"', "'không quá 5'", '"5..10"', '"-5%"', "{2024: 60, 2030: 80}",
              "\n      2023: 1\n      2024: 2\n      2031: 3", "\n      0", "|\n      > 5"],
    "rate": ['"> 80%"', "70%", '"-0,8 points"', "{2024: 60%}"],
}  # fmt: skip
BASES = {
    "count": ["400", "'400'", "{value: 400, year: 2023, periods: {9m: 310}}",
              "\n      value: 400\n      periods:\n        9m: 310 # x\n      note: yy"],
    "rate": ["'35%'", '"20/60"', "{note: z, value: 9%}"],
}  # fmt: skip
REST = ["source: {clause: null}", "source:\n      clause: |\n        II\n\n        # 1\n\n",
        "split_from: old",
        "merged_from: [a,\n      b] # c", "held_equal:\n    - {year: 2023, aspect: scope, reason: r}",
        "was: older", 'note: "gấp\n      nếp"', "note: >\n      # không phải\n      chú thích\n",
        "pace: year_end"]  # fmt: skip


LINKS = ("was", "split_from", "merged_from")


def _field(entry: str) -> str:
    """Return the field of an entry; of those that tell where a target comes from there is one at most."""
    field = entry.split(":", maxsplit=1)[0]
    return "link" if field in LINKS else field


def one_line(texts: list[str]) -> st.SearchStrategy[str]:
    return st.sampled_from([text for text in texts if "\n" not in text])


@st.composite
def plans(draw: st.DrawFn) -> tuple[str, list[str]]:
    """Return a plan's text, and the lines of it that a draft must leave as they are."""
    end = draw(st.sampled_from(["\n", "\r\n"]))
    kept: list[str] = []

    def keep(line: str) -> str:
        kept.append(line)
        return line + "\n"

    text = keep("# head") if draw(st.booleans()) else ""
    text += f"year: 2024{draw(COMMENTS)}\n" + keep("issuer: 'UBND' # 2024")
    text += "title: {vi: 'Năm 2024', en: X}\n"
    text += draw(st.sampled_from(["", "draft: false\n", "document: {number: 7/KH, date: 2024-03-01}\n",
                                  "document:\n  number: a # b\n  source:\n    'x\n    y'\n"]))  # fmt: skip
    text += draw(
        st.sampled_from(["", "changes: []\n", "not_targets:\n# x\n- text: {vi: a, en: b}\n  reason: c\n"])
    )
    text += keep(f"targets:{draw(COMMENTS)}")
    for number in range(draw(st.integers(1, 4))):
        kind = draw(st.sampled_from(["count", "rate"]))
        rest = draw(st.lists(st.sampled_from(REST), unique_by=_field))
        rest = [f"was: older-{number}" if entry.startswith("was") else entry for entry in rest]
        if draw(st.booleans()):
            flat = ["goal: " + draw(one_line(GOALS[kind])), "baseline: " + draw(one_line(BASES[kind]))]
            flat += [entry for entry in rest if "\n" not in entry]
            joint = draw(st.sampled_from([", ", ",\n    "]))
            head = f"name: {{vi: m{number}, en: t{number}}}, kind: {kind}, unit: case"
            text += f"  id-{number}: {{{joint.join([head, *draw(st.permutations(flat))])}}}\n"
            continue
        text += keep(f"  id-{number}:{draw(COMMENTS)}") + keep(f"    name: {{vi: m{number}, en: t{number}}}")
        text += keep(f"    kind: {kind}{draw(COMMENTS)}")
        goal, base = draw(st.sampled_from(GOALS[kind])), draw(st.sampled_from(BASES[kind]))
        entries = [f"goal: {goal}", f"baseline: {base}", *rest]
        for entry in draw(st.permutations(entries)):
            text += f"    {entry}" + ("\n" if "\n" in entry else draw(COMMENTS) + "\n")
            if entry.startswith(("note", "was")):
                kept.extend(f"    {entry}".split("\n")[:-1])
        text += keep(f"    unit: case{draw(COMMENTS)}") + keep("    # between")
    if "split_from" in text:  # a split has two parts at least
        text += "  other-part: {name: {vi: o, en: p}, kind: count, unit: case, goal: 7, split_from: old}\n"
    return text.replace("\n", end), [line + end for line in kept if line]


@STEADY
@given(plans(), st.integers(2025, 2032))
def test_a_random_plans_draft(given_plan: tuple[str, list[str]], year: int) -> None:
    text, kept = given_plan
    old, made, new = drafted(text, year)
    assert list(new.plan.targets) == list(old.plan.targets)
    for one, other in zip(old.plan.targets.values(), new.plan.targets.values(), strict=True):
        same = {"id", "name", "kind", "unit", "note", "was", "baseline"}
        assert fields(one, same) == fields(other, same)
        wanted = [goal for at, goal in one.goals.items() if at is None or at <= year]
        assert other.goal_of(year) == wanted[-1]
        old_ties = (other.split_from, other.merged_from, other.held_equal, other.source.clause)
        assert old_ties == (None, (), (), None)
    lines = iter(made.text.splitlines(keepends=True))
    for line in kept:
        assert any(found == line for found in lines), line
    assert make_draft(Old(old.plan, read_tree(text, "x"), text, "old.yaml"), year, str).text == made.text
    ends = "\r\n" if "\r\n" in text else "\n"
    assert all(line.endswith(ends) for line in made.text.splitlines(keepends=True))
