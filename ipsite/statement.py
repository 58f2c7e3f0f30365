"""The accessibility statement of a publisher: `extra.ipsite.accessibility` in mkdocs.yml.

The eleven items are those of Digg's list (see Källor). Where the law on accessibility to digital public service holds
(`dos: true`), none may be empty. Pure: what the configuration says in, a statement or faults in words out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from ipsite.publisher import link
from ipsite.suggest import did_you_mean

# Key, and what the item is in words, in the order of the list.
ITEMS = {
    "actor": "namnet på den offentliga aktören",
    "service": "namnet på den digitala servicen",
    "conformance": "hur väl webbplatsen följer lagen",
    "shortcomings": "det som inte är tillgängligt, och varför",
    "assessed": "dagen för bedömningen",
    "updated": "dagen då redogörelsen senast ändrades",
    "method": "hur ni har bedömt webbplatsen",
    "contact": "hur man säger till om brister",
    "report": "länken till Diggs anmälningsfunktion",
    "burden": "det som är undantaget som oskäligt betungande, och varför",
    "outside": "det som lagen inte omfattar",
}
DEGREES = ("helt förenlig", "delvis förenlig", "inte förenlig")
_DAYS = ("assessed", "updated")
_LISTS = ("shortcomings", "burden", "outside")
_WHERE = "extra.ipsite.accessibility i mkdocs.yml"


@dataclass(frozen=True, slots=True)
class Statement:
    """What a publisher says of how accessible the site is; an item that is not given is empty."""

    dos: bool  # whether the law holds for the publisher
    actor: str
    service: str
    conformance: str
    shortcomings: tuple[str, ...]
    assessed: date | None
    updated: date | None
    method: str
    contact: str
    report: str
    burden: tuple[str, ...]
    outside: tuple[str, ...]


def read(given: Any) -> Statement:
    """The statement of a configuration that `faults` has found nothing wrong with."""
    items: dict[str, Any] = {key: _words(given.get(key)) for key in ITEMS}
    items |= {key: _day(given.get(key)) for key in _DAYS}
    items |= {key: _list(given.get(key)) for key in _LISTS}
    return Statement(dos=given["dos"], **items)


def faults(given: Any) -> Iterator[str]:
    """What stops the statement from being published."""
    if not isinstance(given, dict):
        yield f"{_WHERE} ska ha «dos» och punkterna i redogörelsen."
        return
    for key in given:
        if key != "dos" and key not in ITEMS:
            yield f"{_WHERE}: «{key}» finns inte. {did_you_mean(str(key), ITEMS)}".strip()
    if not isinstance(given.get("dos"), bool):
        yield f"{_WHERE}: skriv «dos: true» om DOS-lagen gäller er, annars «dos: false»."
    yield from _misshapen(given)
    missing = [f"  {key}: {words}" for key, words in ITEMS.items() if not _list(given.get(key))]
    if given.get("dos") is True and missing:
        yield (
            f"{_WHERE}: DOS-lagen gäller er, men det här saknas i tillgänglighetsredogörelsen:\n"
            + "\n".join(missing)
            + "\n  Finns det inget att räkna upp på en punkt? Skriv det, till exempel «Inget innehåll är undantaget»."
        )


def _misshapen(given: dict[str, Any]) -> Iterator[str]:
    """Items that are given, but not as they must be."""
    for key in ITEMS:
        value, words = given.get(key), _words(given.get(key))
        if not words and not _list(value):
            continue
        if isinstance(value, dict) or (isinstance(value, list) and key not in _LISTS):
            yield f"{_WHERE}: «{key}» ska vara en text."
        elif isinstance(value, list) and any(isinstance(item, dict | list) for item in value):
            yield f"{_WHERE}: «{key}» ska vara en lista med texter. Har en text kolon? Sätt den inom citattecken."
        elif key in _DAYS and _day(value) is None:
            yield f"{_WHERE}: «{key}» ska vara en dag: ÅÅÅÅ-MM-DD."
        elif key == "conformance" and words not in DEGREES:
            yield f"{_WHERE}: «conformance» ska vara {DEGREES[0]}, {DEGREES[1]} eller {DEGREES[2]}."
        elif key == "contact" and not link(words):
            yield f"{_WHERE}: «contact» ska vara en e-postadress eller en adress som börjar med https://."
        elif key == "report" and not link(words).startswith("https://"):
            yield f"{_WHERE}: «report» ska vara en adress som börjar med https://."


def _words(value: Any) -> str:
    return "" if value is None else str(value).strip()


def _list(value: Any) -> tuple[str, ...]:
    """One text or many as many, without empty ones."""
    return tuple(filter(None, map(_words, value if isinstance(value, list) else [value])))


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(_words(value))
    except ValueError:
        return None
