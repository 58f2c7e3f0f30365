"""The registry of paragraphs and sources, `schema/lagrum.yaml`: what rules and pages may rest on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from ipsite import load, schema

REGISTRY = "lagrum.yaml"
_SHORT = {  # what a law is called in a sentence: what it is called in the registry
    "socialtjänstlagen": "SoL",
    "hälso- och sjukvårdslagen": "HSL",
    "förvaltningslagen": "FL",
    "offentlighets- och sekretesslagen": "OSL",
    "kommunallagen": "KL",
    "föräldrabalken": "FB",
}
_LAWS = (*_SHORT, *_SHORT.values(), "LSS", "LPT", "LRV", "skollagen", "patientlagen", "diskrimineringslagen")
_ONE = r"\d+(?: [a-z]\b)?"
_PART = r"(?: (?:första|andra|tredje|fjärde) stycket| \d+)"
_NEXT = r"[–-]|, | och | eller "
_CITED = re.compile(
    rf"((?:\d+ kap\. )?)({_ONE}(?:(?: §{_PART}?)?(?:{_NEXT}){_ONE})*) §§?{_PART}?(?: i)? ({'|'.join(_LAWS)})\b"
)
_POINT = r"(?:punkt(?:en)?|p\.?)"
_OF_NINE = re.compile(
    rf"\b9\s*§\s*(?:första stycket\s*)?(?:{_POINT}\s*)?(\d+)\b\s*{_POINT}?\s*(?:i\s+)?LSS\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph or source.

    `kind` is "lag" (binding), "allmänt råd" or "vägledning". `wording` is quoted to the letter (an
    extract if `extract`); where there is none, `summary` says in our words what the source holds.
    """

    name: str
    kind: str
    law: str
    number: str
    section: str
    wording: str
    summary: str
    extract: bool
    changed: str
    read_through: str
    checked: date
    doubt: str
    link: str


@cache
def registry() -> dict[str, Paragraph]:
    """All paragraphs by name ("10 § LSS"). Raises ValueError when the file itself is at fault."""
    path = schema.directory() / REGISTRY
    source, problems = load.read(path, REGISTRY, REGISTRY)
    if source is None:
        raise ValueError(f"{REGISTRY}:{problems[0].line}: {problems[0].message}")
    return {name: _paragraph(name, entry) for name, entry in source.data.items()}


def paragraph(name: str) -> Paragraph:
    """The paragraph `name`. Raises KeyError when the registry does not know it."""
    return registry()[name]


def cited(words: str) -> Iterator[str]:
    """The paragraphs that a text names together with their law, each as the registry would call it; of a range, its
    ends."""
    for chapter, numbers, act in _CITED.findall(words):
        for number in re.split(_NEXT, numbers):
            yield f"{chapter}{number.partition(' §')[0]} § {_SHORT.get(act, act)}"


def point_of_nine(lagrum: str) -> int | None:
    """Which of the ten insatser of 9 § LSS a lagrum means, in any of the ways people write it ("9 § 10 LSS" → 10)."""
    found = _OF_NINE.search(lagrum)
    return int(found[1]) if found and 1 <= int(found[1]) <= 10 else None


def _paragraph(name: str, entry: dict[str, str]) -> Paragraph:
    return Paragraph(
        name=name,
        kind=entry["slag"],
        law=entry["lag"],
        number=entry.get("sfs", ""),
        section=entry["paragraf"],
        wording=entry.get("lydelse", ""),
        summary=entry.get("sammanfattning", ""),
        extract=bool(entry.get("utdrag", False)),
        changed=entry.get("ändrad", ""),
        read_through=entry.get("text_till", ""),
        checked=date.fromisoformat(entry["granskad"]),
        doubt=entry.get("osäkert", ""),
        link=entry.get("länk", ""),
    )
