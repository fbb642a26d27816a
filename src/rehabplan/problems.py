"""Findings as values: every code with its sentence and cure in one Enum, and the one exception.

The codes are a contract: a landed code keeps its number and meaning (see CHANGELOG.md). Numbers go
by stage: 1xx plan files, 2xx names on the command line, 3xx workbooks and their layout, 4xx periods,
5xx cells and figures.
"""

import re
from collections.abc import Iterable
from datetime import date
from enum import Enum, StrEnum

from msgspec import Struct

from rehabplan.i18n import N_, _, day


class Severity(StrEnum):
    """An error makes the exit code 3; a warning never changes it (design.md §2)."""

    ERROR = "error"
    WARNING = "warning"


class Message(Struct, frozen=True):
    """A sentence for a person, kept as its English text and arguments until it is printed."""

    text: str
    args: tuple[tuple[str, object], ...] = ()

    def __str__(self) -> str:
        return _(self.text).format(**_worded(self.args))


def _worded(args: Iterable[tuple[str, object]]) -> dict[str, object]:
    """Return the arguments of a sentence, days as the language in use writes them."""
    return {key: day(value) if isinstance(value, date) else value for key, value in args}


def message(text: str, /, **args: object) -> Message:
    """Return the message made of a text marked for translation and its named arguments."""
    return Message(text, tuple(args.items()))


class Where(Struct, frozen=True):
    """A place in an input: file with line and column, or file with sheet and cell."""

    file: str
    line: int | None = None
    column: int | None = None
    sheet: str | None = None
    cell: str | None = None
    excerpt: str | None = None
    """The source line, for the caret under it."""
    width: int = 1
    """How many characters of the excerpt the caret underlines."""

    def __str__(self) -> str:
        if self.line is not None:
            return f"{self.file}:{self.line}:{self.column}"
        if self.sheet is None:
            return self.file
        return f"{self.file} › {self.sheet}" + (f"!{self.cell}" if self.cell else "")

    @property
    def order(self) -> tuple[object, ...]:
        """Sort key: by file, then line and column, then sheet, row and column."""
        found = re.fullmatch(r"([A-Z]+)(\d+).*", self.cell or "")
        row, letters = (int(found[2]), found[1]) if found else (0, "")
        return (self.file, self.line or 0, self.column or 0, self.sheet or "", row,
                len(letters), letters)  # fmt: skip


