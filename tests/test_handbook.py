"""The pages that follow from the rules and the schema by themselves."""

from __future__ import annotations

import html
import re

import pytest

from ipsite import handbook, schema
from ipsite.artifact import Page
from ipsite.rules import RULES
from ipsite.schema import Field
from ipsite.slug import slug

PAGES = {page.path: page for page in handbook.pages()}


def words(page: Page) -> str:
    return html.unescape(re.sub(r"<[^>]+>", " ", page.body))


@pytest.mark.parametrize("code", RULES)
def test_every_rule_has_a_page_that_says_why_and_how_to_mend(code: str) -> None:
    page = PAGES[f"regler/{code.lower()}"]
    shown = " ".join(words(page).split())
    for text in (RULES[code].title, RULES[code].why, RULES[code].mend):
        assert " ".join(text.split()) in shown
    assert RULES[code].example in html.unescape(re.sub("<[^>]*>", "", page.body))


def test_the_list_of_rules_links_to_every_rule() -> None:
    assert set(re.findall(r'href="(ip\d+)/"', PAGES["regler"].body)) == {code.lower() for code in RULES}


def test_law_is_quoted_to_the_letter_and_guidance_is_not_called_law() -> None:
    assert "erbjudas att en individuell plan med beslutade och planerade insatser upprättas i samråd" in words(
        PAGES["regler/ip101"]
    )
    assert "Det här säger lagen" in PAGES["regler/ip101"].body
    assert "Det här säger lagen" not in PAGES["regler/ip119"].body
    assert "Det är inte bindande" in PAGES["regler/ip301"].body


@pytest.mark.parametrize("kind", schema.KINDS)
def test_a_label_that_asks_is_not_followed_by_a_stop(kind: str) -> None:
    text = " ".join(words(PAGES[f"falt/{slug(kind)}"]).split())
    assert "Är jag nöjd? Personens" in text
    assert "?." not in text


@pytest.mark.parametrize("kind", schema.KINDS)
def test_the_field_pages_name_every_field_with_label_and_help(kind: str) -> None:
    page = PAGES[f"falt/{slug(kind)}"]
    shown = " ".join(words(page).split())

    def names(field: Field) -> list[Field]:
        inner = [*field.properties.values()]
        for holder in (field.items, field.entries):
            inner += holder.properties.values() if holder else ()
        return inner + [deeper for child in inner for deeper in names(child)]

    for field in names(schema.fields(kind)):
        assert field.key in shown
        assert field.description in shown


def test_a_field_with_one_choice_says_that_choice() -> None:
    text = " ".join(words(PAGES["falt/sip"]).split())
    assert "Skrivs som: sip" in text
    assert "något av: sip" not in text


def test_a_sip_is_written_as_it_is_spoken_of() -> None:
    assert ">SIP</h2>" in PAGES["regler"].body
    assert "Gäller: SIP" in " ".join(words(PAGES["regler/ip201"]).split())


def test_a_page_shows_how_to_get_completion() -> None:
    assert "yaml-language-server: $schema=" in words(PAGES["falt"])
    assert "VS Code" in words(PAGES["falt"])


def test_the_basics_come_before_the_fields() -> None:
    assert PAGES["falt"].headings[0].title == "Grunderna"
