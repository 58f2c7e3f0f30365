"""frame.py: a page in a frame that was rendered with marks and cut is the page that the theme would have rendered."""

from __future__ import annotations

import html as entities

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment

from ipsite.artifact import Heading, Page
from ipsite.frame import FrameError, Key, Marks, cut, fill, key_of

MARKS = Marks("ip0123456789abcdef")
URL = f"planer/{MARKS['folder0']}/"
THEME = """<title>{{ title | striptags | e }} – {{ site }}</title><meta content="{{ description | e }}">
{% if site %}<link href="https://example.com/{{ url | e }}">{% endif %}
<span>{{ title | striptags | e }}</span>{% if toc | length > 2 %}<ul>
{%- for heading in toc %}
  <li><a href="#{{ heading.id }}">{{ heading.title | striptags | e }}</a></li>
{%- endfor %}
</ul>{% endif %}{{ body }}<p>$1 \\1 {0}</p>"""  # S105: no secret
RENDER = Environment(autoescape=False).from_string(THEME)  # as MkDocs' own


def rendered(page: Page, url: str, body: str, site: str) -> str:
    """What the theme makes of a page when it is given to it as MkDocs gives it."""
    toc = [Heading(entities.escape(heading.title), heading.id) for heading in page.headings]
    title = entities.escape(page.title)
    return RENDER.render(title=title, description=page.description, url=url, toc=toc, body=body, site=site)


def framed(page: Page, url: str, body: str, site: str = "Planer") -> str:
    """The same by a frame."""
    key = key_of(url, page, ["planer/"])
    headings = MARKS.headings if key.contents else ()
    marked = Page("", MARKS["title"], MARKS["description"] if key.description else "", "", headings)
    return fill(cut(rendered(marked, URL, MARKS.body, site), MARKS, URL, key), page, url, body)


HOSTILE = ["å ä ö Å", "A & B &amp; &lt;i&gt;", "'en' \"två\" `tre`", r"$1 \1 \g<0> {0} %s {{ x }}", "<b>fet</b>",
           "  två \n rader ", MARKS["title"], MARKS.body, URL, MARKS["id0"], "ipsite", "a\u00a0b"]  # fmt: skip
TEXT = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=20))
PAGES = st.builds(
    Page,
    st.just("planer/a"),
    TEXT,
    TEXT,
    TEXT,
    st.lists(st.builds(Heading, TEXT, st.sampled_from(["a", "mal-2", "id0"])), max_size=5).map(tuple),
)


@given(PAGES, st.sampled_from(["", "Planer", "A & B $1"]))
def test_a_filled_page_is_the_one_that_the_theme_would_have_made(page: Page, site: str) -> None:
    assert framed(page, "planer/a/", page.body, site) == rendered(page, "planer/a/", page.body, site)


def test_a_difference_in_the_filling_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ipsite.frame.escaped", entities.escape)
    page = Page("planer/a", "'en'", "", "", ())
    assert framed(page, "planer/a/", "") != rendered(page, "planer/a/", "", "Planer")


@pytest.mark.parametrize("title", [MARKS["title"], MARKS.body, MARKS["id0"], MARKS.word])
def test_a_title_that_is_a_mark_stands_as_it_was_written(title: str) -> None:
    made = framed(Page("planer/a", title, "", "", ()), "planer/a/", title)
    assert made.count(entities.escape(title)) == (3 if entities.escape(title) == title else 2)


KEY = Key(2, "planer/", contents=False, description=False)
WITH_LIST = Key(2, "planer/", contents=True, description=False)
LIST = "".join(f"<a href=#{heading.id}>{heading.title}</a>;" for heading in MARKS.headings)


@pytest.mark.parametrize(
    ("html", "key"),
    [
        ("<p></p>", KEY),
        (MARKS.body * 2, KEY),
        (MARKS.body + MARKS["title"].upper(), KEY),
        (MARKS.body + MARKS["title"][:-3], KEY),
        (MARKS.body, WITH_LIST),
        (LIST + MARKS.body, KEY),
        (LIST + LIST + MARKS.body, WITH_LIST),
        (LIST.replace(";", "/", 1) + MARKS.body, WITH_LIST),
        (LIST.replace(MARKS["heading1"], "x") + MARKS.body, WITH_LIST),
    ],
    ids=["no body", "two bodies", "a mark in capitals", "half a mark", "no list", "an unwanted list", "two lists",
         "parts that differ", "a heading lost"],
)  # fmt: skip
def test_a_theme_that_does_something_else_with_the_marks_is_told(html: str, key: Key) -> None:
    with pytest.raises(FrameError, match=r"^Temat Material, eller MkDocs, "):
        cut(html, MARKS, URL, key)


def test_a_page_belongs_to_the_nearest_page_of_the_menu_above_it() -> None:
    page = Page("planer/alva/ip", "T", "", "", ())
    assert key_of("planer/alva/ip/", page, ["planer/", "planer/alva/", "regler/"]).under == "planer/alva/"
    assert key_of("planer/alva/ip/", page, ["planera/", "regler/"]) == Key(3, "", contents=False, description=False)
    assert key_of("planer/alva/ip/", page, ["planer/"], {"planer/alva/ip"}).own == "planer/alva/ip"
