"""Styles of .xlsx files: the number format and the font's encoding of every cell style."""

from dataclasses import dataclass

from rehabplan.actuals.formats.legacy import Encoding, encoding_of_font
from rehabplan.actuals.formats.numberformats import BUILT_IN, GENERAL, NumberFormat, number_format
from rehabplan.actuals.formats.package import Package
from rehabplan.actuals.formats.xlsx_strings import MAIN, Root
from rehabplan.actuals.formats.xmlstream import parse


@dataclass(frozen=True, slots=True)
class Style:
    """What a cell's style tells."""

    shown: NumberFormat = GENERAL
    font: Encoding | None = None


PLAIN = Style()


def read_styles(package: Package, part: str) -> list[Style]:
    """Return the cell styles in their order."""
    codes: dict[str, str] = {}
    fonts: list[Encoding | None] = []
    styles: list[Style] = []
    inside: list[str] = []
    root = Root(part, "styleSheet")

    def start(element: str, attributes: dict[str, str]) -> None:
        name = MAIN[element]
        root.check(name)
        inside.append(name)
        where = inside[-3:-1]
        if name == "numFmt" and where[-1:] == ["numFmts"]:
            package.budget.take_format()
            codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "font" and where[-1:] == ["fonts"]:
            fonts.append(None)
        elif name == "name" and where == ["fonts", "font"]:
            fonts[-1] = encoding_of_font(attributes.get("val", ""))
        elif name == "xf" and where[-1:] == ["cellXfs"]:
            package.budget.take_style()
            styles.append(_style(attributes, codes, fonts))

    def end(_element: str) -> None:
        inside.pop()

    parse(package, part, start, end)
    return styles


def _style(attributes: dict[str, str], codes: dict[str, str], fonts: list[Encoding | None]) -> Style:
    identity = attributes.get("numFmtId", "0")
    code = codes.get(identity)
    if code is None:
        code = BUILT_IN.get(int(identity), "") if identity.isdecimal() and len(identity) < 6 else ""  # noqa: PLR2004 - as long as any number of a format
    font = attributes.get("fontId", "0")
    index = int(font) if font.isdecimal() and len(font) < 6 else len(fonts)  # noqa: PLR2004 - as above
    return Style(number_format(code), fonts[index] if index < len(fonts) else None)
