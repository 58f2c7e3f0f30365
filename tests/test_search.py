"""search.py: what the search page looks in, found in our own bodies just as Material finds it in any page."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from material.plugins.search.plugin import Parser, SearchIndex
from site_helpers import searched

from ipsite.artifact import Page
from ipsite.markdown_body import finish_content
from ipsite.search import Part, SearchError, in_order, parts_of_index, parts_of_page
from ipsite.search_files import lines, texts


def found(*parts: Part) -> list[dict[str, str]]:
    """What the search page reads."""
    return searched(texts([lines(parts)]))


def indexed(docs: list[dict[str, Any]]) -> list[dict[str, str]]:
    return found(*parts_of_index(json.dumps({"config": {"lang": ["sv"]}, "docs": docs})))


def test_texts_are_in_the_order_of_the_menu_with_each_lattlast_text_after_its_twin() -> None:
    files = ["a", "b-lattlast", "b", "c", "index-lattlast"]
    parts = [Part("index.html", "Start", "")]
    parts += [Part(f"{name}/index.html{place}", name, "") for name in files for place in ("", "#x")]
    found = in_order(parts, {"": "Om allt", "b/": "Om b", "a/": "", "b-lattlast/": "Lätt om b"})
    names = [part.location.replace("/index.html", "") for part in found]
    assert names == ["index.html", "index-lattlast", "index-lattlast#x", "b", "b#x", "b-lattlast", "b-lattlast#x", "a",
                     "a#x", "c", "c#x"]  # fmt: skip
    assert [(part.location, part.summary) for part in found if part.summary] == [
        ("index.html", "Om allt"),
        ("b/index.html", "Om b"),
        ("b-lattlast/index.html", "Lätt om b"),
    ]
    plain = in_order([Part("b-lattlast.html", "", ""), Part("b.html", "", "")], {"b.html": ""})
    assert [part.location for part in plain] == ["b.html", "b-lattlast.html"]


class SpacedParser(Parser):  # type: ignore[misc]
    """Material's own reading of a page, with a space at a break and between cells, where it glues words together."""

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag in ("br", "td", "th"):
            self.handle_data(" ")
        super().handle_starttag(tag, attrs)


def as_material_would(page: Page, url: str) -> list[dict[str, str]]:
    """The entries for a page as Material's plugin makes them."""

    given = SimpleNamespace(meta={"title": page.title}, title="")
    index = SearchIndex(lang=["sv"], separator=" ", pipeline=[], fields={})
    parser = SpacedParser()
    parser.feed(page.body)
    parser.close()
    for section in parser.data:
        index.create_entry_for_section(section, (), url, given)
    return indexed(index.entries)


WORDS = st.sampled_from(["Mål", "a &amp; b", "&lt;b&gt;", "två\nrader", "  ", "x", "&#39;y&#39;", "ord", "slut."])
TEXT = st.lists(WORDS, min_size=1, max_size=4).map("".join)
LINE = st.one_of(
    TEXT, TEXT.map("<strong>{}</strong>".format), TEXT.map("a<br>{}".format), TEXT.map("<code>{}</code>".format)
)
PARAGRAPHS = st.sampled_from(
    [
        "<p>{}</p>\n",
        "<ul>\n<li>{}</li>\n</ul>\n",
        "<table><tr><th>{}</th><td>x</td><td>y</td></tr></table>\n",
        '<p><img src="a" alt="b">{}</p>\n',
        "<blockquote><p>{}</p></blockquote>\n",
    ]
)
BLOCK = st.builds(lambda form, line: form.format(line), PARAGRAPHS, LINE)


def section(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    form = '<section class="a">\n<h{0} id="r{0}">{1}</h{0}>\n{2}</section>\n{3}'
    return st.builds(form.format, st.integers(2, 5), TEXT, st.lists(inner, max_size=3).map("".join), BLOCK)


BODY = st.lists(st.recursive(BLOCK, section, max_leaves=8), max_size=5).map("".join)


@given(BODY, st.sampled_from(["<h1>{}</h1>\n", '<h1 id="t">{}</h1>\n', "{}"]), TEXT)
def test_our_bodies_are_read_as_material_reads_them(body: str, heading: str, title: str) -> None:
    page = Page("planer/a", "Titel & «så»", "", f'<div class="ip-plan">\n{heading.format(title)}{body}</div>\n', ())
    assert found(*parts_of_page(page, "planer/a/")) == as_material_would(page, "planer/a/")


def test_words_after_a_section_belong_to_the_part_around_it() -> None:
    body = (
        '<div><p>Först.</p><section><h2 id="a">A</h2><section><h3 id="b">B</h3><p>b</p></section>a</section>sist</div>'
    )
    parts = found(*parts_of_page(Page("p", "Titel", "", body, ()), "p/"))
    assert [(part["location"], part["title"], part["text"]) for part in parts] == [
        ("p/index.html", "Titel", "Först. sist"),
        ("p/index.html#a", "A", "a"),
        ("p/index.html#b", "B", "b"),
    ]


def test_the_cells_of_a_table_are_words_apart() -> None:
    head, row = ("<tr>\n<th>Nr</th>\n<th>Insats</th>\n</tr>", "<tr>\n<td>9</td>\n<td>Bostad</td>\n</tr>")
    table = f"<table>\n<thead>\n{head}\n</thead>\n<tbody>\n{row}\n</tbody>\n</table>"
    ours = parts_of_page(Page("p", "Titel", "", table.replace("\n", ""), ()), "p/")
    index = SearchIndex(lang=["sv"], separator=" ", pipeline=[], fields={})
    parser = Parser()
    parser.feed(finish_content(table))
    (section,) = parser.data
    index.create_entry_for_section(section, (), "p/", SimpleNamespace(meta={}, title="Titel"))
    theirs = indexed(index.entries)
    assert found(*ours)[0]["text"].split() == ["Nr", "Insats", "9", "Bostad"]
    assert theirs[0]["text"].split() == ["Nr", "Insats", "9", "Bostad"]


def test_the_index_becomes_a_script_of_plain_words() -> None:
    text = "<p>Boendet är <em>m</em>itt.</p><ul><li>Ett</li></ul>"
    assert indexed([{"location": "a/#b", "title": "Mål &amp; mening", "text": text, "tags": []}]) == [
        {"location": "a/index.html#b", "title": "Mål & mening", "text": "Boendet är mitt. Ett"}
    ]


def test_a_word_that_may_be_broken_is_found_whole() -> None:
    broken = "Tillgänglighets&shy;redogörelse"
    (part,) = indexed([{"location": "a/", "title": broken, "text": f"<p>{broken}</p>"}])
    assert part["title"] == part["text"] == "Tillgänglighetsredogörelse"


def test_a_lattlast_page_is_told_from_its_twin_in_the_list_of_hits() -> None:
    easy = ("motet-lattlast/", "motet-lattlast.html", "index-lattlast/")
    others = ("motet/", "motet-lattlast/#fore", "index-lattlast/#fore", "motet-lattlast/bilaga/")
    shown = indexed([{"location": place, "title": "Mötet", "text": ""} for place in (*easy, *others)])
    assert [doc["title"] for doc in shown] == ["Mötet – lättläst"] * len(easy) + ["Mötet"] * len(others)


@pytest.mark.parametrize("text", ["", "{}", '{"docs": 1}', '{"docs": [{"title": "x"}]}'])
def test_an_index_of_another_shape_is_told(text: str) -> None:
    with pytest.raises(SearchError, match=r"^Temat Material, eller MkDocs, .* \(the search index: "):
        list(parts_of_index(text))
