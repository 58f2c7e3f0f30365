"""The site's own texts: fit to publish, in twins, and easy enough to read."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from mkdocs.utils.meta import get_data

from ipsite import law, readability, review, texts
from ipsite.readability import measure, prose
from ipsite.texts import Text
from ipsite.views.reading import EASY, PLAIN

DOCS = Path(__file__).parent.parent / "docs"


def read(path: Path) -> Text:
    markdown, meta = get_data(path.read_text("utf-8"))
    return Text(path.name, meta, markdown)


IS_LAW = re.compile(r"(?i)[\w -]*(?:lag|balk) \(")
HOW_NEW = re.compile(r"(?i)kallor\.md#lagar|läst (?:till och med|i lagtext|i en kopia)")
FENCED = re.compile(r"(?ms)^```.*?^```$")
COMMANDS_IN_LIST = re.compile(r"^ +```", re.MULTILINE)
PAGES = [read(path) for path in sorted(DOCS.glob("*.md"))]
WELL = {"title": "Sida", "granskad": "2026-11-22", "lagrum": ["10 § LSS"], "källor": [{"titel": "Källa"}]}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path)
def test_every_page_says_what_it_is_and_when_it_was_read_through(page: Text) -> None:
    assert {"title", "description", "granskad"} <= set(page.meta)
    assert len(page.meta["description"]) <= 200


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path)
def test_every_page_is_easy_enough_to_read(page: Text) -> None:
    found = measure(prose(page.markdown))
    assert found.lix <= (EASY if page.is_easy else PLAIN), found
    assert found.longest <= (15 if page.is_easy else 32), found.longest_sentence


@pytest.mark.parametrize("path", sorted(DOCS.glob("*.md")), ids=lambda path: str(path.name))
def test_commands_stand_in_fences_that_are_not_in_a_list(path: Path) -> None:
    """Markdown reads a fence in a list as words in a line, and the word after it as a part of the command."""
    assert not COMMANDS_IN_LIST.search(path.read_text("utf-8"))


def test_the_guard_knows_a_fence_in_a_list() -> None:
    assert COMMANDS_IN_LIST.search("1. Skriv:\n\n    ```sh\n    ipsite build\n    ```\n")


TWO_AS_A_SPAN = re.compile(r"(\d+)(?: [a-z])?–(\d+)(?: [a-z])? §§")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path)
def test_two_paragraphs_are_one_and_the_other_and_not_a_span(page: Text) -> None:
    spans = [(int(a), int(b)) for a, b in TWO_AS_A_SPAN.findall(review.own_words(page.markdown))]
    assert [span for span in spans if span[1] - span[0] == 1] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path)
def test_a_page_is_called_the_same_in_lists_and_on_itself(page: Text) -> None:
    (heading,) = re.findall(r"(?m)^# (.+)$", FENCED.sub("", page.markdown))
    assert page.meta["title"].removesuffix(" – lättläst") == heading.replace("&shy;", "")


def test_the_pages_have_no_faults() -> None:
    assert texts.faults(PAGES) == []


# The machinery bites


@pytest.mark.parametrize(
    ("meta", "markdown", "words"),
    [
        ({"lagrum": ["10 § LSZ"]}, "", "Menade du «10 § LSS»?"),
        ({"lagrum": ["2 kap. 7 § SoL"]}, "", "finns inte"),
        ({"granskad": "i går"}, "", "ÅÅÅÅ-MM-DD"),
        ({"källor": ["LSS"]}, "", "titel"),
        ({}, "Landstinget svarar.", "regionen"),
        ({}, "Se 2 kap. 7 § SoL (2001:453).", "upphävd"),
        ({}, "Stöd till funktionshindrade.", "funktionsnedsättning"),
        ({}, "Se 99 § LSS.", "99 § LSS"),
        ({}, "Enligt 10 § och 98 eller 99 a §§ LSS gäller", "99 a § LSS"),
        ({}, "I 77 kap. 8–9 §§ socialtjänstlagen står", "77 kap. 9 § SoL"),
        ({}, "Det står i 88 § andra stycket förvaltningslagen.", "88 § FL"),
        ({}, "9 och 99 § 4 LSS", "99 § LSS"),
        ({}, "99 § 1 och 10 § LSS", "99 § LSS"),
    ],
)
def test_a_fault_stops_the_page(meta: dict[str, object], markdown: str, words: str) -> None:
    found = " ".join(review.faults({**WELL, **meta}, markdown))
    assert words in found


@pytest.mark.parametrize(
    "page",
    [
        "---\ntitle: Om: oss\n---\n# Om\n",
        "---\n\n# överst\ntitle: Om\n# Om\n",
        "---\ntitle: 'Om\n---\n",
        "---\ngranskad:\t- 1\n---\n",
        "---\nkällor: [\n---\n",
    ],
)
def test_front_matter_that_would_stand_on_the_page_as_text_stops_it(page: str) -> None:
    markdown, meta = get_data(page)
    assert [fault[:39] for fault in review.faults(meta, markdown)] == ["Raderna mellan «---» överst går inte at"]


@pytest.mark.parametrize("page", ["# Om\n", "---\n\nEn rad.\n\n---\n", "---\ntitle: Om\n---\n\n---\n", "Om: oss\n", ""])
def test_other_pages_are_left_in_peace(page: str) -> None:
    markdown, meta = get_data(page)
    assert list(review.faults(meta, markdown)) == []


@pytest.mark.parametrize(
    "markdown",
    [
        "> landstinget skulle",
        "Förr stod det ”landstinget” i lagen.",
        "Lagen om stöd och service till vissa funktionshindrade",
        "[Skövde](https://skovde.se/Stod-till-funktionshindrade/)",
        "Regionen svarar.",
        "Se 10 § LSS, 9 § 4 LSS, 43–44 §§ FL och 10 kap. 8–9 §§ socialtjänstlagen.",
        "Se 9 § 3 och 10 § LSS: den tredje punkten i den ena, och den andra.",
        "I domen står ”99 § LSS”.",
        "12 § i en annan lag än LSS",
    ],
)
def test_quotations_names_and_addresses_are_left_in_peace(markdown: str) -> None:
    assert list(review.faults(WELL, markdown)) == []


def test_a_page_that_does_not_say_what_it_rests_on_may_name_any_paragraph() -> None:
    """A publisher's own page: the registry is ours."""
    own = {key: value for key, value in WELL.items() if key != "lagrum"}
    assert list(review.faults(own, "Se 99 § LSS.")) == []


