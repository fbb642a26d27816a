"""One module for each format of workbooks, behind the door `actuals.workbook`."""
