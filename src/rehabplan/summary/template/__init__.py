"""An office's own workbook filled in: its marks and its tables; everything else stays byte for byte.

The workbook's XML is changed only where a cell, header or text box is filled in, so that nothing of it is
lost: pictures, charts, shapes, conditional formats, print settings. A library that reads a workbook and
writes it again (openpyxl) drops shapes, charts and pictures.
"""

import zipfile
import zlib
from xml.parsers import expat

from msgspec import Struct

from rehabplan.actuals.formats.faults import FaultError
from rehabplan.i18n import _
from rehabplan.problems import Code, Problem, RehabplanError, Where, has_errors, in_order, problem
from rehabplan.summary.facts import Facts
from rehabplan.summary.template.book import TemplateBook

_DAMAGES = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, expat.ExpatError, UnicodeError)
"""What the standard library raises over parts that were changed on the way."""


class Filled(Struct, frozen=True):
    """A workbook that was filled in, and what its reader should be told (warnings)."""

    content: bytes
    problems: tuple[Problem, ...]


def fill_template(content: bytes, file: str, facts: Facts) -> Filled:
    """Return an office's workbook with the facts filled in; the same input gives the same bytes.

    Args:
        content: the template's bytes, an .xlsx or .xltx.
        file: its name, for problems.
        facts: what can be filled in.

    Raises:
        RehabplanError: it is no such workbook, damaged or beyond the limits; marks are not known, or an
            empty table has too little room: all at once.
    """
    where = Where(file)
    try:
        book = TemplateBook(content, file, facts)
        filled = book.filled()
    except FaultError as fault:
        code, args = fault.code, fault.args_of_code
        if code is Code.ENCRYPTED:
            code, args = Code.TEMPLATE_LOCKED, {}
        elif code is Code.REPORT_KIND:
            code = Code.TEMPLATE_KIND
        raise RehabplanError([problem(code, where, **args)]) from fault
    except _DAMAGES as error:
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        raise RehabplanError([problem(Code.WORKBOOK_BROKEN, where, reason=reason)]) from error
    except MemoryError as error:
        reason = _("it does not fit into the memory of this computer")
        raise RehabplanError([problem(Code.TOO_LARGE, where, reason=reason)]) from error
    problems = in_order(book.problems)
    if has_errors(problems):
        raise RehabplanError(problems)
    return Filled(filled, tuple(problems))
