"""Why a workbook cannot be read, before anyone has said which file it is."""

from rehabplan.i18n import _
from rehabplan.problems import Code


class FaultError(Exception):
    """A workbook cannot be read: a code and the values of its sentence. The door adds the file."""

    def __init__(self, code: Code, **args: object) -> None:
        """Keep both for the door."""
        super().__init__(code.number)
        self.code = code
        self.args_of_code = args


def damaged(reason: str) -> FaultError:
    """Return the fault of a workbook that is not as its format demands."""
    return FaultError(Code.WORKBOOK_BROKEN, reason=reason)


def changed() -> FaultError:
    """Return the fault of a file that is not whole any more."""
    return damaged(_("it breaks off or was changed on the way"))


def missing(part: str) -> FaultError:
    """Return the fault of a workbook that names a part of itself which is not there."""
    return damaged(_("its part '{part}' is missing").format(part=part[:80]))


def other_kind(found: str) -> FaultError:
    """Return the fault of a file that is no workbook."""
    return FaultError(Code.REPORT_KIND, found=found)
