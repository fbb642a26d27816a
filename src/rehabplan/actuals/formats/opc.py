"""Relationships between the parts of an .xlsx or .xlsb file."""

import posixpath
from dataclasses import dataclass
from urllib.parse import unquote

from rehabplan.actuals.formats.faults import damaged
from rehabplan.actuals.formats.package import Package
from rehabplan.actuals.formats.xmlstream import Names, parse
from rehabplan.i18n import _

_RELATIONS = Names("http://schemas.openxmlformats.org/package/2006/relationships")
_REFERENCES = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships id",
    "http://purl.oclc.org/ooxml/officeDocument/relationships id",
)


@dataclass(frozen=True, slots=True)
class Relation:
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
            found[attributes.get("Id", "")] = Relation(kind, full)

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


def part_of(kind: str, known: dict[str, Relation]) -> str | None:
    """Return the name of the one part of a kind, for example "styles"."""
    return next((relation.part for relation in known.values() if relation.kind == kind), None)


def sheet_part(name: str, identity: str, known: dict[str, Relation]) -> str | None:
    """Return the part of a worksheet, or None where the sheet is a chart, a dialogue or a macro.

    Raises:
        FaultError: the workbook lists a sheet that it does not hold.
    """
    relation = known.get(identity)
    if relation is None:
        raise damaged(_("its sheet '{name}' is missing").format(name=name[:80]))
    return relation.part if relation.kind == "worksheet" else None