class Code(Enum):
    """Every finding: number, severity, what is wrong, what to do. Texts in braces are arguments."""

    number: str
    severity: Severity
    sentence: str
    cure: str

    def __init__(self, number: str, severity: Severity, sentence: str, cure: str) -> None:
        """Spread the value over named attributes."""
        self.number = number
        self.severity = severity
        self.sentence = sentence
        self.cure = cure

    # ── plan files: reading ───────────────────────────────────────────────────────────────────
    PLAN_UNREADABLE = (
        "RP101",
        Severity.ERROR,
        N_("The plan file cannot be read: {reason}."),
        N_("Check the path, and save the file as UTF-8 text."),
    )
    NOT_YAML = (
        "RP102",
        Severity.ERROR,
        N_("This is not valid YAML: {reason}."),
        N_("Compare with the lines above: indent with blanks, and quote texts that hold ': ' or '#'."),
    )
    YAML_FEATURE = (
        "RP103",
        Severity.ERROR,
        N_("{feature} are not used in plan files."),
        N_("Write the value out where it is needed."),
    )
    TOO_DEEP = (
        "RP104",
        Severity.ERROR,
        N_("The file is {what}; the limit is {limit}."),
        N_("Check that this is a plan file."),
    )
    DUPLICATE_KEY = (
        "RP105",
        Severity.ERROR,
        N_("The key '{key}' stands here a second time; the first is on line {first}."),
        N_("Keep one of the two, or rename this one."),
    )
    UNKNOWN_KEY = (
        "RP106",
        Severity.ERROR,
        N_("There is no key '{key}' here{hint}."),
        N_("Keys that may stand here: {known}."),
    )
    MISSING_KEY = (
        "RP107",
        Severity.ERROR,
        N_("'{key}' is missing here."),
        N_("Add it; docs/plan-file.md shows how it looks."),
    )
    WRONG_TYPE = (
        "RP108",
        Severity.ERROR,
        N_("{found} does not fit here: {expected} is expected."),
        N_("Correct the value."),
    )
    AMBIGUOUS_NUMBER = (
        "RP110",
        Severity.ERROR,
        N_("'{found}' can be read as {thousands} or as {decimal}."),
        N_("Write {thousands} or {decimal}, without a separator of thousands."),
    )
    LEADING_ZERO = (
        "RP111",
        Severity.ERROR,
        N_("'{found}' begins with a zero, which YAML programs read differently (as {other})."),
        N_("Write {plain}, or put a text in quotes."),
    )
    SEXAGESIMAL = (
        "RP112",
        Severity.ERROR,
        N_("'{found}' looks like a time, which YAML programs read as the number {other}."),
        N_("Put a text in quotes, or write the number plainly."),
    )
    YES_NO = (
        "RP113",
        Severity.ERROR,
        N_("'{found}' is read as true or false by some YAML programs and as text by others."),
        N_("Write true or false, or put a text in quotes."),
    )
    NO_SUCH_DATE = (
        "RP114",
        Severity.ERROR,
        N_("There is no date {found}."),
        N_("Write dates as year-month-day, for example 2024-09-30."),
    )
    NUMBER_WRITING = (
        "RP115",
        Severity.ERROR,
        N_("'{found}' is not a plain number."),
        N_("Write digits with at most one decimal point (1700, 80.5), or put a text in quotes."),
    )
    # ── plan files: meaning ───────────────────────────────────────────────────────────────────
    BAD_ID = (
        "RP120",
        Severity.ERROR,
        N_("'{found}' cannot be an id."),
        N_("Use lower-case letters a–z, digits and hyphens, beginning with a letter: {example}."),
    )
    BAD_GOAL = (
        "RP121",
        Severity.ERROR,
        N_("The goal '{found}' is not understood."),
        N_(
            "Write 1700, '> 80%', '<= 9,8%', '5..10%', '-5%', '-0,8 points', '+10%', done, "
            "{{each: 1}}, or a value for each year."
        ),
    )
    GOAL_UNIT = (
        "RP122",
        Severity.ERROR,
        N_("The goal '{found}' has the wrong unit for a {kind} target: {expected} is expected."),
        N_("Change the goal or the kind."),
    )
    SHARE_OVER_100 = (
        "RP123",
        Severity.ERROR,
        N_("The goal '{found}' can never be met: {reason}."),
        N_("Correct the goal, or the kind of the target."),
    )
    NO_BASELINE = (
        "RP124",
        Severity.ERROR,
        N_("The goal '{found}' is a change, and there is no baseline that it starts from."),
        N_("Add baseline: {{value: …, year: …}} to this target."),
    )
    RANGE_REVERSED = (
        "RP125",
        Severity.ERROR,
        N_("The range '{found}' ends below its beginning."),
        N_("Write the smaller number first."),
    )
    NO_GOAL_FOR_YEAR = (
        "RP126",
        Severity.ERROR,
        N_("The goal gives values for {years}, but none for the plan's year {year}."),
        N_("Add the value of {year}."),
    )
    NO_PARENT = (
        "RP130",
        Severity.ERROR,
        N_("The parent '{found}' is no target of this plan{hint}."),
        N_("Name a target of this plan, or leave parent out."),
    )
    PARENT_CYCLE = (
        "RP131",
        Severity.ERROR,
        N_("The parents run in a circle: {cycle}."),
        N_("A part cannot contain its whole: take one of these parents out."),
    )
    SHARE_WITHOUT_PARENT = (
        "RP132",
        Severity.ERROR,
        N_("'one_to_one' belongs to a share of another target, and this target has no parent."),
        N_("Add parent: with the id of the target that this is a share of."),
    )
    PARENT_KIND = (
        "RP133",
        Severity.ERROR,
        N_("The parent '{parent}' is a milestone, which nothing can be a part of."),
        N_("Name a target that is counted."),
    )
    WAS_STILL_HERE = (
        "RP134",
        Severity.ERROR,
        N_("'{key}: {found}' names another target of this plan, so it cannot be this one's earlier id."),
        N_("Give the id of the earlier plan; or split_from, if '{found}' goes on beside this target."),
    )
    WAS_TWICE = (
        "RP135",
        Severity.ERROR,
        N_("'{found}' is given as the earlier id of '{other}' already."),
        N_("If one target became two, write split_from at both; else correct one of the two."),
    )
    LINK_ALONE = (
        "RP136",
        Severity.ERROR,
        N_("'{key}' names one target that became one: that is neither a split nor a merger."),
        N_("Write was: {found}, or name the other parts."),
    )
    LINKS_CLASH = (
        "RP137",
        Severity.ERROR,
        N_("'{first}' and '{second}' cannot both say where this target comes from."),
        N_("Keep the one that is right."),
    )
    HELD_EQUAL = (
        "RP138",
        Severity.ERROR,
        N_("Nothing can be held equal here: {reason}."),
        N_("Give the year of the earlier plan, each part of the definition once."),
    )
    NO_SITES = (
        "RP140",
        Severity.ERROR,
        N_("'{found}' is not in this plan's list of sites{hint}."),
        N_("Add it under sites: with its count, or correct the name."),
    )
    SITES_NEEDED = (
        "RP141",
        Severity.ERROR,
        N_("A {kind} target needs to know its sites."),
        N_("Add sites: with a name from the plan's list of sites."),
    )
    SITE_COUNT = (
        "RP142",
        Severity.ERROR,
        N_("The plan says {count} sites, but {list} holds {found}."),
        N_("Correct the count or the list; they must agree on the plan's denominator."),
    )
    SITE_LIST = (
        "RP143",
        Severity.ERROR,
        N_("The site list {file} cannot be used: {reason}."),
        N_("Give the path from the plan's folder, and key: with the column that tells sites apart."),
    )
    SITES_EXPIRED = (
        "RP144",
        Severity.WARNING,
        N_("The sites '{name}' hold {valid}, which is not the whole year {year}."),
        N_("Check that count and list are those of the plan's year."),
    )
    SHARES = (
        "RP145",
        Severity.ERROR,
        N_("The shares {file} cannot be used: {reason}."),
        N_("The list is a CSV file in UTF-8: a column that names the sites, and one for each target's id."),
    )
    UNSEEN_CHARACTER = (
        "RP146",
        Severity.ERROR,
        N_("A character that cannot be seen stands here ({name}): what is read is not what is shown."),
        N_("Take it out; if it cannot be found, type the line anew."),
    )
    MORE_PROBLEMS = (
        "RP147",
        Severity.WARNING,
        N_("There are more problems in this file; the first {count} are listed."),
        N_("Correct those; the first ones often cause the others."),
    )
    PACE_SUM = (
        "RP150",
        Severity.ERROR,
        N_("The quarters add up to {found}, but the year is to bring {goal}."),
        N_("Correct the quarters or the goal."),
    )
    PACE_CURVE = (
        "RP151",
        Severity.ERROR,
        N_("The pace does not fit: {reason}."),
        N_("docs/plan-file.md says what a pace may be for each kind of target."),
    )
    DUE_OUTSIDE = (
        "RP152",
        Severity.ERROR,
        N_("The date {found} lies outside the plan's year ({first} to {last})."),
        N_("Correct the date or the year."),
    )
    SAME_LABEL = (
        "RP153",
        Severity.ERROR,
        N_("The label '{label}' also belongs to '{other}', so a report's row could mean either."),
        N_("Change one of the two, or give both targets the same indicator:."),
    )
    NOT_FOR_KIND = (
        "RP154",
        Severity.ERROR,
        N_("'{key}' has no meaning for a {kind} target."),
        N_("Take it out, or change the kind."),
    )
    UNIT_NEEDED = (
        "RP155",
        Severity.ERROR,
        N_("A {kind} target needs its unit of measure."),
        N_("Add unit:, for example unit: person."),
    )
    TOTAL_DIFFERS = (
        "RP160",
        Severity.WARNING,
        N_("The plan states a total of {stated}, but its parts add up to {sum} ({parts})."),
        N_("Both are kept as written; ask the issuing office which one holds."),
    )
    TOTAL_PARTS = (
        "RP161",
        Severity.ERROR,
        N_("The parts of this total cannot be added: {reason}."),
        N_("List counts of this plan in one unit, the unit of the total."),
    )
    DRAFT = (
        "RP190",
        Severity.WARNING,
        N_("This is a draft for {year}: its goals are those of an earlier year until somebody decides them."),
        N_("Decide them (the comments beside them say what was reached), then take this line out."),
    )
    SHARES_OVER = (
        "RP162",
        Severity.WARNING,
        N_("The column '{target}' of {file} adds up to {sum}: {difference}."),
        N_("Correct the shares or the goal; if the office assigns more on purpose, leave it so."),
    )
    SHARES_UNDER = (
        "RP163",
        Severity.WARNING,
        N_("The column '{target}' of {file} adds up to {sum}: {difference}."),
        N_("Nobody is to bring the rest: assign it, or correct the goal."),
    )
    SITES_WITHOUT_SHARE = (
        "RP164",
        Severity.WARNING,
        N_("{file} gives no share of {targets} to {count} of the {all} sites of '{set}': {names}."),
        N_("Give each its share; write 0 where a site is to bring nothing."),
    )
    SHARE_OVER_WHOLE = (
        "RP165",
        Severity.WARNING,
        N_("In {file}, sites have a larger share of '{target}' than of its whole '{parent}': {names}."),
        N_("Correct one of the two: a part cannot be more than its whole."),
    )
    NOTHING_TO_INCREASE = (
        "RP166",
        Severity.WARNING,
        N_("The baseline {level} is above the goal '{goal}': nothing is left to be increased, and {judged}."),
        N_("If it is a level to be kept all year, write pace: every_period; if not, correct one of the two."),
    )
    NOTHING_TO_DECREASE = (
        "RP167",
        Severity.WARNING,
        N_("The baseline {level} meets the goal '{goal}' already: nothing is left to be decreased."),
        N_("If it is a cap to be kept all year, write pace: every_period; if not, correct one of the two."),
    )
    CHANGE_BY_NOTHING = (
        "RP168",
        Severity.WARNING,
        N_("'{found}' is a change by nothing."),
        N_("Write by how much; or, to hold the level of the baseline, '{level}'."),
    )
    GOAL_IMPOSSIBLE = (
        "RP169",
        Severity.ERROR,
        N_("The goal '{found}' can never be met: {reason}."),
        N_("Correct the goal or the baseline; '-5%' changes by percent, '-5 points' by percentage points."),
    )
    GOALS_CONTRADICT = (
        "RP170",
        Severity.WARNING,
        N_("No figure of the row '{row}' meets both this goal, {goal}, and that of '{other}', {other_goal}."),
        N_("Correct one of the two; where different figures are meant, give each its own indicator:."),
    )
    GOAL_OVER_WHOLE = (
        "RP171",
        Severity.WARNING,
        N_("The goal {goal} of this part is more than the goal of its whole '{parent}', {whole}."),
        N_("Correct one of the two, or take parent: out if this is no part of it."),
    )
    TOTAL_BELOW_PART = (
        "RP172",
        Severity.WARNING,
        N_("The plan states a total of {stated}, but its part '{part}' alone is to be {goal}."),
        N_("Correct the total, the goal or the parts, or ask the issuing office which one holds."),
    )
    CHANGE_NO_TARGET = (
        "RP180",
        Severity.ERROR,
        N_("'{found}' is no target of this plan{hint}."),
        N_("Correct the id; the last change of a target that was taken out says to: null."),
    )
    CHANGES_NOT_NOW = (
        "RP181",
        Severity.ERROR,
        N_("The last change of '{target}' ends at {found}, but its goal in this plan is '{goal}'."),
        N_("Correct one of the two, or add the change that followed."),
    )
    CHANGES_BROKEN = (
        "RP182",
        Severity.WARNING,
        N_("This change of '{target}' begins at {found}, but the one of {date} ended at {before}."),
        N_("Correct one of the two, or add the change between them."),
    )
    CHANGES_ORDER = (
        "RP183",
        Severity.WARNING,
        N_("The change of {found} stands below the one of {before}."),
        N_("Put the changes in the order of their dates, or correct the date."),
    )
    CHANGE_OF_NOTHING = (
        "RP184",
        Severity.WARNING,
        N_("This change of '{target}' changes nothing: from and to mean the same, {found}."),
        N_("Correct one of the two, or take the entry out."),
    )
    CHANGE_NOT_TOLD = (
        "RP185",
        Severity.WARNING,
        N_("{what} {when}, and changes: gives no reason."),
        N_("Add to changes:\n{entry}"),
    )
    DATE_FAR_AWAY = (
        "RP187",
        Severity.WARNING,
        N_("The date {found} lies far from the plan's year {year}."),
        N_("Check it: what is changed after the plan was issued, and when, is told by these dates."),
    )
    HISTORY_UNREADABLE = (
        "RP186",
        Severity.WARNING,
        N_("The plan was not compared with all of its earlier versions: {reason}."),
        N_("Everything else was checked; with git in order, changed goals without a reason would be named."),
    )
    # ── names on the command line ─────────────────────────────────────────────────────────────
    NO_PLAN = (
        "RP201",
        Severity.ERROR,
        N_("There is no plan '{name}'{hint}."),
        N_("Give the path of a plan file, or the name of one under {folder}/: {known}."),
    )
    TWO_PLANS = (
        "RP202",
        Severity.ERROR,
        N_("'{name}' can mean {known}."),
        N_("Give the path of the one you mean."),
    )
    NO_TARGET = (
        "RP203",
        Severity.ERROR,
        N_("The plan has no target '{name}'{hint}."),
        N_("Its targets are: {known}."),
    )
    NO_SITE = (
        "RP204",
        Severity.ERROR,
        N_("There is no site '{name}' in the plan{hint}."),
        N_("Write the name as in the plan's lists of sites: {known}."),
    )
    TWO_SITES = (
        "RP205",
        Severity.ERROR,
        N_("'{name}' can mean {known}."),
        N_("Give the full name, with its type and with what encloses the site."),
    )
    OUTPUT_EXISTS = (
        "RP206",
        Severity.ERROR,
        N_("{file} is there already; nothing was written."),
        N_("Give another path, or add --force to overwrite it."),
    )
    OUTPUT_FAILED = (
        "RP207",
        Severity.ERROR,
        N_("{file} cannot be written: {reason}."),
        N_("Check the path, and that the file is not open in another program."),
    )
    NO_CODE = (
        "RP208",
        Severity.ERROR,
        N_("There is no problem code '{found}'{hint}."),
        N_("Codes look like RP110; 'rehabplan explain' without a code lists them all."),
    )
    SETTINGS_UNREADABLE = (
        "RP240",
        Severity.ERROR,
        N_("The settings cannot be used: {reason}."),
        N_("Correct the file, or take it away; docs/settings.md shows how it looks."),
    )
    SETTINGS_KEY = (
        "RP241",
        Severity.ERROR,
        N_("There is no setting '{key}'{hint}."),
        N_("Settings that may stand here: {known}."),
    )
    SETTINGS_VALUE = (
        "RP242",
        Severity.ERROR,
        N_("The setting '{key}' cannot be '{found}': {reason}."),
        N_("Correct the value, or take the line out."),
    )
    PROJECT_EXISTS = (
        "RP243",
        Severity.ERROR,
        N_("{file} is there already, and an example never replaces a file; nothing was written."),
        N_("Begin in a folder without these files: rehabplan init NEW-FOLDER."),
    )
    LINK_UNKNOWN = (
        "RP210",
        Severity.WARNING,
        N_("'{target}' declares '{key}: {found}', but the plan of {year} has no such target{hint}."),
        N_("Correct the id; until then the two are an added and a dropped target."),
    )
    NO_YEAR_BEFORE = (
        "RP211",
        Severity.ERROR,
        N_("There is no plan of {year} beside {file}; looked for {name}."),
        N_("Name the earlier plan with --previous-plan."),
    )
    NOT_EARLIER = (
        "RP212",
        Severity.ERROR,
        N_("{file} is the plan of {found}, which is no year before {year}."),
        N_("Name a plan of an earlier year with --previous-plan."),
    )
    LINK_DOUBTFUL = (
        "RP213",
        Severity.WARNING,
        N_("'{target}' declares '{key}: {found}', which does not hold against the plan of {year}: {reason}."),
        N_("Correct the declaration; until then it is not followed, and targets are matched by id."),
    )
    NO_SUCH_DAY = (
        "RP214",
        Severity.ERROR,
        N_("The year {year} of {file} has no day that answers to {day}: it goes from {first} to {last}."),
        N_("The plans cut their years differently: compare at a label, with --period 9m or --period year."),
    )
    CROSSWALK = (
        "RP220",
        Severity.ERROR,
        N_("The crosswalk of sites cannot be used: {reason}."),
        N_("It is a CSV file in UTF-8 with the columns 'before' and 'now', a row for each pair of sites."),
    )
    CROSSWALK_NONE = (
        "RP221",
        Severity.ERROR,
        N_("'{name}' is no site of the plan of {year}{hint}."),
        N_("Write the name or key as in that plan's list; until then the pair is left out."),
    )
    CROSSWALK_TWO = (
        "RP222",
        Severity.ERROR,
        N_("'{name}' can mean {known} in the plan of {year}."),
        N_("Write the key, or add what encloses the site: 'Phường Quang Trung, Quận Hà Đông'."),
    )
    CROSSWALK_GAP = (
        "RP223",
        Severity.WARNING,
        N_("No row of the crosswalk names these sites of {year}, though they have figures: {names}."),
        N_("Add rows that say where they belong; without them a difference of other sites may lack a part."),
    )
    DRAFT_YEAR = (
        "RP230",
        Severity.ERROR,
        N_("There is no drafting a plan for {year} from {file}, which is the plan of {old}."),
        N_("Give a later year, or with --from the plan of an earlier one."),
    )
    DRAFT_EXISTS = (
        "RP231",
        Severity.ERROR,
        N_("{file} is there already, and a draft never overwrites a plan; nothing was written."),
        N_("Give another path with --output, or move that file away first."),
    )
    DRAFT_FAILED = (
        "RP232",
        Severity.ERROR,
        N_("The draft made from {file} would not be that plan one year on ({reason}); nothing was written."),
        N_(
            "Write the part that is named below in the plain way that docs/plan-file.md shows, and try again."
        ),
    )
    # ── an office's own workbook, filled in ───────────────────────────────────────────────────
    UNKNOWN_MARK = (
        "RP250",
        Severity.ERROR,
        N_("There is nothing named '{name}' to fill in{hint}."),
        N_("Write a target's id, a dot and what of it is wanted, or another name listed in docs/summary.md."),
    )
    MARK_OPEN = (
        "RP251",
        Severity.ERROR,
        N_("A mark begins here and does not end: '{text}'."),
        N_("Close it with two braces: {{{{ plan.title }}}}."),
    )
    MARK_PLACE = (
        "RP252",
        Severity.ERROR,
        N_("A mark stands in {place}, which is not filled in."),
        N_("Put the mark into a cell of its own; a formula can refer to that cell."),
    )
    MARK_NEEDS_PREVIOUS = (
        "RP253",
        Severity.ERROR,
        N_("'{name}' asks for a figure of an earlier year, and none is given."),
        N_("Add the reports of that year with --previous, or take the mark out."),
    )
    NOTHING_TO_FILL = (
        "RP254",
        Severity.ERROR,
        N_("The template holds no mark and no table that could be filled in."),
        N_(
            "Put marks such as {{{{ plan.title }}}} into cells, or make a header row with 'Chỉ tiêu' and "
            "'Thực hiện'; docs/summary.md shows both."
        ),
    )
    TEMPLATE_KIND = (
        "RP255",
        Severity.ERROR,
        N_("A template is an .xlsx workbook, and this is {found}."),
        N_("Open it in Excel, and save it as 'Excel Workbook (.xlsx)'."),
    )
    TEMPLATE_LOCKED = (
        "RP256",
        Severity.ERROR,
        N_("The template is protected by a password."),
        N_("Save a copy without a password for opening it."),
    )
    TEMPLATE_MACROS = (
        "RP257",
        Severity.ERROR,
        N_("The template holds macros, and no workbook with macros is written."),
        N_("Save it as 'Excel Workbook (.xlsx)', which leaves the macros out."),
    )
    NO_ROOM = (
        "RP258",
        Severity.ERROR,
        N_("The plan has {count} targets; free rows below this header, up to row {row}: {free}."),
        N_("Insert as many empty rows above row {row} as are missing, or name the targets in the rows."),
    )
    HEADER_LONG = (
        "RP259",
        Severity.ERROR,
        N_("Filled in, a header or footer has {length} characters; Excel takes {limit}."),
        N_("Put the text into a cell, or a shorter one into the header."),
    )
    TABLE_LEFT = (
        "RP260",
        Severity.WARNING,
        N_("This table was left as it is: {reason}."),
        N_("Nothing needs to be done if it is no table of results."),
    )
    COLUMN_LEFT = (
        "RP261",
        Severity.WARNING,
        N_("The column '{heading}' was left as it is: {reason}."),
        N_("Put marks into its cells, or give the column a clearer heading."),
    )
    ROW_UNKNOWN = (
        "RP262",
        Severity.WARNING,
        N_("The row '{label}' names no target of the plan{hint} and was left as it is."),
        N_("Write the target's name or id, or add the label to the target's aliases in the plan."),
    )
    ROW_DOUBT = (
        "RP263",
        Severity.WARNING,
        N_("The row '{label}' was left as it is: {reason}."),
        N_("Put marks into its cells, which name the target by its id."),
    )
    CELL_KEPT = (
        "RP264",
        Severity.WARNING,
        N_("The cell holds '{held}' and was left as it is; {name} is {value}."),
        N_("Empty the cell in the template if the figure of the reports is to stand there."),
    )
    FORMULAS_LATER = (
        "RP265",
        Severity.WARNING,
        N_("Results of formulas are not stored; cells of the template that have one: {count}."),
        N_("Open the workbook in Excel and save it before it is sent on: previews show such cells empty."),
    )
    # ── workbooks and their layout ────────────────────────────────────────────────────────────
    REPORT_UNREADABLE = (
        "RP301",
        Severity.ERROR,
        N_("The report cannot be read: {reason}."),
        N_("Check the path, and that the file is not open in another program."),
    )
    REPORT_KIND = (
        "RP302",
        Severity.ERROR,
        N_("This is {found}, not a workbook (.xlsx, .xls, .xlsb, .ods or .csv)."),
        N_("Ask for the figures in an Excel workbook, saved as 'Excel Workbook (.xlsx)'."),
    )
    ENCRYPTED = (
        "RP303",
        Severity.ERROR,
        N_("The workbook is protected by a password."),
        N_("Ask the sender for a copy without a password."),
    )
    WORKBOOK_BROKEN = (
        "RP304",
        Severity.ERROR,
        N_("The workbook is damaged: {reason}."),
        N_("Ask the sender for it again, or open it in Excel, let Excel repair it, and save it."),
    )
    NO_TABLE = (
        "RP305",
        Severity.ERROR,
        N_("No table was found: no header row names both the indicators and their results."),
        N_("Give the columns headings such as 'Nội dung' and 'Thực hiện', or 'id' and 'value'."),
    )
    FIGURES_OUTSIDE = (
        "RP306",
        Severity.WARNING,
        N_("Figures stand outside the tables that were understood: {cells}."),
        N_("Nothing was read from them; look whether they belong to the report."),
    )
    TWO_COLUMNS = (
        "RP307",
        Severity.ERROR,
        N_("Two columns could hold the result: '{first}' ({first_cell}) and '{second}'."),
        N_("Keep one, or say in the headings which is 'Lũy kế từ đầu năm' (year to date)."),
    )
    HIDDEN = (
        "RP308",
        Severity.WARNING,
        N_("Hidden and not used: {what}."),
        N_("Show what belongs to the report and save it; leave hidden what does not."),
    )
    PERSONAL_DATA = (
        "RP309",
        Severity.ERROR,
        N_("This sheet seems to list persons by name (column '{heading}'); it was not read."),
        N_("Send figures only; personal data does not belong in a progress report."),
    )
    ESTIMATE_ONLY = (
        "RP310",
        Severity.ERROR,
        N_("The table has estimates ('{heading}') but no column with results."),
        N_("Ask the sender for the results; an estimate is not judged as one."),
    )
    NO_FIGURES = (
        "RP311",
        Severity.ERROR,
        N_("No row of the report could be matched with a target of the plan."),
        N_("Check that plan and report belong together; add the report's labels as aliases."),
    )
    TOO_LARGE = (
        "RP312",
        Severity.ERROR,
        N_("The workbook was not read, because no ordinary workbook is like this: {reason}."),
        N_("Open it in Excel, copy what belongs to the report into a new workbook, and save that."),
    )
    LEGACY_TEXT = (
        "RP313",
        Severity.WARNING,
        N_("Texts were typed in the old encoding {encoding}; they were converted to Unicode."),
        N_("Compare some of them with the workbook, and ask for a Unicode font such as Times New Roman."),
    )
    SCALED_FORMAT = (
        "RP314",
        Severity.WARNING,
        N_("The number format shows thousands or millions in {cells}; the full figures were read."),
        N_("Check that the unit in the report is that of the full figures."),
    )
    LOCK_MARK = (
        "RP315",
        Severity.ERROR,
        N_("This is no workbook, only the mark that '{name}' is open on somebody's computer."),
        N_("Give the workbook itself, whose name has no '~' in front, once it is saved and closed."),
    )
    TEXT_ENCODING = (
        "RP316",
        Severity.ERROR,
        N_("The letters of this text file are in no known encoding (UTF-8, UTF-16, Windows-1258)."),
        N_("Save the table in Excel as 'Excel Workbook (.xlsx)' or as 'CSV UTF-8'."),
    )
    SHEET_UNLISTED = (
        "RP560",
        Severity.WARNING,
        N_("The workbook holds a sheet that it does not list ('{part}'); nothing was read from it."),
        N_("Open it in Excel, look whether a sheet is missing, and save it anew."),
    )
    FORMATS_MISSING = (
        "RP562",
        Severity.WARNING,
        N_("The workbook's list of number formats is not whole; percentages and dates may be missed."),
        N_("Compare percentages with the workbook in Excel, and save it anew there."),
    )
    UNSEEN_CELLS = (
        "RP563",
        Severity.WARNING,
        N_("Nobody sees what stands in {cells}; it was not used."),
        N_("They lie under a merged cell, or their format shows nothing; show what belongs to the report."),
    )
    STRUCK_OUT = (
        "RP565",
        Severity.WARNING,
        N_("Words are struck out in {cells}; they were not used."),
        N_("Look whether they are meant to be gone; figures that are struck out are asked about."),
    )
    CUT_ROW = (
        "RP564",
        Severity.ERROR,
        N_(
            "This row has {found} fields, its header {expected}; a figure may be cut in two. It was not read."
        ),
        N_('Put figures with a comma in quotes ("1,700"), or save the table with semicolons or as .xlsx.'),
    )
    NO_LAST_LINE_END = (
        "RP566",
        Severity.WARNING,
        N_("The file ends right behind '{value}', without a line end; it may break off within this figure."),
        N_("Compare the figure with the sender's, or ask for the file again."),
    )
    ROWS_MISFIT = (
        "RP561",
        Severity.WARNING,
        N_("The workbook's own index of the rows of this sheet does not fit them; a row may be missing."),
        N_("Compare the figures with those of the sender, or ask for it as 'Excel Workbook (.xlsx)'."),
    )
    UNKNOWN_SITE = (
        "RP320",
        Severity.ERROR,
        N_("'{name}' is no site of the plan{hint}."),
        N_("Correct the name in the report, or the plan's list of sites; its figures were not used."),
    )
    AMBIGUOUS_SITE = (
        "RP321",
        Severity.ERROR,
        N_("'{name}' can mean {known}."),
        N_("Ask for the name with the district it lies in; the figures were not used."),
    )
    SITES_DISAGREE = (
        "RP322",
        Severity.ERROR,
        N_("This sheet speaks of '{first}' and of '{second}', so it is not known whose figures these are."),
        N_("Correct the title or the sheet's name; nothing was read from the sheet."),
    )
    UNPLANNED_COLUMN = (
        "RP323",
        Severity.WARNING,
        N_("The column '{heading}' ({count} figures) belongs to no target of the plan."),
        N_("If it does, add the heading to the target's aliases."),
    )
    NO_INDICATOR = (
        "RP333",
        Severity.WARNING,
        N_("The {count} rows of this table are sites, but no heading or title names a target of the plan."),
        N_("If it belongs to the report, name the target in its heading or title, or in a layout.yaml."),
    )
    TOO_SLOW = (
        "RP327",
        Severity.ERROR,
        N_("Reading the file took longer than {limit} seconds and was stopped."),
        N_("Ask the sender for a workbook that holds only the report."),
    )
    TOO_MUCH = (
        "RP328",
        Severity.ERROR,
        N_("Reading the file took more memory than {limit} and was stopped."),
        N_("Ask the sender for a workbook that holds only the report."),
    )
    READER_CRASHED = (
        "RP329",
        Severity.ERROR,
        N_("The program that reads workbooks broke down over this file."),
        N_("Ask the sender for it again, or open it in Excel and save it anew."),
    )
    READER_FAILED = (
        "RP330",
        Severity.ERROR,
        N_("Reading this file failed by a fault of rehabplan ({reason})."),
        N_("Please report it with the file, if you may; the other files were read."),
    )
    LOCK_FILE = (
        "RP331",
        Severity.WARNING,
        N_("This is Excel's note that a workbook of this folder is open in a program."),
        N_("Save and close the workbook, so that its last figures are in the file."),
    )
    NO_REPORTS = (
        "RP332",
        Severity.ERROR,
        N_("There is no workbook in this folder."),
        N_("Put the reports there (.xlsx, .xlsm, .xls, .xlsb, .ods, .csv), or give another path."),
    )
    SAME_FILE = (
        "RP324",
        Severity.WARNING,
        N_("This is the same file as {other}."),
        N_("It was read once; take one of the two away."),
    )
    REPORTED_AGAIN = (
        "RP325",
        Severity.WARNING,
        N_("'{site}' is reported in {other} too, with the same figures."),
        N_("They were used once; take one of the two files away."),
    )
    REPORTED_TWICE = (
        "RP326",
        Severity.ERROR,
        N_("'{site}' is reported in {other} too, with other figures (in {count} of the targets)."),
        N_("Ask which file holds, and take the other one away; figures that differ were not used."),
    )
    LAYOUT = (
        "RP340",
        Severity.ERROR,
        N_("The layout file is not understood here: {reason}."),
        N_("docs/reports.md shows how a layout file looks."),
    )
    LAYOUT_UNUSED = (
        "RP341",
        Severity.WARNING,
        N_("The layout file speaks of the sheet '{sheet}', which this workbook does not have{hint}."),
        N_("Its sheets are: {known}."),
    )
    LAYOUT_NO_FILE = (
        "RP342",
        Severity.WARNING,
        N_("The layout file speaks of '{files}', and none of the files read beside it is called so{hint}."),
        N_("Correct the name, with its ending, or take the entry out."),
    )
    NOT_RESULTS = (
        "RP343",
        Severity.WARNING,
        N_("By the title '{title}' these figures are no results of {year}; they were not used."),
        N_("If they are, say so in the column's heading: 'Thực hiện', with the year."),
    )
    SITE_ELSEWHERE = (
        "RP344",
        Severity.ERROR,
        N_("'{name}' lies in {outer}, but the table is about {home}."),
        N_("Ask whose figures these are; they were not used."),
    )
    WHOSE = (
        "RP345",
        Severity.ERROR,
        N_("Neither title nor file name says whose figures these are{hint}; other files are of sites."),
        N_("Name the site in full in the file's name, or in the title; nothing was used of the file."),
    )
    PASSED_OVER = (
        "RP346",
        Severity.WARNING,
        N_("By its ending this file of the folder is no report; it was not read."),
        N_("If it is one, give its own path, or save it as .csv or .xlsx."),
    )
    # ── periods ───────────────────────────────────────────────────────────────────────────────
    NO_PERIOD = (
        "RP401",
        Severity.ERROR,
        N_("It is not known which period the report covers: neither title nor file name says so."),
        N_("Add --period (q1, 6m, 9m, year) or --as-of with the cut-off date."),
    )
    PERIODS_DIFFER = (
        "RP402",
        Severity.ERROR,
        N_("The period is given as {used} ({used_from}), but {other_from} says {other}."),
        N_("Check that this is the right report; the verdicts below use {used}."),
    )
    OTHER_YEAR = (
        "RP403",
        Severity.ERROR,
        N_("The report is of {found} ({found_from}), the plan of {year}."),
        N_("Use the plan of {found} or the report of {year}."),
    )
    BAD_PERIOD = (
        "RP404",
        Severity.ERROR,
        N_("There is no period '{found}'{hint}."),
        N_("Periods are q1, q2 (or 6m), q3 (or 9m), q4 (or year), and m1 to m12."),
    )
    AS_OF_OUTSIDE = (
        "RP405",
        Severity.ERROR,
        N_("The cut-off {found} lies outside the plan's year ({first} to {last})."),
        N_("Give a date of the plan's year."),
    )
    PERIOD_ASSUMED = (
        "RP406",
        Severity.WARNING,
        N_("Nothing in the file says which period it covers."),
        N_("It was taken like the other reports, until {used}; ask the sender if that is right."),
    )
    LATER_REPORT = (
        "RP407",
        Severity.WARNING,
        N_("The report goes until {other}, later than the period that is judged, until {used}."),
        N_("It was not used; --period or --as-of says which period is judged."),
    )
    EARLIER_REPORT = (
        "RP408",
        Severity.WARNING,
        N_("The last report of '{site}' goes only until {other}, not until {used}."),
        N_("Ask the site for its report; of what is counted over the year its figures are the least."),
    )
    PERIOD_AHEAD = (
        "RP409",
        Severity.WARNING,
        N_("'{raw}' ('{heading}') is of a time after the cut-off, {used}, and was not used."),
        N_("If it is a result, --period or --as-of says which period is judged."),
    )
    SPAN_UNSAID = (
        "RP410",
        Severity.WARNING,
        N_("By '{text}' the report is of {first} to {last} alone, and its headings do not say more."),
        N_("Its figures were taken as year to date; ask for a heading that says which of the two."),
    )
    OTHER_SPAN = (
        "RP411",
        Severity.ERROR,
        N_("The figures of {year} are of {found}; the same period of that year ends on {wanted}."),
        N_(
            "Give the report of the same period, or name the period in the file's name (2023-9m.xlsx): "
            "figures of different spans are not compared."
        ),
    )
    PERIOD_OPEN = (
        "RP430",
        Severity.ERROR,
        N_("Nothing in the file says which period it covers, and the other reports are of several."),
        N_("Name the period in its title or file name (2024-9m.xlsx); it was not used."),
    )
    PERIOD_LEFT_OUT = (
        "RP431",
        Severity.WARNING,
        N_("No report is of {missing}: after {before} the series goes on with {after} ({other})."),
        N_("Add the report; what each of the periods in between brought is not known without it."),
    )
    SITE_LEFT_OUT = (
        "RP432",
        Severity.WARNING,
        N_("'{site}' reported until {before} and until {after} ({other}), but not until {missing}."),
        N_("Ask the site for that report; without it the whole is only a bound there."),
    )
    # ── files and streams that are written ───────────────────────────────────────────────────────
    OUTPUT_IS_INPUT = (
        "RP440",
        Severity.ERROR,
        N_("{file} is read by this command, as {input}; what is read is never overwritten."),
        N_("Give another path for the output."),
    )
    OUTPUT_NAME = (
        "RP441",
        Severity.ERROR,
        N_("'{file}' can be no file's name on Windows: {reason}."),
        N_("Give another name."),
    )
    STDOUT_FAILED = (
        "RP442",
        Severity.ERROR,
        N_("Standard output cannot be written: {reason}. What was printed is not complete."),
        N_("Check the file or the program that it goes to, and run the command again."),
    )
    OUTPUT_EDITED = (
        "RP443",
        Severity.ERROR,
        N_("{file} was changed after rehabplan wrote it; nothing was written."),
        N_("Give another path, or add --force to overwrite what was changed."),
    )
    # ── cells and figures ─────────────────────────────────────────────────────────────────────
    WRONG_UNIT = (
        "RP501",
        Severity.ERROR,
        N_("The figure '{raw}' is given in '{found}', the target '{target}' is counted in '{unit}'."),
        N_("Ask for the figure in '{unit}'; units are never converted."),
    )
    NOT_A_FIGURE = (
        "RP502",
        Severity.ERROR,
        N_("'{raw}' is not a figure, so '{target}' has none."),
        N_("Ask for the number; leave the cell blank if it was not collected."),
    )
    ERROR_CELL = (
        "RP503",
        Severity.ERROR,
        N_("The cell holds the Excel error {raw}."),
        N_("Ask the sender to correct the formula."),
    )
    NOT_COMPUTED = (
        "RP504",
        Severity.ERROR,
        N_("The formula {raw} was never computed, so the file holds no value for it."),
        N_("Open the workbook in Excel and save it."),
    )
    DATE_CELL = (
        "RP505",
        Severity.ERROR,
        N_("The cell holds a date ({raw}); Excel makes one of '5/6' when it is typed."),
        N_("Ask for the figure, typed with an apostrophe before it or into a text cell."),
    )
    NOT_WHOLE = (
        "RP506",
        Severity.ERROR,
        N_("{raw} is not a whole number of {unit}."),
        N_("Ask for the figure; an English Excel makes 1.7 of '1.700' when it is typed."),
    )
    NEGATIVE = (
        "RP507",
        Severity.ERROR,
        N_("'{raw}' is below zero, which no {kind} can be."),
        N_("Ask for the figure."),
    )
    OVER_100 = (
        "RP508",
        Severity.ERROR,
        N_("'{raw}' is more than 100%, which this share cannot be."),
        N_("Ask for the figure, or for its numerator and denominator."),
    )
    PERCENT_OR_RATIO = (
        "RP509",
        Severity.ERROR,
        N_("'{raw}' can mean {small} or {large}."),
        N_("Ask for the figure with a percent sign."),
    )
    TWO_READINGS = (
        "RP510",
        Severity.ERROR,
        N_("'{raw}' can be read as {first} or as {second}, and the sheet does not show which."),
        N_("Ask for the figure, typed as a number."),
    )
    PART_OVER_WHOLE = (
        "RP511",
        Severity.ERROR,
        N_("'{raw}': the part, {part}, is more than the whole, {whole}."),
        N_("Ask for both figures."),
    )
    GOAL_DIFFERS = (
        "RP512",
        Severity.WARNING,
        N_("The report gives {found} as the goal of '{target}', the plan {goal}."),
        N_("Check which plan the sender worked with; the verdict uses the plan's goal."),
    )
    SITES_DIFFER = (
        "RP513",
        Severity.WARNING,
        N_("The report counts {found} {unit} in all, the plan {count}."),
        N_("Check the list of sites; the sites that make the difference are taken as open."),
    )
    DUPLICATE_ROW = (
        "RP514",
        Severity.ERROR,
        N_("The target '{target}' is reported here as '{raw}' and in {other} as '{other_raw}'."),
        N_("Ask which one holds; neither was used."),
    )
    SAME_ROW_TWICE = (
        "RP515",
        Severity.WARNING,
        N_("The target '{target}' is reported here again, with the same figure as in {other}."),
        N_("Take one of the rows out."),
    )
    PERHAPS_TARGET = (
        "RP516",
        Severity.WARNING,
        N_("The row '{label}' is no target's name; it resembles '{name}' ({target})."),
        N_("If it is meant, add the label to the aliases of {target} in the plan."),
    )
    NO_LABEL = (
        "RP517",
        Severity.WARNING,
        N_("The figure '{raw}' has no label in its row."),
        N_("Ask what it counts; it was not used."),
    )
    IN_PERIOD = (
        "RP518",
        Severity.WARNING,
        N_("'{raw}' is what the period alone brought ('{heading}'), not the year to date."),
        N_("It was used as the least that the year to date can be; ask for the sum so far."),
    )
    NO_DENOMINATOR = (
        "RP519",
        Severity.WARNING,
        N_("'{raw}' is a numerator without its denominator: the share of '{target}' stays open."),
        N_("Ask of how many {population}."),
    )
    PARENT_UNIT = (
        "RP520",
        Severity.WARNING,
        N_("'{target}' counts {unit}, its whole '{parent}' counts {parent_unit}: no share follows."),
        N_(
            "Ask for both numbers, such as 15/20; where {unit} and {parent_unit} are always equal in number, "
            "the plan may say so (one_to_one: true)."
        ),
    )
    MORE_THAN_PARENT = (
        "RP521",
        Severity.ERROR,
        N_("'{raw}' of '{target}' is more than its whole '{parent}' ({whole})."),
        N_("Ask for both figures; this one was not used."),
    )
    PART_OVER_FULL = (
        "RP522",
        Severity.ERROR,
        N_("A part of '{target}' is given as '{raw}', more than the whole figure in {other}."),
        N_("Ask which one holds; neither was used."),
    )
    PARENT_SILENT = (
        "RP526",
        Severity.WARNING,
        N_("'{raw}' of '{target}' has no whole to be measured against: '{parent}' has no figure."),
        N_("Ask for the figure of '{parent}'."),
    )
    MERGED_VALUE = (
        "RP527",
        Severity.ERROR,
        N_("The cell {place} is merged over {count} rows, so its figure could belong to any of them."),
        N_("Ask for a figure in each row; none of these rows was read."),
    )
    ONE_SITE = (
        "RP529",
        Severity.ERROR,
        N_("'{site}' is one site, and the plan has no list of such sites to add up."),
        N_("Add the list to the plan under sites:, or ask for a table of the whole; nothing was used."),
    )
    PERCENT_DIFFERS = (
        "RP530",
        Severity.WARNING,
        N_("The report says {raw} here, but {part} of {whole} is {true}."),
        N_("The figures themselves were used; ask the sender which of them is wrong."),
    )
    SPAN_OVER_YEAR = (
        "RP531",
        Severity.ERROR,
        N_("'{raw}' for the period alone is more than the year to date, {whole} ({other})."),
        N_("Ask for both figures: the year to date must hold the period. Neither was used."),
    )
    SUM_DIFFERS = (
        "RP532",
        Severity.WARNING,
        N_("The report gives {raw} as the sum of its sites, but the {count} figures add up to {sum}."),
        N_("The sum of the sites was used; ask the sender which of the figures is wrong."),
    )
    PERIODS_MISSING = (
        "RP533",
        Severity.WARNING,
        N_("Of '{target}' nothing is reported from {first} to {last}, so the periods give only {least}."),
        N_("Add the reports of the missing periods, or ask for the year to date."),
    )
    SITE_PERCENTAGES = (
        "RP534",
        Severity.WARNING,
        N_("{count} sites give '{target}' as a percentage alone; percentages cannot be added up."),
        N_("Ask for numerator and denominator; the whole lies between the lowest and the highest."),
    )
    WHOLE_DIFFERS = (
        "RP535",
        Severity.WARNING,
        N_("'{target}' is given as {raw} for the whole{who}, but its sites add up to {sum}."),
        N_("Ask which figure holds; the verdict stands only where it is the same for both."),
    )
    WHOLE_TOO_SMALL = (
        "RP536",
        Severity.ERROR,
        N_("'{target}' is given as {raw} for the whole{who}, which its sites rule out: {sum}."),
        N_("Ask for both; neither was used."),
    )
    TWO_SETS = (
        "RP537",
        Severity.ERROR,
        N_("'{target}' is reported by {first} and by {second}, and it is not known whether these overlap."),
        N_("Give the reports of one kind of site only."),
    )
    TOTAL_OF_PARTS = (
        "RP538",
        Severity.WARNING,
        N_("The report gives {raw} as '{total}', but its parts ({parts}) add up to {sum}."),
        N_("Ask the sender which of the figures is wrong."),
    )
    FALLS = (
        "RP539",
        Severity.WARNING,
        N_("'{target}'{who} falls: {raw} to date, after {before} until {until} ({other})."),
        N_("A count to date cannot fall; ask which of the two is wrong."),
    )
    PERIODS_DIFFER_FROM_SUM = (
        "RP540",
        Severity.WARNING,
        N_("The report says {raw} to date, but its periods add up to {sum}."),
        N_("The year to date was used; ask the sender which of the figures is wrong."),
    )
    REVISED = (
        "RP550",
        Severity.WARNING,
        N_("'{target}'{who} until {until} is '{raw}' here, but '{before}' in the report of then ({other})."),
        N_("The figure of the report of then was used; ask which holds, and correct the other."),
    )
    LEFT_OUT = (
        "RP551",
        Severity.WARNING,
        N_("'{target}'{who} has figures until {before} and until {after} ({other}), none until {missing}."),
        N_("Ask for the figure; a blank is not a zero, and the periods cannot be told apart without it."),
    )
    UNDONE = (
        "RP552",
        Severity.WARNING,
        N_("'{target}'{who} was done until {until} ({other}), but here it is '{raw}'."),
        N_("What is done stays done; ask which of the two is wrong."),
    )
    COUNT_OR_PERCENT = (
        "RP541",
        Severity.ERROR,
        N_("'{raw}' can be {raw} % or {raw} of the {whole} of its whole."),
        N_("Ask for the figure with a percent sign, or with its unit."),
    )
    ID_DIFFERS = (
        "RP542",
        Severity.ERROR,
        N_("By its id this row is '{by_id}', by its label '{label}' it is '{by_label}'."),
        N_("Ask which of the two is meant; rows may have been moved without the hidden column of ids."),
    )
    IMPLAUSIBLE = (
        "RP528",
        Severity.WARNING,
        N_("'{raw}' is more than ten times the goal of '{target}', {goal}."),
        N_("Ask whether figure and unit are right."),
    )
    MILESTONE_WORDS = (
        "RP525",
        Severity.ERROR,
        N_("'{raw}' does not say whether '{target}' is done."),
        N_("Ask for 'Đạt' (done) or 'Chưa đạt' (not done)."),
    )
    NO_BOUND = (
        "RP523",
        Severity.WARNING,
        N_("'{raw}' is only roughly known, so no verdict on '{target}' can rest on it."),
        N_("Ask for the number."),
    )
    WORDS_ONLY = (
        "RP524",
        Severity.WARNING,
        N_("'{raw}' in the row '{label}' is not a figure."),
        N_("Ask for the number if it is needed; no target of the plan waits for it."),
    )


