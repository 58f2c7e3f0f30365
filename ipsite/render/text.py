"""Views → plain text to paste in an e-mail.

A sentence is one line, however long: the reader's mail breaks it to fit the screen. Lines end with LF, which every
mail and editor of today takes, and letters are composed (NFC).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from ipsite.views.blocks import (
    Block,
    Bullets,
    Cards,
    Checks,
    Code,
    Document,
    Fact,
    Folded,
    Grid,
    Lines,
    Links,
    Notice,
    Picture,
    Quote,
    Section,
    Signature,
    Table,
    Text,
    Words,
    Writing,
)
from ipsite.views.drawing import Figure


def text(document: Document) -> str:
    """A document as plain text: what its paper says, with room to write as a label that ends with a colon."""
    foot = f"{document.name}. {document.kind}. {document.version}. {document.made}."
    parts = (document.title, *_parts((*document.lead, *document.sections)), *map(text, document.parts), foot)
    return unicodedata.normalize("NFC", "\n\n".join(part.rstrip("\n") for part in parts if part) + "\n")


def _parts(blocks: Iterable[Block]) -> Iterator[str]:
    """Pieces that a blank line stands between. Short ones that belong together are one piece."""
    facts: list[str] = []
    for block in blocks:
        if isinstance(block, Fact):
            facts.append(_fact(block))
            continue
        if facts:
            yield "\n".join(facts)
            facts = []
        yield from _block(block)
    if facts:
        yield "\n".join(facts)


def _fact(fact: Fact) -> str:
    return "\n".join((f"{fact.opening} {fact.lines[0] if fact.lines else ''}".rstrip(), *fact.lines[1:]))


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Section):
        yield _heading(block)
        yield from _parts(block.blocks)
    elif isinstance(block, Text | Words | Quote):
        label = f"{block.label}\n" if isinstance(block, Words) and block.label else ""
        yield label + "\n\n".join(map("\n".join, block.paragraphs))
    elif isinstance(block, Table):
        yield from _table(block)
    elif isinstance(block, Cards):
        yield from _parts(block.cards)
    elif isinstance(block, Folded):
        yield block.label
        yield from _parts(block.blocks)
    elif isinstance(block, Picture | Figure):
        return  # what it shows is told in words where it matters
    else:
        yield "\n".join(_lines(block))


def _heading(section: Section) -> str:
    return " – ".join((section.title.upper() if not section.card else section.title, *section.tags))


def _lines(block: Block) -> Iterator[str]:
    if isinstance(block, Bullets):
        yield from filter(None, (block.label,))
        yield from _items(block.items)
    elif isinstance(block, Checks):
        yield from filter(None, (block.label,))
        yield from (f"[{'x' if ticked else ' '}] {words}" for words, ticked in block.items)
    elif isinstance(block, Links):
        yield from (address if address == words else f"{words}: {address}" for address, words in block.items)
    elif isinstance(block, Writing):
        yield f"{block.label}:" if not block.label.endswith(("?", ":")) else block.label
    elif isinstance(block, Signature):
        yield block.signed or "Underskrift och datum:"
        yield ", ".join(filter(None, (block.name, block.role)))
    elif isinstance(block, Grid):
        yield block.label
    elif isinstance(block, Notice):
        yield from block.lines
    elif isinstance(block, Code):
        yield block.text
    else:
        raise TypeError(f"no plain text for {block.kind}")


def _items(items: Iterable[Lines]) -> Iterator[str]:
    for item in items:
        yield "- " + "\n  ".join(item)


def _table(table: Table) -> Iterator[str]:
    """Each row by itself: a table does not survive in an e-mail."""
    if table.caption:
        yield table.caption
    for first, *others in table.rows:
        told = (
            f"  {title}: {'; '.join(cell)}" for title, cell in zip(table.head[1:], others, strict=True) if any(cell)
        )
        yield "\n".join(("- " + "\n  ".join(first), *told))