def test_the_paragraphs_that_the_pages_name_are_seen() -> None:
    """The canary: some two hundred and fifty."""
    assert sum(len(list(law.cited(page.markdown))) for page in PAGES) > 200


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path)
def test_a_page_says_at_its_foot_every_paragraph_that_its_text_names(page: Text) -> None:
    named = law.cited(review.own_words(page.markdown))
    assert [name for name in dict.fromkeys(named) if name not in page.meta.get("lagrum", ())] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path)
def test_no_two_links_of_a_page_have_the_same_words_and_lead_apart(page: Text) -> None:
    """Many hear the links of a page by themselves, in a list."""
    goals: dict[str, set[str]] = {}
    for words, goal in re.findall(r"\[([^\]]+)\]\(([^)]*)\)", page.markdown):
        goals.setdefault(words.lower(), set()).add(goal)
    assert {words: found for words, found in goals.items() if len(found) > 1} == {}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path)
def test_every_law_that_a_page_rests_on_is_among_its_sources(page: Text) -> None:
    told = " ".join(source["titel"] for source in page.meta.get("källor") or ())
    named = [law.paragraph(name) for name in page.meta.get("lagrum") or ()]
    assert sorted({one.law for one in named if one.kind == "lag" and one.number not in told}) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path)
def test_a_page_that_rests_on_law_says_how_new_the_law_is_that_was_read(page: Text) -> None:
    """In its text, with each law among its sources, or by a link to the page that says it of every law."""
    laws = [source["titel"] for source in page.meta.get("källor") or () if IS_LAW.match(source["titel"])]
    assert all("läst" in title for title in laws) or HOW_NEW.search(page.markdown)


