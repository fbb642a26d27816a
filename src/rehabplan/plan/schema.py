"""The JSON Schema of plan files (draft 2020-12), for editors and for checks outside this program.

It is made from the model, with names and meanings in both languages (`plan.reference`). It knows forms, not
sense: that a share stays below 100 % or a site list exists is found by `validate` alone.
"""

from collections.abc import Mapping
from itertools import combinations
from typing import Any

from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import core_schema

from rehabplan.i18n import _, use
from rehabplan.numbers import BOUND_WORDS
from rehabplan.period import MONTHS_OF_LABEL
from rehabplan.plan.checks import ID_PATTERN, LONGEST_ID, MEANINGLESS
from rehabplan.plan.continuity import GoalChange
from rehabplan.plan.fields import Record
from rehabplan.plan.model import Bands, Kind, Plan, Target, Total
from rehabplan.plan.pacing import Baseline
from rehabplan.plan.reference import KEYS, RECORDS

Schema = dict[str, Any]

_NUMBER: Schema = {"type": "number", "minimum": 0}
_DATE: Schema = {"type": "string", "format": "date"}
_TEXT: Schema = {"type": "string"}
_TEXTS: Schema = {"type": "array", "items": _TEXT}
_FIGURE: Schema = {"$ref": "#/$defs/Figure"}
_GOAL: Schema = {"$ref": "#/$defs/Goal"}
_NUM = r"(0|[1-9]\d*)([.,]\d+)?"
_SPECIAL = frozenset("^$*+?()[]{}|./\\")


def _any_case(word: str) -> str:
    """Return the pattern of a word in capitals or not; a schema's patterns know no flags."""
    return "".join(
        r"\s+" if sign == " "
        else f"[{sign}{sign.upper()}]" if sign.upper() != sign
        else f"\\{sign}" if sign in _SPECIAL
        else sign
        for sign in word
    )  # fmt: skip


_WORDS = "|".join(_any_case(word) for word, sign in BOUND_WORDS if sign != "~" and word != "gần")
"""Words of bounds; those left out bound nothing."""
_FROM, _ON = _any_case("từ"), "|".join(_any_case(word) for word in ("trở lên", "trở xuống"))
_SHARED: dict[str, Schema] = {
    "Remark": {"anyOf": [{**_TEXT, "minLength": 1}, {"$ref": "#/$defs/Text"}]},
    "Figure": {
        "anyOf": [_NUMBER, {"type": "string", "pattern": rf"^\s*{_NUM}\s*%?\s*$|^\d+/[1-9]\d*$"}],
    },
    "Goal": {
        "anyOf": [
            _NUMBER,
            {
                "type": "string",
                "pattern": (
                    rf"^\s*([Dd][Oo][Nn][Ee]|({_WORDS}|{_FROM}|[-+])?\s*{_NUM}\s*(\.\.\s*{_NUM})?\s*"
                    rf"(%|points?|điểm(\s*%|\s+phần\s+trăm)?)?(\s+({_ON}))?)\s*$"
                ),
            },
            {
                "type": "object",
                "properties": {"each": {"type": "number", "exclusiveMinimum": 0}},
                "required": ["each"],
                "additionalProperties": False,
            },
        ]
    },
}
"""What several keys are made of, under the names of the schema's own definitions."""


def _by_year(value: Schema) -> Schema:
    return {
        "type": "object",
        "patternProperties": {r"^\d{4}$": value},
        "additionalProperties": False,
        "minProperties": 1,
    }


_PACE: Schema = {
    "anyOf": [
        {"enum": ["linear", "every_period", "year_end"]},
        {
            "type": "object",
            "properties": {"by_quarter": {"type": "array", "items": _FIGURE, "minItems": 4, "maxItems": 4}},
            "required": ["by_quarter"],
            "additionalProperties": False,
        },
        {
            "type": "object",
            "properties": {"curve": {
                "type": "object", "patternProperties": {r"^\d{4}-\d{2}-\d{2}$": _FIGURE},
                "additionalProperties": False, "minProperties": 1,
            }},
            "required": ["curve"],
            "additionalProperties": False,
        },
    ]
}  # fmt: skip
_POINTS = rf"(points?|điểm(\s*%|\s+phần\s+trăm)?)(\s+({_ON}))?\s*$"
_NO_NUMBER: Schema = {"not": {"type": "number"}}
_GOAL_OF: dict[Kind, Schema] = {
    Kind.COUNT: {"not": {"type": "string", "pattern": rf"^\s*[^-+\s].*%|{_POINTS}|^\s*[Dd][Oo][Nn][Ee]"}},
    Kind.RATE: {**_NO_NUMBER, "if": {"type": "string"}, "then": {"pattern": rf"%|{_POINTS}"}},
    Kind.COVERAGE: {**_NO_NUMBER, "if": {"type": "string"}, "then": {"pattern": r"^\s*[^-+\s].*%|^\s*\d%"}},
    Kind.MILESTONE: {
        **_NO_NUMBER,
        "if": {"type": "string"},
        "then": {"pattern": r"^\s*[Dd][Oo][Nn][Ee]\s*$"},
    },
}
_GOAL_OF[Kind.STOCK] = _GOAL_OF[Kind.COUNT]
_NEEDED = {Kind.COUNT: "unit", Kind.STOCK: "unit", Kind.COVERAGE: "sites"}


