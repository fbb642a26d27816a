"""Relationships between the parts of an .xlsx or .xlsb file."""

import posixpath
from urllib.parse import unquote

from msgspec import Struct

from rehabplan.actuals.formats.faults import damaged, missing
from rehabplan.actuals.formats.package import Package
from rehabplan.actuals.formats.xmlstream import Names, parse
from rehabplan.i18n import _

_RELATIONS = Names("http://schemas.openxmlformats.org/package/2006/relationships")
_REFERENCES = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships id",
    "http://purl.oclc.org/ooxml/officeDocument/relationships id",
)


class Relation(Struct, frozen=True):
    """What a part refers to: "worksheet", "styles", … and the name of the other part."""

    kind: str
    part: str


def relations(package: Package, part: str) -> dict[str, Relation]:
    """Return the relations of a part by their id; those to other files are left out."""
    folder, name = posixpath.split(part)
    source = posixpath.join(folder, "_rels", f"{name}.rels")
    found: dict[str, Relation] = {}
    if source not in package:
        return found

    def start(element: str, attributes: dict[str, str]) -> None:
        if _RELATIONS[element] == "Relationship" and attributes.get("TargetMode") != "External":
            target = unquote(attributes.get("Target", "")).replace("\\", "/")
            kind = attributes.get("Type", "").rpartition("/")[2]
            full = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            identity = attributes.get("Id", "")
            if identity in found:
                raise damaged(_("its parts refer to each other in two ways"))
            found[identity] = Relation(kind, full)

    parse(package, source, start)
    return found


def main_part(package: Package, usual: str) -> str:
    """Return the name of the part that lists the sheets."""
    for relation in relations(package, "").values():
        if relation.kind == "officeDocument":
            return relation.part
    return usual


def reference(attributes: dict[str, str]) -> str:
    """Return the id of the relation that an element refers to, in either version of the format."""
    return next((attributes[name] for name in _REFERENCES if name in attributes), "")


_OTHER_SHEETS = {"chartsheet", "dialogsheet", "xlMacrosheet", "xlIntlMacrosheet"}


class SheetParts:
    """The parts of a workbook's sheets, each of them for one sheet only."""

    def __init__(self, known: dict[str, Relation]) -> None:
        """Take the relations of the workbook's main part."""
        self._known = known
        self._used: set[str] = set()

    def of(self, name: str, identity: str) -> str | None:
        """Return the part of a worksheet, or None where the sheet is a chart, a dialogue or a macro.

        Raises:
            FaultError: the workbook lists a sheet that it does not hold, or two that are one.
        """
        relation = self._known.get(identity)
        if relation is None or relation.kind not in {"worksheet", *_OTHER_SHEETS}:
            raise damaged(_("its sheet '{name}' is missing").format(name=name[:80]))
        if relation.part in self._used:
            raise damaged(_("two of its sheets are the same part"))
        self._used.add(relation.part)
        return relation.part if relation.kind == "worksheet" else None

    def unlisted(self) -> list[str]:
        """Return the worksheets among the relations that no sheet refers to."""
        parts = (one.part for one in self._known.values() if one.kind == "worksheet")
        return sorted(part for part in parts if part not in self._used)


def part_of(kind: str, known: dict[str, Relation]) -> str | None:
    """Return the name of the one part of a kind, for example "styles"."""
    return next((relation.part for relation in known.values() if relation.kind == kind), None)


def needed_part(kind: str, known: dict[str, Relation], package: Package) -> str | None:
    """Return the part of a kind, which must be there where the workbook refers to one.

    Raises:
        FaultError: it is missing, or lies there without being referred to.
    """
    found = [relation.part for relation in known.values() if relation.kind == kind]
    if len(found) > 1:
        raise damaged(_("its parts refer to each other in two ways"))
    if found and found[0] not in package:
        if kind == "sharedStrings":
            return None  # a cell that refers to one of them says so
        raise missing(found[0])
    left = next((name for name in package.names if name.startswith("xl/styles.")), None)
    if left and not found and kind == "styles":
        raise damaged(_("its part '{part}' belongs to nothing in it").format(part=left[:80]))
    return found[0] if found else None
