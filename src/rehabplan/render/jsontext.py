"""JSON documents as text, and the problems in them: what the contract of every command shares."""

import re
import unicodedata

import simplejson

from rehabplan.problems import Problem, Where

Json = dict[str, object]


def dumped(document: Json) -> str:
    """Return a document as text: readable, in Unicode, no binary float on the way."""
    text = simplejson.dumps(document, ensure_ascii=False, indent=2, use_decimal=True)
    return _UNUSUAL.sub(_shown, text) + "\n"


_UNUSUAL = re.compile(r"[^\w\s!-~]|[\x7f-\x9f\u2028\u2029]")
"""Signs outside of ASCII that are no letters: some of them would speak to a terminal."""


def _shown(found: re.Match[str]) -> str:
    """Return a sign that is not seen as its escape; half a surrogate pair is no character at all."""
    char = found[0]
    category = unicodedata.category(char)
    if category == "Cs":
        return "\N{REPLACEMENT CHARACTER}"
    if category in ("Cc", "Cf", "Zl", "Zp"):
        return simplejson.dumps(char, ensure_ascii=True)[1:-1]
    return char


def problem_json(item: Problem) -> Json:
    """Return a problem with its place."""
    where = item.where or Where("")
    return {
        "code": item.code.number,
        "severity": str(item.severity),
        "message": item.message,
        "file": where.file or None,
        "sheet": where.sheet,
        "cell": where.cell,
        "line": where.line,
        "column": where.column,
    }
