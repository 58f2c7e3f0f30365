"""«Mina andra planer»: a card for each plan that the person has beside this one, with its title and the way there."""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import relpath

from ipsite.model import Node, Plan
from ipsite.references import resolve
from ipsite.slug import slug
from ipsite.views import generic
from ipsite.views.blocks import Block, Fact, Links, Section, text
from ipsite.views.sentences import capital


def other_plans(plan: Plan, node: Node, *, leads: bool) -> tuple[Section, ...]:
    """The section «andra_planer». A page `leads` to the plans that have a page beside it; a paper says what they are
    called."""
    return tuple(_card(plan, related, leads=leads) for related in node)


def _card(plan: Plan, related: Node, *, leads: bool) -> Section:
    kind = related.text("slag")
    blocks = (
        text(related.text("gäller")),
        *generic.blocks(plan, related, "slag", "gäller", "plan"),
        *_which(plan, related, leads=leads),
    )
    title = capital(kind)
    return Section(slug(f"{related.field.key} {kind}"), title, blocks, card=True, tags=generic.private_tag(related))


def _which(plan: Plan, related: Node, *, leads: bool) -> Iterator[Block]:
    named = related.get("plan")
    if named is None:
        return
    other = resolve(str(named.value), plan.id, plan.beside)
    if other is None:
        yield Fact(named.field.title, generic.value(named))
    elif leads:
        yield Links(((f"{relpath(other, plan.id)}/", f"Läs planen: {plan.beside[other]}"),))
    else:
        yield Fact(named.field.title, (plan.beside[other],))
