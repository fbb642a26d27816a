"""Causes of problems: workbooks and their layout."""

from rehabplan.i18n import N_
from rehabplan.problems import Code

CAUSES = {
    Code.REPORT_UNREADABLE: N_(
        "The file was renamed or moved, is still on its way from a shared drive, or Excel holds it open. "
        "Its site counts as one that has not reported until then, never as one that brought nothing."
    ),
    Code.REPORT_KIND: N_(
        "Somebody sent a scan, a Word file or a PDF, or renamed such a file to .xlsx. Figures in pictures "
        "and running text cannot be traced to a cell, so none are taken from them."
    ),
    Code.ENCRYPTED: N_(
        "Offices protect files that they send by mail, and the password comes by another way. A password "
        "on a command line would be seen by others on the computer, so there is no option for one."
    ),
    Code.WORKBOOK_BROKEN: N_(
        "The transfer broke off, a memory stick was pulled out too early, or another program wrote the "
        "file badly. What is still legible might lack rows, and a sum with rows missing looks like a "
        "result."
    ),
    Code.NO_TABLE: N_(
        "The headings are missing, stand in a picture, or use words that are not known here. Without them "
        "nobody can say which column holds results and which goals, last year or a phone number."
    ),
    Code.FIGURES_OUTSIDE: N_(
        "Notes, side calculations or a second small table stand beside the report. They may be scrap "
        "paper or the very figure that is missed in the table; only the sender knows."
    ),
    Code.TWO_COLUMNS: N_(
        "The table has one column for the period and one for the sum so far, and the headings do not tell "
        "which is which; or a column was copied to be corrected. The wrong one would be too small by "
        "whole quarters."
    ),
    Code.HIDDEN: N_(
        "Rows and columns are hidden because they are out of date, or to make a print fit the page. Old "
        "figures that nobody sees must not come into the sum; figures that belong to it must not get lost "
        "unseen."
    ),
    Code.PERSONAL_DATA: N_(
        "The list that a report was counted from was sent along or instead of it. People in "
        "rehabilitation must not be named in files that are passed on; such a sheet is not read any "
        "further, and its contents appear nowhere."
    ),
    Code.ESTIMATE_ONLY: N_(
        "Reports are asked for before a period ends, so offices write what they expect to reach. An "
        "estimate that is judged like a result makes a target look fulfilled that later falls short."
    ),
    Code.NO_FIGURES: N_(
        "The report belongs to another plan or office, or it words all its rows differently. Without this "
        "message the result would be a plan of which nothing was reported, though a report was given."
    ),
    Code.TOO_LARGE: N_(
        "Formatting down to the last row, a table pasted ten thousand times, or a file made to exhaust a "
        "computer. The limits, far above any report, are listed in docs/security.md."
    ),
    Code.LEGACY_TEXT: N_(
        "Fonts such as .VnTime or VNI-Times store other characters and only draw them as Vietnamese ones. "
        "Unconverted, no label would match; the conversion goes by the font and by the signs that are "
        "found, so that single words may come out wrong."
    ),
    Code.SCALED_FORMAT: N_(
        "A format makes 1,500,000 look like 1,500, often under the heading “thousand dong”. The sender "
        "may have typed the small number and meant it; then what was read is right only by chance."
    ),
    Code.UNSEEN_CELLS: N_(
        "Figures were merged away under a cell of words, or given a format such as ;;; that shows nothing. "
        "Who checked the report saw a blank there, so what is stored cannot count as reported."
    ),
    Code.STRUCK_OUT: N_(
        "Somebody corrected a report by striking out the old words and writing the new ones behind them: "
        "“6 tháng 9 tháng”. Read with the rest, the struck-out period or heading would decide the verdicts."
    ),
    Code.CUT_ROW: N_(
        "The table was written by hand or by a script with commas between the fields, and 1,700 has one of "
        "its own: it became 1 and 700. Read as it stands, the row would report 1."
    ),
    Code.NO_LAST_LINE_END: N_(
        "A download or a copy broke off, or the program that wrote the table leaves out the last line end. "
        "Nobody can tell which: 1021 that lost its last digit reads as 102."
    ),
    Code.LOCK_MARK: N_(
        "While Excel or LibreOffice has a workbook open, it keeps a small file beside it whose name "
        "begins with “~$” or “.~lock”. It holds a user's name and no figures."
    ),
    Code.TEXT_ENCODING: N_(
        "The file comes from an old accounting or statistics program. Guessed wrongly, “Đạt” and “Bắt "
        "buộc” turn into signs that match nothing, and names of communes into those of others."
    ),
    Code.UNKNOWN_SITE: N_(
        "The name is misspelt, is that from before a merger, or belongs to a site outside of the plan. "
        "Names that are nearly alike are often different places, so the nearest one is offered and never "
        "taken."
    ),
    Code.AMBIGUOUS_SITE: N_(
        "A name such as Quang Trung belongs to several wards and communes, and the report does not say in "
        "which district. Taken for the wrong one, one place would have two reports and the other none."
    ),
    Code.SITES_DISAGREE: N_(
        "The sheet was copied from another site's and either its title or its name was not changed. One "
        "of the two is right; with the wrong one a site would be credited with the work of another."
    ),
    Code.UNPLANNED_COLUMN: N_(
        "The report has a column for other purposes, or the heading words a target differently from the "
        "plan. In the second case a whole target would look as if nobody had reported it."
    ),
    Code.SAME_FILE: N_(
        "An attachment was saved twice, or a file lies in two folders. Its bytes are the same, so nothing "
        "is lost by reading it once; counted twice, its figures would be doubled."
    ),
    Code.REPORTED_AGAIN: N_(
        "The report was sent again, or is contained in a table of all sites as well. The figures agree, "
        "so it is only a matter of tidiness; but after the next correction the two would contradict each "
        "other."
    ),
    Code.REPORTED_TWICE: N_(
        "A corrected report came in and the first one was not taken away. The later file is not always "
        "the corrected one, so neither figure is used where the two differ."
    ),
    Code.TOO_SLOW: N_(
        "The workbook is far larger than it looks, with formatting over a million rows, or was built to "
        "hold a reader up. It is read in a process of its own, so the other files are not affected."
    ),
    Code.TOO_MUCH: N_(
        "Packed, the file is small; unpacked, it would fill the computer's memory. Only the process that "
        "read it was ended; what the other files say stands."
    ),
    Code.READER_CRASHED: N_(
        "The file is damaged in a way that ended the reading process itself, or another program on the "
        "computer ended it. Nothing of it was used, so that no half-read table counts."
    ),
    Code.READER_FAILED: N_(
        "This is a mistake in the program, not in the report, and nothing about the file needs to be "
        "wrong. It is named instead of hidden, so that a missing site is not taken for a silent one."
    ),
    Code.LOCK_FILE: N_(
        "Somebody is working on the report at this moment, or Excel crashed and left the note behind. "
        "What is read is what was saved last; figures typed since then are not in it."
    ),
    Code.NO_REPORTS: N_(
        "The path leads one folder too high or too low, or the reports have not been copied there yet. An "
        "empty folder is no report of zeros."
    ),
    Code.NO_INDICATOR: N_(
        "The table lists districts or communes with a bare heading such as “Number”; what is counted "
        "stands only in the letter that came with it. The figures could be those of any target."
    ),
    Code.LAYOUT: N_(
        "The layout file names a column, row or word that does not exist, or was written for an earlier "
        "form of the report. It is there to settle what is unclear, so nothing in it is guessed."
    ),
    Code.LAYOUT_UNUSED: N_(
        "The sender renamed the sheet, or the layout file was made for another workbook. What it settles "
        "for that sheet has no effect now, and the sheet is read as if there were no layout file."
    ),
    Code.LAYOUT_NO_FILE: N_(
        "The report came under another name or ending this time, or it was not given to the command. The "
        "rules meant for it lie idle, and a table that needs them may be read differently from last time."
    ),
    Code.NOT_RESULTS: N_(
        "Under or beside the report stands next year's plan, a forecast or a table of the year before, in "
        "the same form. Counted as results, they would fulfil targets nobody has worked on yet."
    ),
    Code.SITE_ELSEWHERE: N_(
        "A row was copied from another district's table, or a commune of that name exists here too but is "
        "spelt differently. One of the two districts would count the work of the other."
    ),
    Code.WHOSE: N_(
        "The file has only a short name such as “report.xlsx”, and its title does not name the office, as "
        "everybody knew who sent it. Beside reports of sites it could be one of them or the sum of all."
    ),
    Code.PASSED_OVER: N_(
        "Letters, notes and pictures lie in the folder beside the reports. They are named, because a "
        "report that was saved as .pdf or .docx would otherwise be missed without a word."
    ),
}
