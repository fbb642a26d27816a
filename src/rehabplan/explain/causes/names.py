"""Causes of problems: the command line, comparisons of years, drafts and templates."""

from rehabplan.i18n import N_
from rehabplan.problems import Code

CAUSES = {
    Code.NO_PLAN: N_(
        "The command was run in another folder than the one that holds plans/, or the year or the name is "
        "mistyped. No other plan is taken instead: held against the wrong year's goals, every verdict "
        "would be wrong and look right."
    ),
    Code.TWO_PLANS: N_(
        "Several offices keep a plan of the same name, such as the city and a district one for 2024 each. "
        "A goal of the city applied to a district would make it look hopelessly behind."
    ),
    Code.NO_TARGET: N_(
        "A target's id is asked for, and its name was given, or an id of another year. 'rehabplan show' "
        "lists all targets with their ids."
    ),
    Code.NO_SITE: N_(
        "The name is written differently, the site was merged into another one, or the plan names no list "
        "of sites at all. A figure or a form for a site that the plan does not know would be counted "
        "nowhere."
    ),
    Code.TWO_SITES: N_(
        "Communes in different districts bear the same name, and a commune can be named like a ward or a "
        "district. Taking the first one that fits would hand one place's figures to another."
    ),
    Code.OUTPUT_EXISTS: N_(
        "The command was run before, or a file of another origin bears this name. Workbooks that "
        "rehabplan made and nobody changed are replaced without asking; everything else may hold work "
        "that exists nowhere else."
    ),
    Code.OUTPUT_FAILED: N_(
        "The file is open in Excel, which locks it, the folder does not exist or is write-protected, or "
        "the disk is full. Nothing is left half written: there is either the whole new file or the old "
        "one."
    ),
    Code.NO_CODE: N_(
        "A digit was mistyped, or the code comes from a newer version of the program. Codes keep their "
        "number and meaning from version to version; new ones are added."
    ),
    Code.SETTINGS_UNREADABLE: N_(
        "The file was edited in a word processor that turned straight quotes into curly ones, or a quote or "
        "bracket was not closed. Half a file of settings might publish what was to be masked, so none of it "
        "is used."
    ),
    Code.SETTINGS_KEY: N_(
        "The key is misspelt, or belongs to a command. Passed over in silence, mask-belo = 3 would mask "
        "nothing and nobody would know."
    ),
    Code.SETTINGS_VALUE: N_(
        "The value is one that the same option on the command line would not take either, or stands without "
        "quotes."
    ),
    Code.PROJECT_EXISTS: N_(
        "A project was made here before, or the folder holds a plan or a README of its own. What somebody "
        "worked on is never replaced by an example."
    ),
    Code.LINK_UNKNOWN: N_(
        "The earlier id is misspelt, or the earlier plan file was changed since. The two targets then "
        "stand in the comparison as one that was dropped and one that is new, though the work goes on."
    ),
    Code.NO_YEAR_BEFORE: N_(
        "The plan of the year before is looked for in the same folder, under its year. It lies elsewhere "
        "or under another name; any other plan's figures would be of other targets."
    ),
    Code.NOT_EARLIER: N_(
        "The same plan was named twice, or the two were exchanged. Compared with itself, a year would "
        "show no change at all, and with a later one every rise would be shown as a fall."
    ),
    Code.LINK_DOUBTFUL: N_(
        "The declaration contradicts the earlier plan, for example because the id of today existed there "
        "already. It may have been written for another pair of years; followed blindly, it would tie "
        "unlike targets together."
    ),
    Code.NO_SUCH_DAY: N_(
        "One plan counts from January to December, the other from 15 December to 14 December, as "
        "administrative years do. A date at the end of one then lies in another year of the other, and "
        "there is nothing to compare with."
    ),
    Code.CROSSWALK: N_(
        "The file comes from Excel with other headings or another encoding, or a list of sites was given "
        "instead of pairs. The crosswalk decides which old communes a new one is compared with, so it is "
        "not used in part."
    ),
    Code.CROSSWALK_NONE: N_(
        "The name is misspelt or stands in the wrong column: sites of the earlier year belong under "
        "'before'. A pair that is left out leaves the new site without its past, or with a part of it "
        "only."
    ),
    Code.CROSSWALK_TWO: N_(
        "Before the reorganisation, several communes had the same name. Taken at random, the new one "
        "would be compared with a place it never was a part of."
    ),
    Code.CROSSWALK_GAP: N_(
        "The list of mergers is not complete, or a site was divided among several. Its figures of the "
        "earlier year belong to some site of today; until it is known to which, a rise there may be "
        "nothing but the missing part."
    ),
    Code.DRAFT_YEAR: N_(
        "The year given is the plan's own or an earlier one, often because last year's command was "
        "repeated. A draft goes forward in time: it takes over goals that somebody then decides anew."
    ),
    Code.DRAFT_EXISTS: N_(
        "The draft was made before, or the plan of that year exists already, perhaps with decisions in "
        "it. Here not even --force overwrites: a plan is work that cannot be computed again."
    ),
    Code.DRAFT_FAILED: N_(
        "The draft is made by changing the text of the old file, so that comments and order stay. An "
        "unusual way of writing, such as brackets over several lines, was hit by the change; the result "
        "is read again before it is written, and was not what it should be."
    ),
    Code.UNKNOWN_MARK: N_(
        "A target's id or the word behind the dot is misspelt, or the template was made for another "
        "year's plan. Left as it is, the mark itself would stand in the table that goes to the meeting."
    ),
    Code.MARK_OPEN: N_(
        "One of the closing braces is missing, or the mark was broken up into two cells. What stands "
        "behind it would be swallowed or printed raw."
    ),
    Code.MARK_PLACE: N_(
        "Marks are filled into cells, headers and footers. In a formula, a sheet's name or a heading of "
        "an Excel table a value put in could break references, and Excel would report the file as "
        "damaged."
    ),
    Code.MARK_NEEDS_PREVIOUS: N_(
        "The template was made for a comparison with the year before, and the command names no reports of "
        "that year. An empty cell or a zero there would read as if nothing had been done in that year."
    ),
    Code.NOTHING_TO_FILL: N_(
        "The wrong workbook was given, or the headings of its table are pictures, merged away or worded "
        "differently. The file would come back unchanged and look as if it had been filled in."
    ),
    Code.TEMPLATE_KIND: N_(
        "The office's table is a Word file, an old .xls or a CSV file under the name of a template. Only "
        "in .xlsx everything that is not filled in can be kept byte for byte: pictures, widths, print "
        "settings."
    ),
    Code.TEMPLATE_LOCKED: N_(
        "Excel encrypts the whole file when a password for opening is set, so that nothing in it can be "
        "read or filled in. A sheet that is merely protected against changes is no obstacle."
    ),
    Code.TEMPLATE_MACROS: N_(
        "The workbook was saved as .xlsm, or a macro came along with a copied sheet. A macro runs on the "
        "computer of everybody who opens the file; rehabplan passes none on that it has not looked into."
    ),
    Code.NO_ROOM: N_(
        "The table was drawn for last year's plan, and there are more targets now. Writing on would cover "
        "the sum row or the signatures below the table."
    ),
    Code.HEADER_LONG: N_(
        "A title or a list of sources is longer than what Excel can hold above or below a page. Cut at "
        "the limit it would be a wrong title, and longer ones make Excel refuse the file."
    ),
    Code.TABLE_LEFT: N_(
        "It looks like a table of results, but its figures cannot be told apart: several sites or targets "
        "side by side, or headings that say nothing. A figure in a wrong cell would be worse than an "
        "empty one."
    ),
    Code.COLUMN_LEFT: N_(
        "The heading asks for something that rehabplan does not know, for example what one quarter "
        "brought alone, or it can mean two things. The sum so far must not stand under the heading of a "
        "quarter."
    ),
    Code.ROW_UNKNOWN: N_(
        "The office's table has rows of its own, or names a target in other words than the plan. Its "
        "cells stay as they are, and may still hold the figures of the last time."
    ),
    Code.ROW_DOUBT: N_(
        "The row is of a part (“of which women”) or a total, or its label fits more than one target. The "
        "whole target's figure does not belong there."
    ),
    Code.CELL_KEPT: N_(
        "The template was made out of last quarter's report, and its old figure is still there; or "
        "somebody typed a better one by hand. Since nobody can tell the two apart, it is left and named."
    ),
    Code.FORMULAS_LATER: N_(
        "Only Excel computes formulas. It does so when the workbook is opened, but previews in mail "
        "programs and on phones show what is stored, which is nothing yet."
    ),
}