@pytest.mark.parametrize("page", [page for page in PAGES if page.is_easy], ids=lambda page: page.path)
def test_a_lättläst_text_leads_on_to_another(page: Text) -> None:
    """Whoever reads lättläst gets to the next step without passing a text that is not."""
    assert set(re.findall(r"\]\(([\w-]+-lattlast\.md)", page.markdown)) - {page.path}


def test_twins_must_lead_to_each_other() -> None:
    plain, easy = Text("a.md", {"lättläst": "b.md"}, ""), Text("b.md", {"vanlig": "a.md"}, "")
    assert texts.faults([plain, easy]) == []
    assert "saknas" in texts.faults([plain, Text("b.md", {}, "")])[0]
    assert "inte finns" in texts.faults([plain])[0]
    assert "inte finns" in texts.faults([easy])[0]


def test_a_page_read_through_more_than_a_year_ago_is_old() -> None:
    page = Text("a.md", {"granskad": date(2025, 11, 21)}, "")
    assert texts.old([page], date(2026, 11, 22)) == ["a.md"]
    assert texts.old([page], date(2026, 11, 20)) == []


def test_the_foot_holds_day_laws_and_sources() -> None:
    foot = review.foot({**WELL, "källor": [{"titel": "A", "url": "https://example.com"}, {"titel": "B"}]})
    assert (foot.checked, foot.laws) == (
        "22\N{NO-BREAK SPACE}november\N{NO-BREAK SPACE}2026",
        ("10\N{NO-BREAK SPACE}§\N{NO-BREAK SPACE}LSS",),
    )
    assert foot.sources == (("A", "https://example.com"), ("B", ""))


# LIX


def test_lix_is_words_per_sentence_and_share_of_long_words() -> None:
    found = measure("Katten sover. Genomförandeplanen ligger på bordet.")
    assert (found.words, found.sentences) == (6, 2)
    assert found.lix == pytest.approx(6 / 2 + 100 * 1 / 6, abs=0.05)
    assert found.longest == 4


def test_a_text_without_words_measures_nothing() -> None:
    assert measure("1 2 3.").words == 0


@pytest.mark.parametrize(
    "hidden",
    [
        "---\ntitle: Genomförandeplan\n---\n",
        '<div class="ip-law" markdown>\n\n> Genomförandeplan\n\n</div>',
        '<div class="ip-sources" markdown>\n\n- Genomförandeplan\n\n</div>',
        "```\nGenomförandeplan\n```",
        "[a](genomforandeplan.md)",
        "## A {#genomforandeplan}",
    ],
)
def test_quoted_law_sources_code_and_addresses_do_not_count(hidden: str) -> None:
    assert "enomf" not in readability.prose(hidden)


def test_a_harder_text_has_a_higher_lix() -> None:
    easy = measure("Du får en plan. Den är din. Du kan säga nej.")
    hard = measure("Individuella planer upprättas i samband med beviljande av insatser enligt lagstiftningen.")
    assert easy.lix < EASY < PLAIN < hard.lix


# The page of law texts and the registry belong together


def _words(text: str) -> str:
    text = re.sub(r"(?m)^[>\s]*(?:[-–]|\d+\.)\s", " ", text)  # marks of lists and quotations
    return " ".join(re.sub(r"[>*_\\]", " ", text).split())


@pytest.mark.parametrize("paragraph", law.registry().values(), ids=lambda paragraph: paragraph.name)
def test_every_wording_of_the_registry_stands_on_the_page_of_law_texts(paragraph: law.Paragraph) -> None:
    page = _words((DOCS / "lagtexterna.md").read_text("utf-8"))
    assert paragraph.kind != "lag" or paragraph.name.split(" §")[0] in page
    for part in filter(None, (_words(part) for part in paragraph.wording.split("\n\n"))):
        assert part in page
