"""The one door to workbooks: a file of any format becomes sheets of plain cells, or a clear error.

Everything that knows a format stays behind `open_workbook`, in `actuals.formats`; what comes out are
values only, so that reading can move into a guarded worker without anyone else noticing.
"""

import os
from hashlib import sha256
from pathlib import Path

from rehabplan.actuals.content import content_of
from rehabplan.actuals.formats.faults import FaultError, changed
from rehabplan.actuals.formats.kinds import Kind, is_zip, kind_of, kind_of_parts
from rehabplan.actuals.sheet import Workbook
from rehabplan.i18n import _
from rehabplan.problems import Code, RehabplanError, Where, problem, reason_of


def open_workbook(path: Path) -> Workbook:
    """Read every worksheet of an .xlsx, .xlsm, .xls, .xlsb, .ods, .csv or .tsv file.

    The format is told from the content. Formulas give their stored values. What was converted, or
    what a number format hides, is said in the workbook's problems.

    Raises:
        RehabplanError: the file is missing, protected, damaged, of another kind, or beyond the limits
            of `actuals.formats.limits`.
    """
    where = Where(str(path))
    try:
        content = content_of(path)
        workbook = _read(path, content)
    except FaultError as fault:
        raise RehabplanError([problem(fault.code, where, **fault.args_of_code)]) from fault
    except OSError as error:
        raise RehabplanError([problem(Code.REPORT_UNREADABLE, where, reason=reason_of(error))]) from error
    except MemoryError as error:
        reason = _("it does not fit into the memory of this computer")
        raise RehabplanError([problem(Code.TOO_LARGE, where, reason=reason)]) from error
    except Exception as error:  # a damaged part provokes what nobody thought of
        if os.environ.get("REHABPLAN_DEBUG"):
            raise
        told = changed()
        raise RehabplanError([problem(told.code, where, **told.args_of_code)]) from error
    workbook.digest = sha256(content).hexdigest()
    return workbook


def _read(path: Path, content: bytes) -> Workbook:
    """Let the module of the file's format read it; each is imported only when it is needed."""
    if is_zip(content):
        return _read_zip(path, content)
    if kind_of(content, path.name) is Kind.XLS:
        from rehabplan.actuals.formats import xls  # noqa: PLC0415 - xlrd is for old files only

        return xls.read(content, str(path))
    from rehabplan.actuals.formats import delimited  # noqa: PLC0415 - as above

    return delimited.read(content, str(path), path.stem)


def _read_zip(path: Path, content: bytes) -> Workbook:
    from rehabplan.actuals.formats.package import Package  # noqa: PLC0415 - zipfile costs time

    package = Package(content)
    match kind_of_parts(package.names, package.read):
        case Kind.XLSB:
            from rehabplan.actuals.formats import xlsb  # noqa: PLC0415 - as above

            return xlsb.read(package, str(path))
        case Kind.ODS:
            from rehabplan.actuals.formats import ods  # noqa: PLC0415 - as above

            return ods.read(package, str(path))
        case _:
            from rehabplan.actuals.formats import xlsx  # noqa: PLC0415 - as above

            return xlsx.read(package, str(path))
