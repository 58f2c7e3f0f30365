"""The accessibility statement as a page: the eleven items, in the order that Digg lists them."""

from __future__ import annotations

from collections.abc import Iterator

from ipsite import dates
from ipsite.publisher import link
from ipsite.statement import Statement
from ipsite.views.blocks import Block, Bullets, Fact, Links, Section, text
from ipsite.views.reference import Reference

_LAW = "lagen om tillgänglighet till digital offentlig service (2018:1937)"


def statement(given: Statement) -> Reference:
    """The page of a statement; an item that is empty is left out."""
    facts = (("Vem som svarar för webbplatsen", given.actor), ("Webbplatsen", given.service))
    lead: list[Block] = [Fact(label, (words,)) for label, words in facts if words]
    if given.conformance:
        measure = _LAW if given.dos else "WCAG på nivå AA"
        lead.append(text(f"Webbplatsen är {given.conformance} med {measure}."))
    return Reference(
        "Om webbplatsen",
        "Tillgänglighets\N{SOFT HYPHEN}redogörelse",
        "Hur tillgänglig webbplatsen är, vad som brister och hur du säger till.",
        tuple(lead),
        tuple(Section(id_, title, blocks) for id_, title, blocks in _sections(given) if blocks),
    )


def _sections(given: Statement) -> Iterator[tuple[str, str, tuple[Block, ...]]]:
    yield "brister", "Det här är inte tillgängligt", _list(given.shortcomings)
    yield "kontakt", "Säg till om något inte fungerar", _contact(given)
    yield "anmal", "Anmäl till tillsynsmyndigheten", _report(given)
    yield "betungande", "Undantag: oskäligt betungande", _list(given.burden)
    yield "omfattas-inte", "Det här omfattas inte av lagen", _list(given.outside)
    yield "bedomning", "Så har vi bedömt webbplatsen", _assessed(given)


def _list(items: tuple[str, ...]) -> tuple[Block, ...]:
    if len(items) == 1:
        return (text(items[0]),)
    return (Bullets("", tuple((item,) for item in items)),) if items else ()


def _contact(given: Statement) -> tuple[Block, ...]:
    if not given.contact:
        return ()
    words = "Berätta för oss vad som inte fungerar, eller vad du behöver i en annan form."
    return (text(words), Links(((link(given.contact), given.contact),)))


def _report(given: Statement) -> tuple[Block, ...]:
    if not given.report:
        return ()
    # Which authority that is, the publisher's link says: the program does not know whether it is still the same.
    words = (
        "Är du inte nöjd med hur vi svarar? Då kan du anmäla bristerna till den myndighet som har tillsyn över lagen."
        if given.dos
        else f"Vi bedömer att {_LAW} inte gäller för oss. Ser du det på ett annat sätt? Fråga den myndighet som har "
        "tillsyn över lagen."
    )
    return (text(words), Links(((given.report, "Anmäl bristande tillgänglighet"),)))


def _assessed(given: Statement) -> tuple[Block, ...]:
    days = (("Bedömd", given.assessed), ("Redogörelsen ändrad", given.updated))
    facts = tuple(Fact(label, (dates.day(day),)) for label, day in days if day)
    return (*((text(given.method),) if given.method else ()), *facts)
