"""Causes of problems: periods, and files that are written."""

from rehabplan.i18n import N_
from rehabplan.problems import Code

CAUSES = {
    Code.NO_PERIOD: N_(
        "The title says only “report on results”, because everybody in the office knew which quarter it "
        "was. The verdict depends on the date: 700 of 1,700 is ahead of schedule in April and far behind "
        "in October."
    ),
    Code.PERIODS_DIFFER: N_(
        "Last quarter's file was taken for the new one, and its name or its title was not changed. If the "
        "older of the two is right, the figures are three months old, and the target looks behind though "
        "it is not."
    ),
    Code.OTHER_YEAR: N_(
        "Last year's report lies in the same folder, or the title was copied and its year left as it was. "
        "Results of one year say nothing about the goals of another."
    ),
    Code.BAD_PERIOD: N_(
        "Half-years and terms are named differently everywhere: h1, 6T, S1. Only the names below have a "
        "fixed last day, and that day decides what was to be reached."
    ),
    Code.AS_OF_OUTSIDE: N_(
        "The year of the date is mistyped, or the plan's year is an administrative one that ends on 14 "
        "December. Before its first day nothing was due, after its last everything was, so no pace can be "
        "worked out."
    ),
    Code.PERIOD_ASSUMED: N_(
        "One of several reports says nothing about its period, mostly because the site used a form of its "
        "own. If it is older than the others, its site is judged by figures of an earlier quarter."
    ),
    Code.LATER_REPORT: N_(
        "One site has reported a later period already, or the file of the next quarter lies in the "
        "folder. Its figures hold work that was done after the cut-off, which the other sites could not "
        "show yet."
    ),
    Code.EARLIER_REPORT: N_(
        "The site has not sent this period's report, and the one before lies in the folder. A count since "
        "January can only have grown, so the old figure is a lower bound; a share or a number of today is "
        "not known from it."
    ),
    Code.PERIOD_AHEAD: N_(
        "The form has columns for all quarters, and somebody entered a forecast in one that is still to "
        "come. If the report is in fact of a later date, its period was read or given wrongly."
    ),
    Code.SPAN_UNSAID: N_(
        "“Quarter III” in a title can mean what the quarter alone brought, or the report that is due in "
        "that quarter with all figures since January. Taken for the wrong one, a figure is too small or "
        "too large by half a year."
    ),
    Code.OTHER_SPAN: N_(
        "The two years were reported at different dates, or the earlier file's period was misread. Nine "
        "months set against six would show growth of one half where nothing has changed."
    ),
    Code.PERIOD_OPEN: N_(
        "A report without a period can be put nowhere in a series that goes from quarter to quarter. In "
        "the wrong place it would show a jump, or a fall, that never happened."
    ),
    Code.PERIOD_LEFT_OUT: N_(
        "A file was not given to the command, or that quarter was never reported. What two quarters "
        "brought together cannot be divided between them, so speeding up and falling back are not told "
        "there."
    ),
    Code.SITE_LEFT_OUT: N_(
        "The site reported before and after, but not in between; mostly the file is in somebody's mail. "
        "The whole of that period lacks a part of unknown size, so it is a bound and no figure."
    ),
    Code.OUTPUT_IS_INPUT: N_(
        "The path of a report or plan was repeated behind -o, for example with the arrow keys from an "
        "earlier command. Overwriting it would destroy what the result is based on, and --force does not "
        "allow it either."
    ),
    Code.OUTPUT_NAME: N_(
        "Windows reserves names such as CON and AUX for devices and drops dots at the end. The file is "
        "refused on every system, because an office with Windows could not open it."
    ),
    Code.STDOUT_FAILED: N_(
        "The disk that the output goes to is full, or the program behind it ended. A list cut off in the "
        "middle looks like a shorter list, so the exit code says that it is not whole."
    ),
    Code.OUTPUT_EDITED: N_(
        "Somebody filled in the form or added notes to the workbook. Those figures may exist nowhere "
        "else, and a new file under the same name would take them away."
    ),
}