class Problem(Struct, frozen=True):
    """One finding: its code, the values in its sentence, and its place."""

    code: Code
    where: Where | None = None
    args: tuple[tuple[str, object], ...] = ()

    @property
    def severity(self) -> Severity:
        """Whether the finding is an error or a warning."""
        return self.code.severity

    @property
    def sentence(self) -> str:
        """What is wrong, in the language in use."""
        return _(self.code.sentence).format(**_worded(self.args))

    @property
    def cure(self) -> str:
        """What to do, in the language in use."""
        return _(self.code.cure).format(**_worded(self.args))

    @property
    def message(self) -> str:
        """What is wrong and what to do."""
        return f"{self.sentence} {self.cure}"


MOST_SHOWN = 1_000
"""Characters of one value that a sentence shows."""


def problem(code: Code, where: Where | None = None, /, **args: object) -> Problem:
    """Return the finding `code` at a place, with the values that its sentence names."""
    return Problem(code, where, tuple((name, _shown(value)) for name, value in args.items()))


def _shown(value: object) -> object:
    long = isinstance(value, str) and len(value) > MOST_SHOWN
    return f"{value[:MOST_SHOWN]}…" if long and isinstance(value, str) else value


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems sorted by place, each once."""
    unique = {(item.code, str(item.where), item.message): item for item in problems}.values()
    return sorted(unique, key=lambda item: (item.where.order if item.where else (), item.code.number))


def has_errors(problems: Iterable[Problem]) -> bool:
    """Tell whether any of the problems is an error."""
    return any(item.severity is Severity.ERROR for item in problems)


def hint(found: str | None) -> str:
    """Return the words that offer a suggestion inside a sentence, or nothing."""
    return _(" (did you mean '{name}'?)").format(name=found) if found else ""


def reason_of(error: OSError) -> Message:
    """Return why a file could not be opened, in the same words on every system."""
    match error:
        case FileNotFoundError():
            return message(N_("there is no such file"))
        case IsADirectoryError():
            return message(N_("it is a folder"))
        case PermissionError():
            return message(N_("access is denied; another program may have it open"))
        case _:
            return message("{reason}", reason=error.strerror or str(error))


class RehabplanError(Exception):
    """An input cannot be used at all; carries every problem that was found on the way."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the problems in order."""
        self.problems = in_order(problems)
        super().__init__("; ".join(item.message for item in self.problems))
