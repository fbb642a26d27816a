"""Causes of problems: cells and figures."""

from rehabplan.i18n import N_
from rehabplan.problems import Code

CAUSES = {
    Code.WRONG_UNIT: N_(
        "The office counts visits and the plan persons, or the row was taken from another statistic. One "
        "person can make many visits; there is no factor that turns one into the other."
    ),
    Code.NOT_A_FIGURE: N_(
        "The cell holds words (“hundreds”, “under way”, “see annex”) because no number was at hand. Any "
        "number put in for them would be ours and not the office's."
    ),
    Code.ERROR_CELL: N_(
        "A formula divides by an empty cell or refers to a sheet that was not sent along. Excel shows the "
        "mistake only to those who open the sheet; taken as zero it would pull every sum down."
    ),
    Code.NOT_COMPUTED: N_(
        "The workbook was written by a program that stores formulas without their results, and nobody has "
        "opened and saved it in Excel since. rehabplan computes no formulas of others: a result must be "
        "the one that the sender saw."
    ),
    Code.DATE_CELL: N_(
        "Somebody typed 5/6 for “five of six”, and Excel made 5 June of it. As a number that date is "
        "45,448; which two numbers were typed can be guessed, but day and month change places with the "
        "country."
    ),
    Code.NOT_WHOLE: N_(
        "Typed into an English Excel, 1.700 becomes 1.7, and the dot is gone for good. Multiplied by a "
        "thousand it would mostly be right, and now and then turn an average into a result."
    ),
    Code.NEGATIVE: N_(
        "The cell holds a difference (“five fewer than last year”) instead of a number, or a dash was "
        "typed before it. Without its sign it would be a result that nobody reported."
    ),
    Code.OVER_100: N_(
        "The percentage compares with last year or with the goal, or numerator and denominator were "
        "exchanged. Cut to 100% it would read as fulfilled, when in truth something else was measured."
    ),
    Code.PERCENT_OR_RATIO: N_(
        "Excel stores 80.5% as 0.805, and when the format of the cell is lost, only that is left. Small "
        "shares really exist as well: 0.8 can be eight in a thousand or four out of five."
    ),
    Code.TWO_READINGS: N_(
        "The figure is a text, and the sheet holds no other figure that shows whether its office writes a "
        "dot for thousands or for decimals. The two readings differ by a factor of a thousand."
    ),
    Code.PART_OVER_WHOLE: N_(
        "Numerator and denominator were exchanged, or they come from different dates: the persons reached "
        "of today against the list of January. A share above one would lift the average of all sites."
    ),
    Code.GOAL_DIFFERS: N_(
        "The site works with a draft, with last year's plan or with its own share instead of the whole "
        "goal. Its own “% of goal” is then another than the one here, and both sides think that they are "
        "right."
    ),
    Code.SITES_DIFFER: N_(
        "The office counts the communes after a merger and the plan those before, or some were forgotten. "
        "526 of 526 looks complete, and 53 communes of the plan are in no report."
    ),
    Code.DUPLICATE_ROW: N_(
        "A row was copied to be corrected and the old one was left, or two tables of the report were "
        "counted at different dates. The larger figure is not always the newer one."
    ),
    Code.SAME_ROW_TWICE: N_(
        "The same row stands in the summary and in the detailed table, or was copied by mistake. It "
        "changes nothing today; at the next correction one of the two will be forgotten."
    ),
    Code.PERHAPS_TARGET: N_(
        "The office words the row a little differently from the plan, or it really means something else: "
        "“dossiers made” are not “dossiers sent”. A word or an accent is all that tells such rows apart, "
        "so the figure waits for a person to decide."
    ),
    Code.NO_LABEL: N_(
        "The label was deleted, or cells were merged so that only the first row kept its text. The figure "
        "may belong to the row above or be a row of its own."
    ),
    Code.IN_PERIOD: N_(
        "The column holds the results of one quarter, and the plan is judged by the sum since January. "
        "What came before can only add to it, so the goal may be reached with this figure but never "
        "missed by it."
    ),
    Code.NO_DENOMINATOR: N_(
        "The office reports whom it reached, and not of how many. 1,139 can be all of them or one in ten; "
        "which list is the whole, only the office can tell."
    ),
    Code.PARENT_UNIT: N_(
        "The part counts persons, the whole counts dossiers or visits. Divided all the same, a percentage "
        "comes out that looks right and means nothing, unless there is exactly one dossier for each "
        "person."
    ),
    Code.MORE_THAN_PARENT: N_(
        "The part and the whole come from different lists or dates, or their rows were exchanged. A share "
        "above 100% follows, so at least one of the two figures is wrong."
    ),
    Code.PART_OVER_FULL: N_(
        "A row that covers only a part of the target, as its alias in the plan says, brings more than the "
        "row of the whole target. Both are about the same people, so one of them was counted wrongly."
    ),
    Code.NO_BOUND: N_(
        "“About 1,200” is on both sides of 1,200 at once. Words such as “more than” give a limit that a "
        "verdict can rest on; “about” gives none."
    ),
    Code.WORDS_ONLY: N_(
        "A row that no target asks for holds words instead of a number. It is named, because nothing that "
        "looks like a result may be dropped in silence; no verdict depends on it."
    ),
    Code.MILESTONE_WORDS: N_(
        "The cell tells what was done (“held on 20 June”), but not whether that is all of it: a meeting "
        "held may be one of two. Done is what the office itself calls done."
    ),
    Code.PARENT_SILENT: N_(
        "The target is a share of another one, and that one's row is blank, misspelt or rejected. The "
        "share's own goal may be met or missed; its denominator is not known."
    ),
    Code.MERGED_VALUE: N_(
        "Somebody merged cells to make the table look tidy, and Excel keeps one value for all the rows. "
        "Given to the first row it would credit one target or site with the work of several."
    ),
    Code.IMPLAUSIBLE: N_(
        "A digit was typed twice, the figure is in another unit (dong instead of million dong), or it "
        "counts since the programme began. It is used as reported, but a goal fulfilled tenfold is nearly "
        "always a mistake."
    ),
    Code.ONE_SITE: N_(
        "Districts sent their own tables, but the plan has no list of districts. Without the list nobody "
        "knows how many are missing, and the sum of those that came would pass for the whole."
    ),
    Code.PERCENT_DIFFERS: N_(
        "The percentage was typed by hand or left over from last time, or it is measured of something "
        "else than the two numbers beside it. Numbers are counted, percentages only worked out, so the "
        "numbers are used."
    ),
    Code.SPAN_OVER_YEAR: N_(
        "The columns for the period and for the sum so far were exchanged, or only one of them was "
        "brought up to date. Whichever is right, the other one is not."
    ),
    Code.SUM_DIFFERS: N_(
        "The sum was typed in and a site corrected afterwards, a row was inserted below the range of the "
        "formula, or one site was left out. The rows can be traced to somebody who counted; the sum "
        "cannot."
    ),
    Code.PERIODS_MISSING: N_(
        "The reports give each period alone, and one of them is missing. What lies in the gap may be "
        "nothing or very much; the sum of the others is the least that it can be."
    ),
    Code.SITE_PERCENTAGES: N_(
        "Sites report “85%” without saying of how many. A small commune and a large district would weigh "
        "the same in an average, so only the lowest and the highest of them can be relied on."
    ),
    Code.WHOLE_DIFFERS: N_(
        "The city reports one figure and its districts others: counted at different dates, or a district "
        "was left out or counted twice. The verdict is given only where it is the same for both."
    ),
    Code.WHOLE_TOO_SMALL: N_(
        "The sites that have reported already bring more than the whole is said to have, or the whole is "
        "more than all of them can have. No missing report can explain that, so one side is wrong, and it "
        "is not known which."
    ),
    Code.TWO_SETS: N_(
        "Districts report the people who live there, centres the people whom they treat, and many are in "
        "both. Added up, they would be counted twice; taken apart, some are missing."
    ),
    Code.TOTAL_OF_PARTS: N_(
        "The headline was typed before the last correction, or somebody is in two of the parts. The total "
        "is not judged by itself; but the same slip may be in a figure that is."
    ),
    Code.FALLS: N_(
        "Dossiers were struck off after a check, the earlier report held an estimate, or this one has a "
        "quarter where the sum so far belongs. A sum since January does not fall by itself, and the two "
        "cells tell where to look."
    ),
    Code.PERIODS_DIFFER_FROM_SUM: N_(
        "A month or quarter was corrected and the sum was typed by hand, or late cases were added to the "
        "sum only. The year to date is what the office answers for, so it is used."
    ),
    Code.COUNT_OR_PERCENT: N_(
        "The target is a share, and the cell holds a bare number that would fit both as a percentage and "
        "as a count. 48 of 750 is 6.4%: one reading is on schedule and the other far behind."
    ),
    Code.ID_DIFFERS: N_(
        "Forms carry each target's id in a hidden column. Somebody moved or sorted rows without that "
        "column, or typed over a label; the figure then belongs to the label that the person saw, or to "
        "the id that was there."
    ),
    Code.REVISED: N_(
        "A later report corrects an earlier quarter without saying so, or the column of that quarter was "
        "filled in anew from memory. Which of the two was shown to the leadership then is part of the "
        "record, so the old one is kept."
    ),
    Code.LEFT_OUT: N_(
        "The cell was left blank in one report, because nothing was new or nobody asked. What the two "
        "quarters brought together is known, what each of them did is not."
    ),
    Code.UNDONE: N_(
        "The first report called something done that was only begun, or this one was filled in from an "
        "old copy. Until it is known which, nobody can say whether the work is still ahead."
    ),
    Code.SHEET_UNLISTED: N_(
        "The workbook was damaged or changed by another program: Excel does not show the sheet either, "
        "but its cells are still in the file. It may be an old version that was taken out on purpose, or "
        "figures that got lost."
    ),
    Code.ROWS_MISFIT: N_(
        "The old .xls format lists where its rows begin, and that list contradicts the rows. Part of the "
        "file was damaged or overwritten; what can be read was used, but a district may have dropped out "
        "of it."
    ),
    Code.FORMATS_MISSING: N_(
        "Another program wrote the workbook and left out formats that cells refer to. A percentage "
        "without its format looks like a small number, 0.8 for 80%, and a date like a large one."
    ),
}
