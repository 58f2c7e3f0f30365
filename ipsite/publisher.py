"""Who publishes the site: `extra.ipsite.publisher` in mkdocs.yml.

Pure: what the configuration says in, a publisher or faults in words out.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from ipsite.suggest import did_you_mean

_KEYS = ("name", "contact", "logo")
_ADDRESS = re.compile(r"https://[^\s<>\"]+")
_MAIL = re.compile(r"[^\s@<>\":/?&]+@[^\s@<>\":/?&]+\.[^\s@<>\":/?&]+")
_PICTURES = (".svg", ".png", ".jpg", ".jpeg", ".webp", ".gif")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+.!|~-])")


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who answers for the site, how to reach them, and their logo (a path under docs/, or "")."""

    name: str
    contact: str
    logo: str = ""

    @property
    def link(self) -> str:
        """The contact as an address to follow."""
        return link(self.contact)


def link(contact: str) -> str:
    """An e-mail address or a web address as a link's target; "" for what is neither."""
    if _ADDRESS.fullmatch(contact):
        return contact
    return f"mailto:{contact}" if _MAIL.fullmatch(contact) else ""


def read(given: Any) -> Publisher:
    """The publisher of a configuration that `faults` has found nothing wrong with."""
    return Publisher(**{key: str(given[key]).strip() for key in _KEYS if given.get(key)})


def faults(given: Any, files: Collection[str]) -> Iterator[str]:
    """What is wrong with the configuration; `files` are the paths under docs/."""
    where = "extra.ipsite.publisher i mkdocs.yml"
    if not isinstance(given, dict):
        yield f"{where} ska ha «name» och «contact», och «logo» om du har en."
        return
    for key in given:
        if key not in _KEYS:
            yield f"{where}: «{key}» finns inte. {did_you_mean(str(key), _KEYS)}".strip()
    if not str(given.get("name") or "").strip():
        yield f"{where}: «name» saknas. Skriv vem som ger ut webbplatsen."
    if not link(str(given.get("contact") or "").strip()):
        yield f"{where}: «contact» ska vara en e-postadress eller en adress som börjar med https://."
    logo = given.get("logo")
    pictures = [name for name in files if name.lower().endswith(_PICTURES)]
    if logo and logo not in files:
        yield f"{where}: bilden «{logo}» finns inte i mappen docs. {did_you_mean(str(logo), pictures)}".strip()


def section(by: Publisher) -> str:
    """The words about the publisher, as Markdown for the end of a page that asks for them (`visa_utgivare: true`)."""
    return (
        f"\n\n## Vem ger ut webbplatsen?\n\n{plain(by.name)} ger ut webbplatsen och svarar för den. "
        f"Hittar du ett fel, eller vill du fråga något? Kontakt: [{plain(by.contact)}]({by.link}).\n"
    )


def plain(words: str) -> str:
    """Words as they are, in Markdown."""
    return _MARKDOWN.sub(r"\\\1", words.replace("&", "&amp;").replace("<", "&lt;"))
