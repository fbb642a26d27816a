"""What every key of a plan file is for: its name and meaning, for the schema, the editor, the reference.

One list, in the words that officers know (domain.md §8); docs/plan-file.md says more where a rule is behind.
"""

from rehabplan.i18n import N_
from rehabplan.plan.continuity import GoalChange, HeldEqual
from rehabplan.plan.fields import Record, Text
from rehabplan.plan.model import (
    Alias,
    Bands,
    Document,
    Letterhead,
    NotTarget,
    Owners,
    Plan,
    Shares,
    Sites,
    Source,
    Target,
    Total,
)
from rehabplan.plan.pacing import Baseline

Meaning = tuple[str, str]
"""A key's name and what it is for."""

RECORDS: dict[type[Record], str] = {
    Plan: N_("A year's plan"),
    Text: N_("A text in both languages"),
    Document: N_("The plan's document"),
    Bands: N_("Limits of the statuses"),
    Sites: N_("A set of reporting sites"),
    Shares: N_("What each site is to bring"),
    Target: N_("A target of the year"),
    Baseline: N_("A reported level that a change starts from"),
    Owners: N_("Who answers for the target"),
    Alias: N_("Another label of the row in reports"),
    Source: N_("Where the plan states it"),
    HeldEqual: N_("What is held to mean the same as in another plan"),
    Total: N_("A total that the plan states"),
    NotTarget: N_("What is said and is no target"),
    Letterhead: N_("The head of printed tables"),
    GoalChange: N_("A goal that was changed after the plan was issued"),
}

