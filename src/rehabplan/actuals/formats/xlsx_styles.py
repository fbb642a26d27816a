"""Styles of .xlsx files: the number format and the font's encoding of every cell style."""

from collections.abc import Container

from msgspec import Struct, field

from rehabplan.actuals.formats.legacy import Encoding, encoding_of_font
from rehabplan.actuals.formats.numberformats import BUILT_IN, GENERAL, NumberFormat, number_format
from rehabplan.actuals.formats.package import Package
from rehabplan.actuals.formats.xlsx_strings import MAIN, Root, is_on
from rehabplan.actuals.formats.xmlstream import parse


class Style(Struct, frozen=True):
    """What a cell's style tells."""

    shown: NumberFormat = GENERAL
    font: Encoding | None = None
    struck: bool = False
    """Whether the font strikes out what the cell holds."""


class _Font(Struct):
    encoding: Encoding | None = None
    struck: bool = False


PLAIN = Style()
FIRST_OWN = 164
"""The first number of formats that are not built in."""


class Styles(Struct):
    """The cell styles in their order, and whether the part keeps what it promises of them."""

    cells: list[Style] = field(default_factory=list)
    whole: bool = True


def read_styles(package: Package, part: str) -> Styles:
    """Return the cell styles."""
    found = Styles()
    promised: str | None = None
    codes: dict[str, str] = {}
    fonts: list[_Font] = []
    styles = found.cells
    inside: list[str] = []
    root = Root(part, "styleSheet")

    def start(element: str, attributes: dict[str, str]) -> None:
        nonlocal promised
        name = MAIN[element]
        root.check(name)
        inside.append(name)
        where = inside[-3:-1]
        if name == "numFmt" and where[-1:] == ["numFmts"]:
            package.budget.take_format()
            codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "font" and where[-1:] == ["fonts"]:
            fonts.append(_Font())
        elif name == "name" and where == ["fonts", "font"]:
            fonts[-1].encoding = encoding_of_font(attributes.get("val", ""))
        elif name == "strike" and where == ["fonts", "font"]:
            fonts[-1].struck = is_on(attributes.get("val", "1"))
        elif name == "xf" and where[-1:] == ["cellXfs"]:
            package.budget.take_style()
            found.whole &= is_known(attributes.get("numFmtId", "0"), codes)
            styles.append(_style(attributes, codes, fonts))
        elif name == "cellXfs":
            promised = attributes.get("count")

    def end(_element: str) -> None:
        inside.pop()

    parse(package, part, start, end)
    found.whole &= promised in {None, str(len(styles))}
    return found


def is_known(identity: str, codes: Container[str]) -> bool:
    """Tell whether a number format is built in, or among those that the workbook describes."""
    return identity in codes or (identity.isdecimal() and int(identity[:6]) < FIRST_OWN)


def _style(attributes: dict[str, str], codes: dict[str, str], fonts: list[_Font]) -> Style:
    identity = attributes.get("numFmtId", "0")
    code = codes.get(identity)
    if code is None:
        code = BUILT_IN.get(int(identity), "") if identity.isdecimal() and len(identity) < 6 else ""  # noqa: PLR2004 - as long as any number of a format
    font = attributes.get("fontId", "0")
    index = int(font) if font.isdecimal() and len(font) < 6 else len(fonts)  # noqa: PLR2004 - as above
    used = fonts[index] if index < len(fonts) else _Font()
    return Style(number_format(code), used.encoding, used.struck)
