"""Is a text page fit to be published? Its front matter against the registry of paragraphs, and its words.

Pure: a page's front matter and Markdown in, faults in words for its editor out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ipsite import dates, law, unbroken
from ipsite.suggest import did_you_mean

# What is somebody else's words: quotations, addresses.
_QUOTED = re.compile(r"(?m)https?://[^\s)]+|^\s*>.*$|”[^”\n]*”|\"[^\"\n]*\"|«[^»\n]*»|»[^»\n]*»|`[^`\n]*`")
# Law that has been replaced and words that the law no longer uses; right only where they are quoted.
_REPEALED = {
    re.compile(r"2001:453"): "Socialtjänstlagen (2001:453) är upphävd. Den nya är (2025:400).",
    re.compile(r"2 kap\. 7 § (?:SoL|socialtjänstlagen)"): "2 kap. 7 § SoL är upphävd. Nu gäller 10 kap. 8 och 9 §§.",
    re.compile(r"(?i)\blandsting"): "Lagen säger regionen, inte landstinget.",
    re.compile(r"(?i)\bfunktionshindrad"): "Skriv «personer med funktionsnedsättning». Ordet står kvar i lagens namn.",
}
# Front matter that MkDocs has not been able to read, and therefore leaves in the text.
_LEFT = re.compile(r"---[ \t]*\n(?:[ \t]*(?:#.*)?\n)*[^\W\d]\w*[ \t]*:")
_NAME_OF_THE_ACT = re.compile(r"(?i)stöd och service (?:till|åt) vissa funktionshindrade")


@dataclass(frozen=True, slots=True)
class Foot:
    """What stands at the foot of a text page: when it was read through and what it rests on."""

    checked: str
    laws: tuple[str, ...]
    sources: tuple[tuple[str, str], ...]  # title, address ("" when there is none)


def foot(meta: Mapping[str, Any]) -> Foot:
    """The foot of a page from its front matter, which `faults` has found nothing wrong with."""
    checked = _day(meta.get("granskad"))
    sources = tuple((unbroken.text(item["titel"]), item.get("url", "")) for item in meta.get("källor") or ())
    laws = tuple(unbroken.text(name) for name in meta.get("lagrum") or ())
    return Foot(unbroken.text(dates.day(checked)) if checked else "", laws, sources)


def faults(meta: Mapping[str, Any], markdown: str) -> Iterator[str]:
    """What stops a page from being published."""
    if not meta and _LEFT.match(markdown):
        yield (
            "Raderna mellan «---» överst går inte att läsa. Se efter att båda «---» finns, och sätt citattecken om en "
            'text med kolon, så här: «title: "Om oss: vår historia"».'
        )
    if "granskad" in meta and _day(meta["granskad"]) is None:
        yield "«granskad» ska vara en dag: ÅÅÅÅ-MM-DD."
    for name in meta.get("lagrum") or ():
        if name not in law.registry():
            hint = did_you_mean(str(name), law.registry())
            yield f"Lagrummet «{name}» finns inte i schema/{law.REGISTRY}. {hint}".strip()
    for item in meta.get("källor") or ():
        if not isinstance(item, dict) or "titel" not in item:
            yield "Varje källa ska ha «titel», och «url» om den finns på nätet."
    words = own_words(markdown)
    if "lagrum" in meta:  # the page says what it rests on, so that holds for its text too
        unknown = dict.fromkeys(name for name in law.cited(words) if name not in law.registry())
        yield from (f"Texten nämner {name}, som inte finns i schema/{law.REGISTRY}." for name in unknown)
    yield from (message for pattern, message in _REPEALED.items() if pattern.search(words))


def own_words(markdown: str) -> str:
    """What a page says itself: without quotations, addresses and names."""
    return _NAME_OF_THE_ACT.sub("", _QUOTED.sub("", markdown))


def is_old(meta: Mapping[str, Any], today: date) -> bool:
    """Whether a page was read through more than twelve months before `today`."""
    checked = _day(meta.get("granskad"))
    return checked is not None and (today - checked).days > 365


def _day(value: Any) -> date | None:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None