KEYS: dict[type[Record], dict[str, Meaning]] = {
    Plan: {
        "year": (N_("Year"), N_("The year of the plan.")),
        "title": (N_("Title"), N_("What the plan is called, in your own words.")),
        "issuer": (N_("Issuer"), N_("The office that issued the plan.")),
        "language": (N_("Language"), N_("Language of workbooks and forms made for the office: vi or en.")),
        "document": (N_("Document"), N_("Number, date and source of the document, null where not known.")),
        "convention": (N_("Convention"), N_(
            "Which days make the year: calendar (1/1 to 31/12) or administrative (15/12 to 14/12)."
        )),
        "bands": (N_("Bands"), N_("From which share of the expected figure on a target is only at risk.")),
        "sites": (N_("Sites"), N_("Sets of reporting sites, the denominators of coverage.")),
        "shares": (N_("Shares"), N_("What the plan assigns to each site, as a table beside the plan.")),
        "totals": (N_("Totals"), N_("Totals that the plan states; a difference from their parts is told.")),
        "not_targets": (N_("No targets"), N_("What the document says and is no target to you, and why.")),
        "letterhead": (N_("Letterhead"), N_("The head of printed tables: office and superior, or an annex.")),
        "changes": (N_("Changes"), N_("Goals changed after the plan was issued, in the order of dates.")),
        "draft": (N_("Draft"), N_("The goals are those of an earlier year until somebody decides them.")),
        "targets": (N_("Targets"), N_("The targets by their ids, in the order in which they are printed.")),
    },
    Text: {
        "vi": (N_("Vietnamese"), N_("The text in Vietnamese.")),
        "en": (N_("English"), N_("The text in English.")),
    },
    Document: {
        "number": (N_("Number"), N_("The document's number; null where it is not known.")),
        "date": (N_("Date"), N_("The day it was signed; null where it is not known.")),
        "source": (N_("Source"), N_("Where its figures were read.")),
    },
    Bands: {
        "at_risk": (N_("At risk from"), N_('A share of the expected figure, by default "90%".')),
    },
    Sites: {
        "count": (N_("Count"), N_("How many sites there are.")),
        "unit": (N_("Unit"), N_("What a site is: commune, district, facility, or your own word.")),
        "list": (N_("List"), N_("A CSV file with the sites, beside the plan.")),
        "key": (N_("Key"), N_("The column of the list that tells its sites apart.")),
        "name": (N_("Name"), N_("The column with the sites' names.")),
        "within": (N_("Within"), N_("The set of the plan that encloses this one.")),
        "names": (N_("Names"), N_("The sites' names, where there is no list.")),
        "valid_from": (N_("Valid from"), N_("The first day on which the set holds.")),
        "valid_to": (N_("Valid to"), N_("The last day on which the set holds.")),
    },
    Shares: {
        "sites": (N_("Sites"), N_("The set of sites that the shares are for.")),
        "list": (N_("List"), N_("A CSV file: a row for each site, a column for each target's id.")),
    },
    Target: {
        "name": (N_("Name"), N_("What the target is called, in your own words.")),
        "kind": (N_("Kind"), N_(
            "count in the year, stock at a date, rate of a population, coverage of sites, or milestone."
        )),
        "goal": (N_("Goal"), N_(
            '1700 (at least), "> 80%", "<= 9,8%", "5..10%", "-5%", "-0,8 points", {each: 1}, done, '
            "0 (none may arise), or a goal for each year."
        )),
        "unit": (N_("Unit"), N_("What is counted: person, dossier, commune, model, case, or your own word.")),
        "sites": (N_("Sites"), N_("The set of sites that coverage is measured in.")),
        "parent": (N_("Part of"), N_("The target that this one is a part of (of which).")),
        "one_to_one": (N_("One to one"), N_("The whole counts in another unit, one for one.")),
        "population": (N_("Population"), N_("Of whom a rate is measured.")),
        "scope": (N_("Scope"), N_("What limits the figure, for example public facilities.")),
        "indicator": (N_("Indicator"), N_("Targets with the same indicator are judged by the same row.")),
        "baseline": (N_("Baseline"), N_("The reported level that a change starts from, never an old goal.")),
        "pace": (N_("Pace"), N_(
            "How the goal builds up: linear, every_period, year_end, {by_quarter: [a, b, c, d]} or "
            "{curve: {date: n}}."
        )),
        "due": (N_("Due"), N_("The day a milestone is due; without it the end of the year.")),
        "over": (N_("Beyond the range"), N_("Whether more than a range's far end is ok or fails.")),
        "owners": (N_("Owners"), N_("The offices that answer for it: lead and cooperating.")),
        "aliases": (N_("Aliases"), N_("Other labels of the row in reports.")),
        "source": (N_("Source"), N_("Document and clause that state it; null where not known.")),
        "note": (N_("Note"), N_("What a reader should know.")),
        "was": (N_("Earlier ids"), N_("Ids that the same target had in plans of earlier years.")),
        "split_from": (N_("Split from"), N_("The target of an earlier plan of which this one is a part.")),
        "merged_from": (N_("Merged from"), N_("The targets of an earlier plan that became this one.")),
        "held_equal": (N_("Held equal"), N_("What another plan words otherwise, meaning the same.")),
    },
    Baseline: {
        "value": (N_("Value"), N_('The level: 6100, of a share "35%" or "20/60".')),
        "average": (N_("Average"), N_("Counts of several base years, of which the mean is the base.")),
        "year": (N_("Year"), N_("The base year.")),
        "periods": (N_("Periods"), N_("The base year's own year-to-date figures by period: 9m: 88.")),
        "note": (N_("Note"), N_("What a reader should know.")),
    },
    Owners: {
        "lead": (N_("Leading"), N_("The offices in charge.")),
        "cooperating": (N_("Cooperating"), N_("The offices that take part.")),
    },
    Alias: {
        "text": (N_("Label"), N_("The label as reports write it.")),
        "covers": (N_("Covers"), N_("all, or part: a figure of narrower scope is a lower bound.")),
    },
    Source: {
        "document": (N_("Document"), N_("The document, where it is another one than the plan's.")),
        "clause": (N_("Clause"), N_("The clause; null where it is not known.")),
        "note": (N_("Note"), N_("What a reader should know.")),
    },
    HeldEqual: {
        "year": (N_("Year"), N_("The year of the other plan.")),
        "aspect": (N_("Aspect"), N_("What is worded otherwise: comparator, unit, denominator and so on.")),
        "reason": (N_("Reason"), N_("Why it means the same.")),
    },
    Total: {
        "name": (N_("Name"), N_("What the total is called.")),
        "stated": (N_("Stated"), N_("The total as the document states it.")),
        "unit": (N_("Unit"), N_("What is counted.")),
        "parts": (N_("Parts"), N_("The ids of the targets that it adds up.")),
        "note": (N_("Note"), N_("What a reader should know.")),
    },
    NotTarget: {
        "text": (N_("Text"), N_("What the document says, in your own words.")),
        "reason": (N_("Reason"), N_("Why it is no target.")),
    },
    Letterhead: {
        "office": (N_("Office"), N_("The office at the head of a table by itself.")),
        "superior": (N_("Superior"), N_("The office above it.")),
        "annex": (N_("Annex"), N_("The annex's name, such as \"Phụ lục II\".")),
        "attached_to": (N_("Attached to"), N_("The bracketed line under an annex's title, word for word.")),
    },
    GoalChange: {
        "date": (N_("Date"), N_("The day of the change.")),
        "target": (N_("Target"), N_("The target's id.")),
        "from": (N_("From"), N_("The goal before; null where the target was not in the plan.")),
        "to": (N_("To"), N_("The goal after; null where the target was taken out.")),
        "reason": (N_("Reason"), N_("Why it was changed.")),
        "document": (N_("Document"), N_("The document that orders it, null where it is not known.")),
    },
}  # fmt: skip
