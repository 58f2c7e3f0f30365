"""glossary.py: hard words lead to their explanation, once on a page, and never where they would disturb."""

from __future__ import annotations

from pathlib import Path

import pytest
from mkdocs.utils.meta import get_data
from site_helpers import ROOT, Html, built_site, words_of

from ipsite import glossary

TERMS = glossary.terms({"samrad": "samråd", "vite": "vite", "goda-levnadsvillkor": "goda levnadsvillkor"})
LINK = '<a href="../ordlista/#{}">{}</a>'


def linked(html: str) -> str:
    return glossary.linked(html, TERMS, "../ordlista/")


def test_the_first_place_of_each_word_becomes_a_link() -> None:
    made = linked("<p>Planen görs i samråd. Samrådet är viktigt. Goda levnadsvillkor och vite.</p><p>Vite.</p>")
    assert made == (
        f"<p>Planen görs i {LINK.format('samrad', 'samråd')}. Samrådet är viktigt. "
        f"{LINK.format('goda-levnadsvillkor', 'Goda levnadsvillkor')} och {LINK.format('vite', 'vite')}.</p>"
        "<p>Vite.</p>"
    )


@pytest.mark.parametrize("word", ["Samråd", "samrådet", "samråden", "samråds"])
def test_a_word_may_begin_a_sentence_and_have_an_ending(word: str) -> None:
    assert linked(f"<p>{word}</p>") == f"<p>{LINK.format('samrad', word)}</p>"


@pytest.mark.parametrize(
    "html",
    [
        "<h2>Samråd</h2>",
        '<p><a href="x">ett <em>samråd</em></a></p>',
        "<blockquote><p>i samråd med honom</p></blockquote>",
        "<p>Lagen säger ”i samråd med” och »vite».</p>",
        "<p><code>samråd</code></p>",
        "<table><tr><th>Samråd</th></tr></table>",
        "<p>samrådsmöte, för-samråd, inviten</p>",
        '<p title="samråd">Text</p>',
        '<p><a href="../ordlista/#samrad">Ordet</a> samråd</p>',
        "<p>Ett <strong>samråd</strong> är ett samtal. Efter samråd.</p>",
    ],
)
def test_headings_links_quotations_code_and_other_words_are_left_alone(html: str) -> None:
    assert linked(html) == html


def test_a_word_after_a_closed_place_is_linked() -> None:
    assert LINK.format("samrad", "samråd") in linked("<h2>Samråd</h2><p>Ett samråd.</p>")


def test_a_word_without_its_heading_is_told() -> None:
    assert list(glossary.faults({"vite": "vite"}, "### Vite {#vite}\n")) == []
    assert "«vitet»" in " ".join(glossary.faults({"vitet": "vite"}, "### Vite {#vite}\n"))


# --- On the site --------------------------------------------------------------------------------------------------


def test_the_words_of_the_site_lead_to_their_headings(tmp_path_factory: pytest.TempPathFactory) -> None:
    site = built_site(tmp_path_factory)
    there = set(Html((site / "ordlista" / "index.html").read_text("utf-8")).ids)
    met = set()
    for path in site.glob("*/index.html"):
        for link in Html(path.read_text("utf-8")).all("a"):
            page, _, part = str(link.get("href")).partition("#")
            if page == "../ordlista/index.html" and part:
                assert part in there, (path.parent.name, words_of(link))
                met.add(part)
    _, meta = get_data(Path(ROOT / "docs" / glossary.PAGE).read_text("utf-8"))
    assert met >= set(meta[glossary.KEY])


def test_easy_pages_and_the_glossary_itself_are_left_alone(tmp_path_factory: pytest.TempPathFactory) -> None:
    site = built_site(tmp_path_factory)
    easy = list(site.glob("*-lattlast/index.html"))
    assert easy
    for path in (site / "ordlista" / "index.html", *easy):
        (text,) = Html(path.read_text("utf-8")).with_class("ip-text")
        assert [a for a in text.iter("a") if "ordlista/index.html#" in str(a.get("href"))] == []
