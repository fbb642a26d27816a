"""Causes of problems: plan files."""

from rehabplan.i18n import N_
from rehabplan.problems import Code

CAUSES = {
    Code.PLAN_UNREADABLE: N_(
        "Usually the file was renamed or moved, or a text editor saved it in an older encoding (UTF-16, "
        "Windows-1258). Read in the wrong encoding, Vietnamese letters would turn into others, and no "
        "label of a report would match any more."
    ),
    Code.NOT_YAML: N_(
        "Mostly a line is indented with a tab or one blank too many, a quotation mark is not closed, or a "
        "colon inside a text has no quotes around the text. From there on a program can only guess which "
        "value belongs to which target, so nothing of the file is used."
    ),
    Code.YAML_FEATURE: N_(
        "YAML can refer from one place to another and name types of its own; whoever edits the file later "
        "easily changes two targets when one is meant. Such signs also get in by chance, when a text "
        "begins with & * or ! and has no quotes around it."
    ),
    Code.TOO_DEEP: N_(
        "No plan of an office comes near these limits; as a rule the path leads to another file, such as "
        "an export or a log, or a bracket was typed again and again. The limits keep a file like that "
        "from taking all of a computer's memory."
    ),
    Code.DUPLICATE_KEY: N_(
        "A block was copied for a new target and its id or a line in it was left as it was, or a goal was "
        "corrected by a second line instead of the first. Many YAML programs silently take the last one, "
        "so a goal could change without anybody noticing."
    ),
    Code.UNKNOWN_KEY: N_(
        "The key is misspelt, stands one level too deep or too high, or comes from another program. If it "
        "were passed over, what it says would have no effect, and a plan with “gaol: 500” would be a plan "
        "without that goal."
    ),
    Code.MISSING_KEY: N_(
        "The entry was begun and not finished, or the key stands at another level because of its "
        "indentation. Nothing is filled in for it: a plan that gets a name, a kind or a goal by default "
        "would no longer be the one that was issued."
    ),
    Code.WRONG_TYPE: N_(
        "A single text stands where two languages, a list or a number are asked for, or the other way "
        "round; often an example was shortened too far. What was meant is clear to a reader, but there "
        "are several ways to fill in the rest, so it is asked for."
    ),
    Code.AMBIGUOUS_NUMBER: N_(
        "In Vietnam a dot groups thousands, in English it begins the decimals. YAML programs take 1.700 "
        "for 1.7, so a goal of one thousand seven hundred dossiers would silently become a goal of fewer "
        "than two."
    ),
    Code.LEADING_ZERO: N_(
        "Zeros in front are written in codes of communes, in days and months, and in numbers copied from "
        "forms. Older YAML programs take them for octal numbers, where 010 is eight: the same file would "
        "mean different goals in different programs."
    ),
    Code.SEXAGESIMAL: N_(
        "It is a time of day, a ratio such as 1:30, or a place in a document, written without quotes. "
        "Older YAML programs count it in sixties, so 12:30 becomes 750, and nobody sees it in the file."
    ),
    Code.YES_NO: N_(
        "The words yes, no, on and off are a habit from other programs and forms. Half of the YAML "
        "programs take them for true or false and half for a text; a setting must not depend on which of "
        "them reads the file."
    ),
    Code.NO_SUCH_DATE: N_(
        "Mostly the 31st of a month with thirty days, 29 February of an ordinary year, or day and month "
        "exchanged. Moving it to the nearest day would change by when something is due, so it is not "
        "done."
    ),
    Code.NUMBER_WRITING: N_(
        "The number was copied from a document as people write it there: with a comma, blanks between "
        "thousands, or a unit behind it. A comma is the decimal sign in Vietnam and groups thousands in "
        "English, so 1,700 could be two very different goals."
    ),
    Code.BAD_ID: N_(
        "Ids appear in commands, in JSON and in hidden columns of forms, and tell a target from year to "
        "year. Capitals, accents and blanks are written differently on different keyboards and systems, "
        "and two ids that look alike would not be equal."
    ),
    Code.BAD_GOAL: N_(
        "The goal was copied from the document in words (“about 1,700”, “as assigned”), or a sign is "
        "missing. A verdict needs a limit that a figure meets or does not; what words leave open must be "
        "decided by people, not by a program."
    ),
    Code.GOAL_UNIT: N_(
        "A percentage was written for a target that is counted, or a number for one that is a share; "
        "often the kind was copied from the target above. Compared all the same, 80 persons would be held "
        "against 80 per cent."
    ),
    Code.SHARE_OVER_100: N_(
        "Documents do say “105%”, and mean a number against that of last year, not a share of a whole. As "
        "a share it can never be reached, and the target would be behind for the whole year, however well "
        "the work goes."
    ),
    Code.NO_BASELINE: N_(
        "The document says “down by 5%”, and the level it goes down from stands in another document or in "
        "last year's report. An earlier plan's goal is not taken instead: what was planned is not what "
        "was reached."
    ),
    Code.RANGE_REVERSED: N_(
        "The ends were exchanged, or the first one lacks a digit. No figure lies in such a range, so the "
        "target could never be met; which of the two numbers is wrong, the file does not say."
    ),
    Code.NO_GOAL_FOR_YEAR: N_(
        "A goal over several years was copied from a programme, and the plan's own year is not among "
        "them, or the year at the head of the file was not changed. The value of a neighbouring year is "
        "not used: it is the goal of another plan."
    ),
    Code.NO_PARENT: N_(
        "The id is misspelt, the target was renamed, or it was left out of this year's plan. A part "
        "without its whole cannot be held against it, and its share would have no denominator."
    ),
    Code.PARENT_CYCLE: N_(
        "Two targets name each other as the whole, mostly after one of them was split or a block was "
        "copied. Adding up or comparing parts with wholes would never come to an end."
    ),
    Code.SHARE_WITHOUT_PARENT: N_(
        "The line was copied from another target, or parent: was taken out and this one forgotten. It "
        "promises that every unit of one target is exactly one of another; without the other one there is "
        "nothing that the promise is about."
    ),
    Code.PARENT_KIND: N_(
        "A milestone is done or not done, so there is no number in it that a part could be a share of. As "
        "a rule the target that is counted stands beside it under a similar name, and that one was meant."
    ),
    Code.WAS_STILL_HERE: N_(
        "A target of this very plan still bears that id, so the one cannot be the other's former self. "
        "Followed all the same, last year's figures would be counted for two targets, or for the wrong "
        "one."
    ),
    Code.WAS_TWICE: N_(
        "Two targets claim the same forerunner, mostly because a block was copied with its was:. Compared "
        "over the years, the same figures of the past would stand beside both, although only one of them "
        "goes on with them."
    ),
    Code.LINK_ALONE: N_(
        "Only one of the parts was declared, or the target was merely renamed. A split or merger with one "
        "part missing would compare the whole of one year with a piece of the other."
    ),
    Code.LINKS_CLASH: N_(
        "A target is renamed, split off or merged; it has one origin. Usually one of the lines is left "
        "over from an earlier attempt, and following both would match it with two different targets of "
        "the earlier plan."
    ),
    Code.HELD_EQUAL: N_(
        "Figures are compared over the years only where they mean the same; this entry is the exception "
        "that somebody answers for, with a reason. Some differences no reason can bridge, and an entry "
        "for the wrong year or written twice would hide a change nobody looked at."
    ),
    Code.NO_SITES: N_(
        "The name of the set is misspelt or written in words (“communes of the city”), or the set was "
        "taken from another year's plan. Without it the number of sites, which is the denominator, is not "
        "known."
    ),
    Code.SITES_NEEDED: N_(
        "A share of sites needs to know how many there are: “100% of communes” is 579 of 579 in one year "
        "and 526 in another. The number in a report is not taken for it, because sites that are silent "
        "are missing from it."
    ),
    Code.SITE_COUNT: N_(
        "Communes are merged and districts dissolved, and one of the two was brought up to date, the "
        "number or the list. Every percentage and every “still to do” rests on this denominator, so the "
        "two must agree before anything is judged."
    ),
    Code.SITE_LIST: N_(
        "The list was moved or renamed, its heading differs from the one that the plan names, or Excel "
        "saved it with another encoding or separator. Without it nobody can say which sites have not "
        "reported."
    ),
    Code.SITES_EXPIRED: N_(
        "Lists of communes and districts hold from one reorganisation to the next, and this one was "
        "carried over from another year. The verdicts go on counting with it; if sites were merged since, "
        "the denominator is too large or too small."
    ),
    Code.SHARES: N_(
        "The table of what each district is to bring comes from Excel: with words in a cell, a heading "
        "that is no target's id, or another encoding. A share that is read wrongly would put a district "
        "behind that is not, so the whole table waits."
    ),
    Code.UNSEEN_CHARACTER: N_(
        "Such characters come along when text is copied from web pages, PDF files and chats. Two names "
        "that look alike on the screen are then different ones, and with signs that turn the direction of "
        "writing a line can even show another number than it holds."
    ),
    Code.MORE_PROBLEMS: N_(
        "One slip near the top, such as a wrong indentation, makes every line below it wrong, and a list "
        "of thousands of lines helps nobody. It says that the list is not complete, so that nobody takes "
        "the rest for correct."
    ),
    Code.PACE_SUM: N_(
        "The goal was adjusted during the year and the quarters were not, or the quarters were rounded, "
        "or given as sums so far instead of what each one brings. Following both, a target could be on "
        "schedule every quarter and still miss its year."
    ),
    Code.PACE_CURVE: N_(
        "A pace says how much is expected at which date; here it contradicts what the target is, for "
        "instance a sum since January that falls, or a curve for a target that is simply done. Held "
        "against it, every report would look late or early."
    ),
    Code.DUE_OUTSIDE: N_(
        "The year of the date was mistyped, or the file was copied from last year's plan. A plan may also "
        "run from 15 December to 14 December; what is due outside of its year could never be judged by "
        "its reports."
    ),
    Code.SAME_LABEL: N_(
        "Reports are matched with targets by these labels. Two targets with the same one come from an "
        "alias that was copied, or from one row of the form that two goals are set for; guessing would "
        "give one target the figure of the other."
    ),
    Code.NOT_FOR_KIND: N_(
        "The key was copied from a target of another kind, or the kind was changed later. It would have "
        "no effect here, and a date or a site that has no effect reads as if it were agreed."
    ),
    Code.UNIT_NEEDED: N_(
        "A number alone does not say whether it counts persons, visits or dossiers, and reports mix the "
        "three up. The unit is what keeps 257 visits from being taken for 257 persons."
    ),
    Code.TOTAL_DIFFERS: N_(
        "Documents contradict themselves: a goal was changed in the table and not in the headline, or "
        "parts overlap. The program cannot know which the office will be measured by, so it keeps both "
        "and shows that they differ."
    ),
    Code.TOTAL_PARTS: N_(
        "A total was put together from targets in different units, from shares, or from targets that are "
        "not in this plan. Persons and dossiers add up to a number, but to one that counts nothing."
    ),
    Code.SHARES_OVER: N_(
        "The office assigns more on purpose, to be on the safe side; or a district's share was typed with "
        "a digit too many; or the goal was lowered and the table was not. Each site is judged by its own "
        "share, so a slip here puts a district behind."
    ),
    Code.SHARES_UNDER: N_(
        "A district was left out, a share was mistyped, or the goal was raised later and not passed on. "
        "If every site then brings exactly what it was given, all of them are on schedule and the plan is "
        "missed."
    ),
    Code.SITES_WITHOUT_SHARE: N_(
        "The table is older than the list of sites, or the cell was left empty because nothing was "
        "assigned. Empty is not zero: a site without a share has nothing to be judged by, and the sum "
        "says nothing about it."
    ),
    Code.SHARE_OVER_WHOLE: N_(
        "Two columns were exchanged, or the part was assigned from another list than the whole. A site "
        "cannot bring 90 of a part when the whole is 80; one of the two shares would be missed whatever "
        "is done."
    ),
    Code.NOTHING_TO_INCREASE: N_(
        "The document sets a goal that was passed last year already, or the baseline is a sum of "
        "something else. Without the difference to be made up there is no schedule, so the target would "
        "be on track without anybody doing anything."
    ),
    Code.NOTHING_TO_DECREASE: N_(
        "A cap was taken for a reduction, or the level of last year was better than the goal. A decrease "
        "is expected step by step from the baseline; where nothing is left to decrease, no report can be "
        "early or late."
    ),
    Code.CHANGE_BY_NOTHING: N_(
        "The sign was kept and the number forgotten, or a goal to hold a level was written as a change of "
        "zero. The two are judged differently: a level is held at every report, a change only counts at "
        "the end of the year."
    ),
    Code.GOAL_IMPOSSIBLE: N_(
        "Per cent and percentage points were mixed up, or the baseline is that of another figure. “-12%” "
        "of 9.8% is a goal; 12 points less than 9.8% is below nothing, and could never be met."
    ),
    Code.GOALS_CONTRADICT: N_(
        "Two goals were set for one row of the report, in different documents or years, and no result can "
        "satisfy both. Whatever is reported, one of the two would stand as missed, and nobody could do "
        "anything about it."
    ),
    Code.GOAL_OVER_WHOLE: N_(
        "The whole was lowered and its part was not, or the target is no part of the other at all. If the "
        "part is met, the whole is exceeded by it; reports in which a part is more than its whole are "
        "refused (RP521)."
    ),
    Code.TOTAL_BELOW_PART: N_(
        "The headline number is older than the table, or a part was counted that does not belong to it. "
        "The total would be reached before its own part is, so one of the three cannot stand as it is "
        "written."
    ),
    Code.CHANGE_NO_TARGET: N_(
        "The id is misspelt, or the target was renamed after the change. A change that belongs to nothing "
        "would be lost from the history, just when somebody asks why a goal was lowered."
    ),
    Code.CHANGES_NOT_NOW: N_(
        "The goal was corrected in the file without a new entry, or the entry was written and the goal "
        "forgotten. Verdicts go by the goal, the history by the entries; as they stand, the two tell "
        "different stories."
    ),
    Code.CHANGES_BROKEN: N_(
        "A decision in between was not entered, or a number was mistyped in one of the two. The chain "
        "from the goal as issued to the goal of today then has a hole, and somebody's decision is missing "
        "from it."
    ),
    Code.CHANGES_ORDER: N_(
        "The entry was added where there was room, or day and month were exchanged. What a goal was at a "
        "given date is read off this list from top to bottom, so the order is part of what it says."
    ),
    Code.CHANGE_OF_NOTHING: N_(
        "The value was corrected in one place only, or the same goal was written in other words (“at "
        "least 1500” for 1500). An entry that changes nothing hides the one that should stand here."
    ),
    Code.CHANGE_NOT_TOLD: N_(
        "Earlier versions of the file in git have another goal. A goal that is lowered in the middle of "
        "the year makes a plan look fulfilled; who decided it and why must be found in the plan itself, "
        "not only in git."
    ),
    Code.HISTORY_UNREADABLE: N_(
        "Git is not installed, refuses the folder because it belongs to another user, or only part of the "
        "history was copied to this computer. No plan is wrong because of it; but goals that were changed "
        "without a reason may go unnoticed."
    ),
    Code.DATE_FAR_AWAY: N_(
        "The year was mistyped, mostly in January or when a file was copied from an earlier plan. A date "
        "several years off would put a document or a change before the plan that it belongs to, or after "
        "it."
    ),
    Code.DRAFT: N_(
        "'rehabplan draft' writes this line into the file that it makes: the goals in it are last year's, "
        "for somebody to decide on. Until the line is taken out, every command reminds of it, so that no "
        "report is judged by goals that nobody set."
    ),
}
