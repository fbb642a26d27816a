"""Plan files that are broken or meant to do harm: what each holds, and what is to be said of it where."""

from collections.abc import Iterator
from dataclasses import dataclass

from rehabplan.plan.load import MOST_PROBLEMS, MOST_TARGETS
from rehabplan.textfile import MOST_BYTES
from rehabplan.yamltree import MAX_CHARACTERS, MAX_DEPTH, MAX_VALUES

HEAD = 'year: 2024\ntitle: {vi: "Kế hoạch", en: "Plan"}\nissuer: UBND\n'
TARGET = '    name: {vi: "Hồ sơ", en: "Dossiers"}\n    kind: count\n    unit: dossier\n'
GOOD = f"{HEAD}targets:\n  dossiers:\n{TARGET}    goal: 1700\n"
NOTE = "    note: "
GOAL_LINE, NOTE_LINE = 9, 10


@dataclass(frozen=True, slots=True)
class Hostile:
    """A plan file, and the findings it gives: number and line, without a line where the file is unread."""

    name: str
    content: bytes
    found: tuple[tuple[str, int | None], ...]


def _text(name: str, text: str, *found: tuple[str, int | None]) -> Hostile:
    return Hostile(name, text.encode(), found)


def _goal(name: str, goal: str, code: str) -> Hostile:
    return _text(name, GOOD.replace("goal: 1700", f"goal: {goal}"), (code, GOAL_LINE))


def _note(name: str, note: str, code: str, line: int = NOTE_LINE) -> Hostile:
    return _text(name, f"{GOOD}{NOTE}{note}\n", (code, line))


