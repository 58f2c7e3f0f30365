"""markdown_body.py: what a reader meets of what Markdown made, and that what cannot be mended is told."""

from __future__ import annotations

import re

import pytest

from ipsite.markdown_body import finish_content
from ipsite.page import PageError, finish_body

TABLE = (
    "<table><thead><tr><th>Vem</th><th>Vad</th></tr></thead><tbody><tr><td>Jag</td><td>Tar</td></tr></tbody></table>"
)


def test_a_void_tag_loses_its_slash_and_keeps_its_attributes() -> None:
    assert finish_content('<p>a<br />b <img alt="x > y" src="b.png" /></p>') == (
        '<p>a<br>\nb <img alt="x > y" src="b.png"></p>'
    )


def test_what_is_typed_has_its_short_words_whole_and_is_otherwise_as_it_was() -> None:
    html = finish_content("<p>a-b</p><pre><code>ipsite pdf --list\n# a&lt;b</code></pre><p><code>a</code>-b</p>")
    assert html == (
        '<p>a-b</p><pre><code>ipsite pdf <span class="ip-whole">--list</span>\n# a&lt;b</code></pre>'
        "<p><code>a</code>-b</p>"
    )


def test_a_table_is_named_after_the_heading_above_it_and_takes_focus() -> None:
    html = finish_content(f'<h2 id="x">Vem <em>gör</em> vad &amp; när</h2>{TABLE}')
    (section,) = re.findall(r"<section ([^>]*)><table>", html)
    assert 'aria-label="Tabell: Vem gör vad &amp; när"' in section
    assert 'tabindex="0"' in section
    assert html.count('<th scope="col">') == 2


def test_two_tables_under_one_heading_get_different_names() -> None:
    labels = re.findall(r'aria-label="([^"]*)"', finish_content(f"<h2>Tider</h2>{TABLE}{TABLE}"))
    assert labels == ["Tabell: Tider", "Tabell: Tider (2)"]


def test_a_table_without_a_heading_still_has_a_name() -> None:
    assert 'aria-label="Tabell"' in finish_content(TABLE)


def test_an_empty_corner_cell_is_no_heading() -> None:
    html = finish_content("<table><tr><th></th><th>Vad</th></tr></table>")
    assert "<td></td>" in html
    assert html.count("<th ") == 1


def test_alignment_becomes_a_class_since_the_policy_forbids_style() -> None:
    html = finish_content(
        '<table><tr><th style="text-align: right;">Tid</th><td style="text-align: center;">3</td>'
        '<td style="text-align: left;">4</td></tr></table>'
    )
    assert "style=" not in html
    assert 'class="ip-right">Tid' in html
    assert 'class="ip-center">3' in html
    assert "<td>4" in html


def test_each_cell_names_its_column_for_narrow_screens() -> None:
    html = finish_content(TABLE)
    assert '<td data-ip-column="Vad:">Tar</td>' in html


def test_no_colon_follows_a_column_that_is_a_question() -> None:
    assert '<td data-ip-column="Hur gick det?">' in finish_content(TABLE.replace("Vad", "Hur gick det?"))


@pytest.mark.parametrize("first", ["Jag", "<strong>Jag</strong>"])
def test_the_first_cell_heads_its_row(first: str) -> None:
    html = finish_content(TABLE.replace("Jag", first))
    assert '<tr><th scope="row">Jag</th>\n<td data-ip-column="Vad:">Tar</td></tr>' in html


def notice(kind: str, title: str) -> str:
    return f'<div class="admonition {kind}">\n<p class="admonition-title">{title}</p>\n<p>Hej</p></div>'


@pytest.mark.parametrize(("kind", "title"), [("note", "Bra att veta"), ("warning", "Viktigt")])
def test_a_notice_without_a_title_gets_a_swedish_one(kind: str, title: str) -> None:
    assert finish_content(notice(kind, kind.capitalize())) == notice(kind, title)


def test_a_notice_keeps_the_title_it_was_given() -> None:
    assert finish_content(notice("note", "Obs")) == notice("note", "Obs")


@pytest.mark.parametrize(("mark", "words"), [(" ", "Inte klart:"), ("x", "Klart:"), ("X", "Klart:")])
def test_a_task_says_in_words_whether_it_is_done(mark: str, words: str) -> None:
    html = finish_content(f"<ul><li>[{mark}] Ring</li></ul>")
    assert re.sub("<[^>]+>", "", html) == f"{words} Ring"


def test_a_footnote_speaks_swedish_both_ways() -> None:
    html = finish_content(
        '<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup><a class="footnote-backref" '
        'href="#fnref:1" title="Jump back to footnote 1 in the text">&#8617;</a>'
    )
    assert "Jump" not in html
    assert 'aria-label="Not 1">1</a>' in html
    assert ">Tillbaka till texten</a>" in html


def test_a_body_of_our_own_templates_passes_unharmed() -> None:
    body = (
        '<section class="ip-goal" aria-labelledby="m1"><h2 id="m1">Mål</h2><table class="ip-measures"><caption>Insatser'
        '</caption><tr><th scope="row">Ledsagning</th><td>Ja</td></tr></table>'
        '<ul><li class="ip-x">[Alva] säger</li></ul>'
        '<svg role="img" aria-labelledby="t"><title id="t">Min karta</title></svg></section>'
    )
    assert finish_content(body) == body
    assert finish_body(body) == body


@pytest.mark.parametrize(
    ("html", "missed"),
    [
        ("<table><tr><td>slutar aldrig", "En tabell"),
        (f"<h2>{TABLE}</h2>", "En tabell"),
        ('<p style="text-align: right;">utanför</p>', "En tabell"),
        ('<ul><li><input type="checkbox" disabled> Ring</li></ul>', "Ett tillägg har gjort kryssrutor"),
        (notice("bug", "Bug"), "Ge rutan en rubrik på svenska: «!!! bug "),
    ],
)
def test_what_could_not_be_mended_in_a_body_is_told(html: str, missed: str) -> None:
    with pytest.raises(PageError, match=rf"^{missed}"):
        finish_content(html)