def _of_kind(kind: Kind) -> Schema:
    """Return what holds for targets of one kind: which goals, which keys say nothing or are needed."""
    empty: Schema = {"enum": [None, False]}
    keys = {key: empty for key, kinds in MEANINGLESS.items() if kind in kinds}
    then: Schema = {"properties": {"goal": _GOAL_OF[kind], **keys}}
    if kind is Kind.RATE:
        then["allOf"] = [_OF_A_RATE]
    if kind in _NEEDED:
        then["required"] = [_NEEDED[kind]]
    return {"if": {"properties": {"kind": {"const": kind.value}}, "required": ["kind"]}, "then": then}


_OF_A_RATE: Schema = {
    "properties": {
        "pace": {"not": {"anyOf": [{"const": "linear"}, {"type": "object", "required": ["by_quarter"]}]}}
    },
    "if": {"properties": {"one_to_one": {"const": True}}, "required": ["one_to_one"]},
    "then": {"properties": {"parent": _TEXT}, "required": ["parent"]},
}
"""What a rate, and no other kind, says wrongly: RP151 and RP132."""


def _given(key: str) -> Schema:
    """Return what tells that a target names another one at a key."""
    return {
        "properties": {key: {"type": ["string", "array"], "minLength": 1, "minItems": 1}},
        "required": [key],
    }


_ONE_ORIGIN: list[Schema] = [
    {"not": {"allOf": [_given(first), _given(second)]}}
    for first, second in combinations(("was", "split_from", "merged_from"), 2)
]
"""A target has one origin: RP137."""
_GOAL_BEFORE: Schema = {"anyOf": [_GOAL, _DATE, {"type": "null"}]}

# What the model's own validators accept; pydantic cannot know it.
_FORMS: dict[type[Record], dict[str, Schema]] = {
    Target: {
        "goal": {"anyOf": [_GOAL, _by_year(_GOAL)]},
        "pace": _PACE,
        "baseline": {"anyOf": [_FIGURE, {"$ref": "#/$defs/Baseline"}]},
        "aliases": {"type": "array", "items": {"anyOf": [_TEXT, {"$ref": "#/$defs/Alias"}]}},
        "was": {"anyOf": [_TEXT, _TEXTS]},
        "merged_from": {"anyOf": [{**_TEXTS, "maxItems": 0}, {**_TEXTS, "minItems": 2}]},
    },
    Baseline: {
        "value": _FIGURE,
        "average": _by_year(_FIGURE),
        "periods": {
            "type": "object",
            "properties": dict.fromkeys([*MONTHS_OF_LABEL, "q2", "q3", "q4"], _FIGURE),
            "additionalProperties": False,
        },
    },
    Bands: {"at_risk": _FIGURE},
    Total: {"stated": _FIGURE},
    GoalChange: {"from": _GOAL_BEFORE, "to": _GOAL_BEFORE},
}


class _Bare(GenerateJsonSchema):
    """Leaves out defaults, of which some are no JSON; docs/plan-file.md names them."""

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> Schema:
        return self.generate_inner(schema["schema"])


def plan_schema() -> Schema:
    """Return the schema of a plan file."""
    made = Plan.model_json_schema(schema_generator=_Bare)
    records = {record.__name__: record for record in RECORDS}
    definitions: Mapping[str, Schema] = made["$defs"]
    enums = {f"#/$defs/{name}": one["enum"] for name, one in definitions.items() if "enum" in one}
    defs = {
        name: _described(definitions[name], record, enums)
        for name, record in sorted(records.items())
        if name in definitions
    }
    defs["Target"]["properties"].pop("id", None)
    defs["Target"]["required"].remove("id")
    defs["Target"]["allOf"] = [*map(_of_kind, Kind), *_ONE_ORIGIN]
    whole = _described(made, Plan, enums)
    whole["properties"]["targets"] |= {
        "minProperties": 1,
        "propertyNames": {"pattern": f"^{ID_PATTERN}$", "maxLength": LONGEST_ID},
    }
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **whole, "$defs": defs | _SHARED}


def _described(made: Schema, record: type[Record], enums: Mapping[str, list[str]]) -> Schema:
    """Return a record's schema in the order of the model, every key with its name and meaning."""
    meanings, forms = KEYS[record], _FORMS.get(record, {})
    properties = {}
    for key, value in made["properties"].items():
        if key not in meanings:  # an id stands before its record
            properties[key] = value
            continue
        bare = {part: one for part, one in value.items() if part not in ("title", "description", "default")}
        title, description = meanings[key]
        properties[key] = {
            "title": _both(title, " · "),
            "description": _both(description, "\n"),
            **_plain(forms.get(key, bare), enums),
        }
    return {
        "title": _both(RECORDS[record], " · "),
        "type": "object",
        "properties": properties,
        "required": list(made.get("required", [])),
        "additionalProperties": False,
    }


def _plain(schema: Schema, enums: Mapping[str, list[str]]) -> Schema:
    """Return a schema without pydantic's own titles, its enumerations written out."""
    if schema.get("$ref") in enums:
        return {"enum": enums[schema["$ref"]]}
    found: Schema = {}
    for key, value in schema.items():
        if isinstance(value, dict):
            found[key] = _plain(value, enums)
        elif isinstance(value, list):
            found[key] = [_plain(one, enums) if isinstance(one, dict) else one for one in value]
        elif key != "title":
            found[key] = value
    return found


def _both(text: str, between: str) -> str:
    """Return a text in Vietnamese and English."""
    found = []
    for spoken in ("vi", "en"):
        with use(spoken):
            found.append(_(text))
    return between.join(found)