def plans() -> Iterator[Hostile]:  # noqa: C901, PLR0915 - a table
    """Yield every hostile plan."""
    # what takes a reader's time and memory
    laughs = "".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9) if n else '1'}]\n" for n in range(9))
    told = [("RP103", n + 1) for n in range(9) for _ in range(10 if n else 1)]  # the anchor, and nine aliases
    yield _text("billion laughs", laughs + GOOD, *told)
    yield _text("an alias of itself", f"{GOOD}{NOTE}&a [*a]\n", ("RP103", NOTE_LINE), ("RP103", NOTE_LINE))
    yield _note("100,000 brackets", "[" * 100_000, "RP104")
    yield _note("100,000 braces", "{a: " * 100_000, "RP104")
    yield _note("brackets just too deep", "[" * MAX_DEPTH + "]" * MAX_DEPTH, "RP104")
    block = "".join(" " * n + "a:\n" for n in range(200))
    yield _text("200 mappings inside each other", block, ("RP104", MAX_DEPTH + 2))
    yield _text("2,000 lists inside each other", "- " * 2_000, ("RP104", 1))
    yield _text("keys of keys", "? " * 2_000, ("RP104", 1))
    yield _text("very many values", f"{GOOD}{NOTE}[{'1,' * MAX_VALUES}]\n", ("RP104", NOTE_LINE))
    yield _text("very many characters", f"{GOOD}# {'x' * MAX_CHARACTERS}\n", ("RP104", None))
    yield Hostile("very many bytes", GOOD.encode() + b"#" * MOST_BYTES, (("RP101", None),))
    many = "".join(f"  t{n}: {{goal: 1}}\n" for n in range(MOST_TARGETS + 1))
    yield _text("very many targets", f"{HEAD}targets:\n{many}", ("RP104", 4))
    listed = tuple(("RP106", 10 + n) for n in range(MOST_PROBLEMS))
    odd = "".join(f"    k{n}: 1\n" for n in range(MOST_PROBLEMS + 20))
    yield _text("very many problems", GOOD + odd, *listed, ("RP147", None))
    yield _goal("a million digits", "9" * 1_000_000, "RP115")
    yield _goal("a million digits in quotes", f"'{'9' * 1_000_000}'", "RP121")
    yield _goal("a million decimals", "0." + "9" * 1_000_000, "RP115")
    yield _goal("a power", "1e999999999", "RP115")
    yield _goal("a huge text", f"'{'ma túy ' * 100_000}'", "RP121")
    yield _text("a huge key", f"{GOOD}    {'k' * 1000}: 1\n", ("RP106", NOTE_LINE))
    yield _text("a huge unquoted key", f"{GOOD}    {'k' * 100_000}: 1\n", ("RP102", NOTE_LINE))
    # what would make a program do something
    for tag in ("!!python/object/apply:os.system ['true']", "!foo bar", "!!binary aGk=", "!<tag:x,2024:y> z",
                "!!set {a, b}", "!!timestamp 2024-01-01", "!!python/name:os.system"):  # fmt: skip
        yield _note(f"a tag {tag.split()[0]}", tag, "RP103")
    yield _note("a tag without its handle", "!x!y z", "RP102")
    yield _text("a directive", f"%YAML 1.1\n---\n{GOOD}...\n--- 2\n", ("RP103", 13))
    yield _text("a directive of another YAML", f"%YAML 3.0\n---\n{GOOD}", ("RP102", 1))
    # what programs read differently
    for name, goal, code in (
        ("octal", "0o17", "RP111"), ("old octal", "017", "RP111"), ("base 60", "190:20:30", "RP112"),
        ("binary", "0b1010", "RP115"), ("hexadecimal", "0x1F", "RP115"), ("infinity", ".inf", "RP115"),
        ("less than all", "-.INF", "RP115"), ("no number", ".NaN", "RP115"), ("underscores", "1_700", "RP115"),
        ("yes", "yes", "RP113"), ("off", "Off", "RP113"), ("y", "Y", "RP113"),
        ("thousands", "1.700", "RP110"), ("commas", "1,700", "RP115"), ("true", "true", "RP121"),
        ("null", "~", "RP121"), ("Arabic digits", "١٧٠٠", "RP121"), ("wide digits", "１７００", "RP121"),
        ("below zero", "-5", "RP121"), ("an empty list", "[]", "RP121"), ("a mapping", "{a: 1}", "RP121"),
        ("year 0", "0000-01-01", "RP114"), ("month 99", "2024-99-99", "RP114"),
        ("year 99999", "99999-99-99", "RP121"), ("a time", "2024-01-01T00:00:00+99:99", "RP121"),
        ("29 February", "2023-02-29", "RP114"), ("equals", "=", "RP121"),
    ):  # fmt: skip
        yield _goal(f"goal: {name}", goal, code)
    yield _text("merge keys", f"{GOOD}    <<: {{unit: person}}\n", ("RP103", NOTE_LINE))
    yield _text("twice the same key", f"{GOOD}    goal: 1\n    'goal': 2\n", ("RP105", 10), ("RP105", 11))
    yield _text("a key that is a list", f"{GOOD}    [a, b]: 1\n", ("RP108", NOTE_LINE))
    yield _text("a key that is a mapping", f"{GOOD}    {{a: b}}: 1\n", ("RP108", NOTE_LINE))
    yield _text("a key that is nothing", f"{GOOD}    : 1\n", ("RP102", NOTE_LINE))
    yield _text("a key that is a year", f"{GOOD}    2024: 1\n", ("RP108", NOTE_LINE))
    yield _text("a key that is true", f"{GOOD}    true: 1\n", ("RP108", NOTE_LINE))
    yield _text("a key that is a date", f"{GOOD}    2024-01-01: 1\n", ("RP108", NOTE_LINE))
    yield _text("years and words as ids", GOOD.replace("dossiers:", "2024:"), ("RP120", 5))
    # characters
    for number in (
        0x00,
        0x01,
        0x07,
        0x0B,
        0x0C,
        0x1B,
        0x1C,
        0x7F,
        0x85,
        0x9B,
        0x2028,
        0x2029,
        0xFFFE,
        0xFFFF,
    ):
        character = chr(number)
        yield _text(f"U+{number:04X}", GOOD.replace("Dossiers", f"Dos{character}siers"), ("RP102", 6))
    for number in (0x061C, 0x200E, 0x200F, 0x202A, 0x202E, 0x2066, 0x2069, 0xFEFF, 0xE0041):
        character = chr(number)
        yield _text(f"U+{number:04X}", GOOD.replace("Dossiers", f"Dos{character}siers"), ("RP146", 6))
    for number in (0x00AD, 0x200B, 0x200D, 0x2060):
        yield _text(
            f"U+{number:04X} in a key", GOOD.replace("goal", f"go{chr(number)}al"), ("RP146", GOAL_LINE)
        )
    for escape in (r"\0", r"\e", r"\x07", r"\u202e", r"\x9b", r"\uFFFF", r"\U000E0041"):
        yield _text(f"the escape {escape}", GOOD.replace("Dossiers", f"Dos{escape}siers"), ("RP146", 6))
    yield _text("half an emoji", GOOD.replace("Dossiers", r"\ud83d"), ("RP102", 6))
    yield _text("beyond Unicode", GOOD.replace("Dossiers", r"\U00110000"), ("RP102", 6))
    yield _text("a tab", GOOD.replace("    goal", "\tgoal"), ("RP102", GOAL_LINE))
    yield Hostile("invalid UTF-8", GOOD.encode().replace(b"UBND", b"\xff\xc3("), (("RP101", None),))
    yield Hostile("too long UTF-8", GOOD.encode().replace(b"UBND", b"\xc0\xaf"), (("RP101", None),))
    yield Hostile("half a surrogate", GOOD.encode().replace(b"UBND", b"\xed\xa0\x80"), (("RP101", None),))
    for name in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"):
        yield Hostile(name, GOOD.encode(name), (("RP101", None),))
    yield Hostile("a workbook", b"PK\x03\x04" + bytes(range(256)), (("RP101", None),))
    # nothing, or something else
    for name, text in (("empty", ""), ("comments", "# nothing\n#\n"), ("a byte order mark", "\ufeff"),
                       ("blanks", " \n \n"), ("a text", "plan"), ("a list", "- 1\n"), ("a number", "1")):  # fmt: skip
        yield _text(f"only {name}", text, ("RP108", 1))
    yield _text("two documents", f"{GOOD}---\n{GOOD}", ("RP103", 10))
    yield _text("no targets", HEAD + "targets: {}\n", ("RP108", 4))
    # line ends: the same mistake on the same line
    broken = GOOD.replace("goal: 1700", "gaol: 1700")
    for name, end in (("LF", "\n"), ("CR LF", "\r\n"), ("CR", "\r")):
        yield _text(f"lines end with {name}", broken.replace("\n", end), ("RP107", 5), ("RP106", 9))
    # sites, totals and changes that point to nowhere
    for file in ("/dev/zero", "/dev/stdin", ".", "no-such.csv", "a\\0b.csv", "x" * 5000):
        sites = f'sites: {{communes: {{count: 1, unit: commune, list: "{file}", key: code}}}}\n'
        code = "RP146" if "\\0" in file else "RP143"
        yield _text(f"a list that is {file[:20]}", GOOD.replace("targets:", f"{sites}targets:"), (code, 4))
