"""statement.py: what the law on accessibility asks of a statement, item by item, and how it reads."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from site_helpers import Html

from ipsite import handbook, statement

WHOLE: dict[str, Any] = {
    "dos": True,
    "actor": "Exempelby kommun",
    "service": "plan.example.org",
    "conformance": "delvis förenlig",
    "shortcomings": ["Sökningen kräver JavaScript.", "Allt finns inte på lättläst."],
    "assessed": date(2026, 11, 1),
    "updated": "2026-11-22",
    "method": "Vi har kontrollerat sidorna själva.",
    "contact": "tillganglighet@example.org",
    "report": "https://www.digg.se/tdosanmalan",
    "burden": "Inget innehåll är undantaget.",
    "outside": "Inget innehåll ligger utanför.",
}


def said(given: Any) -> str:
    return "\n".join(statement.faults(given))


def page(given: dict[str, Any]) -> Html:
    return Html(handbook.statement(statement.read(given)).body)


def test_the_list_has_eleven_items_and_a_whole_statement_may_be_published() -> None:
    assert len(statement.ITEMS) == 11
    assert set(WHOLE) == {"dos", *statement.ITEMS}
    assert said(WHOLE) == ""


@pytest.mark.parametrize("empty", [None, "", "  ", [], [""], "missing"], ids=repr)
@pytest.mark.parametrize("item", statement.ITEMS)
def test_an_empty_item_stops_the_site_where_the_law_holds(item: str, empty: Any) -> None:
    given = {key: value for key, value in WHOLE.items() if key != item}
    told = said(given if empty == "missing" else {**given, item: empty})
    assert f"  {item}: {statement.ITEMS[item]}" in told
    assert [other for other in statement.ITEMS if f"  {other}: " in told] == [item]


@pytest.mark.parametrize("item", statement.ITEMS)
def test_where_the_law_does_not_hold_an_item_may_be_empty_and_is_left_out(item: str) -> None:
    given = {**WHOLE, "dos": False, item: None}
    assert said(given) == ""
    assert page(given).text != page({**WHOLE, "dos": False}).text


def test_an_empty_statement_is_a_page_without_empty_parts() -> None:
    assert [level for level, _ in page({"dos": False}).headings] == [1]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"dos": "ja"}, "«dos: true»"),
        ({"dos": None}, "«dos: true»"),
        ({"aktor": "x"}, "Menade du «actor»?"),
        ({"conformance": "ganska förenlig"}, "helt förenlig, delvis förenlig eller inte förenlig"),
        ({"assessed": "i våras"}, "«assessed» ska vara en dag"),
        ({"updated": "2026-13-01"}, "«updated» ska vara en dag"),
        ({"contact": "ring oss"}, "«contact» ska vara"),
        ({"report": "digg@example.org"}, "«report» ska vara"),
        ({"report": "javascript:alert(1)"}, "«report» ska vara"),
        ({"method": ["a", "b"]}, "«method» ska vara en text"),
        ({"shortcomings": {"vad": "a"}}, "«shortcomings» ska vara en text"),
        ({"shortcomings": [{"Sökningen": "kräver skript"}]}, "Sätt den inom citattecken"),
    ],
)
@pytest.mark.parametrize("dos", [True, False])
def test_an_item_that_is_not_as_it_must_be_stops_the_site(change: dict[str, Any], words: str, dos: bool) -> None:
    assert words in said({**WHOLE, "dos": dos, **change})


@pytest.mark.parametrize("given", [None, "ja", ["dos"]])
def test_what_is_no_statement_is_told(given: Any) -> None:
    assert "ska ha «dos»" in said(given)


def test_every_item_stands_on_the_page_and_the_links_lead_where_they_should() -> None:
    shown = page(WHOLE)
    for words in (*WHOLE["shortcomings"], *(WHOLE[key] for key in ("actor", "service", "method", "burden", "outside"))):
        assert words in shown.text
    assert "Webbplatsen är delvis förenlig med lagen om tillgänglighet till digital offentlig service" in shown.text
    assert "1 november 2026" in shown.text
    assert "22 november 2026" in shown.text
    assert [a.get("href") for a in shown.all("a")] == [
        "mailto:tillganglighet@example.org",
        "https://www.digg.se/tdosanmalan",
    ]


def test_nobody_is_promised_a_report_where_the_publisher_says_that_the_law_does_not_hold() -> None:
    """An association may do as the law asks without being bound by it; the authority has then nothing to try."""
    bound, free = page(WHOLE), page({**WHOLE, "dos": False})
    assert "kan du anmäla bristerna" in bound.text
    assert "inte gäller för oss" not in bound.text
    assert "kan du anmäla" not in free.text
    assert "Vi bedömer att lagen om tillgänglighet till digital offentlig service (2018:1937) inte gäller för oss" in (
        free.text.replace("\N{NO-BREAK SPACE}", " ")
    )


@pytest.mark.parametrize("dos", [True, False])
def test_the_authority_is_named_by_the_publishers_link_alone(dos: bool) -> None:
    """Which authority that is may change; the program does not know."""
    assert "Digg" not in page({**WHOLE, "dos": dos}).text


def test_words_of_the_publisher_are_words_and_not_html() -> None:
    assert "<script>alert</script>" in page({**WHOLE, "method": "<script>alert</script>"}).text
