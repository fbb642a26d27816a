"""Ways to damage a workbook: bytes of the file, bytes within its parts, values of attributes, whole parts."""

import io
import random
import re
import struct
import warnings
import zipfile
from collections.abc import Callable, Iterator

from rehabplan.actuals.formats.ole import OLE, Container

Mutant = tuple[str, bytes]
"""How a file was damaged, and its bytes."""

ODD = (
    b"", b"0", b"-1", b"1", b"2", b"99999", b"2147483648", b"18446744073709551616", b"1e999", b"1E5", b"nan",
    b"inf", b"0x10", b"1_000", "１２".encode(), b"9" * 400, b"A1", b"B1:A1", b"A1:XFD1048576", b"XFE1",
    b"ZZZZ1", b"A0", b"A1048577", b"../../../etc/passwd", b"/etc/passwd", b"http://example.org/", b"true",
    b"x", b"&lt;", b"&#0;", b"&#xD800;", b"_x0000_", b" ", b"s", b"str", b"e", b"d", b"b", b"n", b"inlineStr",
    b"float", b"percentage", b"date", b"hidden", "Đ".encode(), b"rId1", b"rId99", b"application/xml",
)  # fmt: skip
"""Values that stand in place of others."""
_ATTRIBUTE = re.compile(rb'[\w:]+="([^"<]*)"')
_TEXT = re.compile(rb">([^<>]+)<")
_ELEMENT = re.compile(rb"<([\w:]+)(?: [^<>]*)?>[^<>]*</\1>|<[\w:]+(?: [^<>]*)?/>")
_LONGEST = 400


def flipped(content: bytes, chance: random.Random) -> bytes:
    """Return the bytes with some bits changed."""
    changed = bytearray(content)
    for _ in range(chance.choice((1, 1, 1, 3, 20))):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def truncated(content: bytes, chance: random.Random) -> bytes:
    """Return the first part of the bytes."""
    return content[: chance.randrange(len(content))]


def block(content: bytes, chance: random.Random) -> bytes:
    """Return the bytes with a block of them deleted, repeated, emptied or moved."""
    size = chance.randint(1, min(_LONGEST, len(content)))
    at = chance.randint(0, len(content) - size)
    before, piece, behind = content[:at], content[at : at + size], content[at + size :]
    match chance.randrange(4):
        case 0:
            return before + behind
        case 1:
            return before + piece + piece + behind
        case 2:
            return before + bytes(size) + behind
        case _:
            rest = before + behind
            to = chance.randint(0, len(rest))
            return rest[:to] + piece + rest[to:]


def _odd(pattern: re.Pattern[bytes]) -> Callable[[bytes, random.Random], bytes]:
    def change(content: bytes, chance: random.Random) -> bytes:
        found = list(pattern.finditer(content))
        if not found:
            return flipped(content, chance)
        one = chance.choice(found)
        return content[: one.start(1)] + chance.choice(ODD) + content[one.end(1) :]

    return change


def element(content: bytes, chance: random.Random) -> bytes:
    """Return XML with one of its elements repeated, moved or renamed."""
    found = list(_ELEMENT.finditer(content))
    if not found:
        return block(content, chance)
    one = chance.choice(found)
    rest = content[: one.start()] + content[one.end() :]
    match chance.randrange(3):
        case 0:
            return content[: one.end()] + one[0] + content[one.end() :]
        case 1:
            other = chance.choice(found).start()
            to = other if other <= one.start() else other - len(one[0])
            return rest[:to] + one[0] + rest[to:]
        case _:
            name = re.match(rb"<(?:\w+:)?(\w+)", one[0])
            renamed = one[0].replace(name[1], b"x" + name[1]) if name else b""
            return content[: one.start()] + renamed + content[one.end() :]


ANYWHERE = (flipped, truncated, block)
IN_XML = (*ANYWHERE, _odd(_ATTRIBUTE), _odd(_ATTRIBUTE), _odd(_TEXT), element)


def packed(parts: list[tuple[str, bytes]]) -> bytes:
    """Return a zip file of these parts, also where a name stands in it twice."""
    buffer = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in parts:
                archive.writestr(name, content)
    return buffer.getvalue()


def _in_parts(content: bytes, chance: random.Random) -> Mutant:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    at = chance.choice([index for index, (_name, part) in enumerate(parts) if part])
    name, part = parts[at]
    match chance.randrange(12):
        case 0:
            del parts[at]
        case 1:
            parts.append((name, flipped(part, chance)))
        case 2:
            other = chance.randrange(len(parts))
            parts[at], parts[other] = (name, parts[other][1]), (parts[other][0], part)
        case _:
            ways = IN_XML if part.lstrip().startswith((b"<", b"\xef\xbb\xbf<")) else (*ANYWHERE, biff12)
            parts[at] = (name, chance.choice(ways)(part, chance))
    return "parts", packed(parts)


def _records12(content: bytes) -> list[bytes]:
    found, at = [], 0
    while at < len(content):
        start, size, shift = at, 0, 0
        at += 2 if content[at] & 0x80 else 1
        while at < len(content):
            byte = content[at]
            at += 1
            size |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                break
        at += size
        found.append(content[start:at])
    return found


def biff12(content: bytes, chance: random.Random) -> bytes:
    """Return a part of .xlsb with one of its records changed, repeated, moved or deleted."""
    return _shuffled(_records12(content), chance)


def _records8(stream: bytes) -> list[bytes]:
    found, at = [], 0
    while at + 4 <= len(stream):
        (size,) = struct.unpack_from("<H", stream, at + 2)
        found.append(stream[at : at + 4 + size])
        at += 4 + size
    return found


def _shuffled(records: list[bytes], chance: random.Random) -> bytes:
    at = chance.randrange(len(records))
    one = records[at]
    match chance.randrange(5):
        case 0:
            del records[at]
        case 1:
            records.insert(at, one)
        case 2:
            other = chance.randrange(len(records))
            records[at], records[other] = records[other], one
        case 3:
            records[at] = bytes([one[0] ^ (1 << chance.randrange(7))]) + one[1:]
        case _:
            records[at] = one[:4] + flipped(one[4:], chance) if len(one) > 4 else one
    return b"".join(records)


def mutants(content: bytes, chance: random.Random) -> Iterator[Mutant]:
    """Yield damaged copies of a workbook without an end, in turn by the file and by what is packed in it."""
    stream = b""
    if content.startswith(OLE):
        container = Container(content)
        stream = container.stream("Workbook") or container.stream("Book")
    while True:
        yield "file", chance.choice(ANYWHERE)(content, chance)
        if content.startswith(b"PK"):
            yield _in_parts(content, chance)
            yield _in_parts(content, chance)
            yield _in_parts(content, chance)
        elif stream:
            yield "records", _shuffled(_records8(stream), chance)
            yield "records", chance.choice(ANYWHERE)(stream, chance)
