"""The schemas as ordered, titled fields: the model of a plan, defined once in `schema/`.

JSON Schema draft-07 is used because editors complete it. Two annotations are our own:
`x-pekar` ("person", "plan" or "avsnitt": what the value must point at) and `x-lag` (the paragraph
or source that asks for the field).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

KINDS = {
    "individuell plan": "individuell-plan.schema.json",
    "sip": "sip.schema.json",
    "genomförandeplan": "genomforandeplan.schema.json",
}
SHARED = "gemensamt.schema.json"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a plan as `schema/` defines it.

    `types` are JSON Schema's names of types. `properties` are the fields of a mapping in the order
    in which a reader meets them; `entries` is the field of every value of a mapping with free keys
    (`personer`), `items` that of every item of a list.
    """

    key: str
    title: str
    description: str
    types: tuple[str, ...]
    required: bool
    format: str
    pattern: str
    choices: tuple[Any, ...]
    minimum: int | None
    maximum: int | None
    examples: tuple[Any, ...]
    points_to: str
    law: str
    properties: dict[str, Field]
    entries: Field | None
    items: Field | None

    def at(self, path: tuple[str | int, ...]) -> Field | None:
        """The field that rules the value at `path`, if the schema knows it."""
        here: Field | None = self
        for step in path:
            if here is None:
                return None
            here = here.items if isinstance(step, int) else here.properties.get(step, here.entries)
        return here


def directory() -> Path:
    """Where the schemas lie: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).parent
    inside = package / "schema"
    return inside if inside.is_dir() else package.parent / "schema"


@cache
def document(name: str) -> dict[str, Any]:
    """The JSON document `name` ("sip.schema.json")."""
    loaded: dict[str, Any] = json.loads((directory() / name).read_text("utf-8"))
    return loaded


@cache
def fields(kind: str) -> Field:
    """All fields of plans of `kind` ("individuell plan", "sip", "genomförandeplan")."""
    name = KINDS[kind]
    return _field("", document(name), name, required=True)


def _field(key: str, node: dict[str, Any], file: str, *, required: bool) -> Field:
    node, file = _resolved(node, file)
    types = node["type"]
    wanted = set(node.get("required", ()))
    entries = node.get("additionalProperties")
    return Field(
        key=key,
        title=node.get("title", ""),
        description=node.get("description", ""),
        types=(types,) if isinstance(types, str) else tuple(types),
        required=required,
        format=node.get("format", ""),
        pattern=node.get("pattern", ""),
        choices=(node["const"],) if "const" in node else tuple(node.get("enum", ())),
        minimum=node.get("minimum"),
        maximum=node.get("maximum"),
        examples=tuple(node.get("examples", ())),
        points_to=node.get("x-pekar", ""),
        law=node.get("x-lag", ""),
        properties={
            name: _field(name, inner, file, required=name in wanted)
            for name, inner in node.get("properties", {}).items()
        },
        entries=_field("", entries, file, required=False) if isinstance(entries, dict) else None,
        items=_field(key, node["items"], file, required=False) if "items" in node else None,
    )


def _resolved(node: dict[str, Any], file: str) -> tuple[dict[str, Any], str]:
    """Follow `$ref`, alone or as the one entry of `allOf` beside a title of its own."""
    reference = node.get("$ref") or (node["allOf"][0]["$ref"] if "allOf" in node else None)
    if reference is None:
        return node, file
    name, _, pointer = reference.partition("#/")
    target: Any = document(name or file)
    for step in pointer.split("/"):
        target = target[step]
    inner, inner_file = _resolved(target, name or file)
    own = {key: value for key, value in node.items() if key not in ("$ref", "allOf")}
    return {**inner, **own}, inner_file


def in_text(kind: str) -> str:
    """A kind of plan as it is written in running text; what is no kind stays as it is."""
    return {"sip": "SIP"}.get(kind, kind)
