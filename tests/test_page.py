"""page.py: what a reader meets after the mending, and that a mending which misses is told."""

import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ipsite import page as finishing
from ipsite.page import POLICY, PageError, finish_body, finish_page

ASSETS = Path(__file__).parents[1] / "ipsite" / "theme" / "assets" / "ipsite"
PAPER = ASSETS.parents[2] / "paper" / "paper.css"

FRAME = """<!doctype html>
<html lang="sv" class="no-js">
  <head>
    <meta charset="utf-8">
    <title>Sida</title>
    <script src="assets/ipsite/site.js"></script>
  </head>
  <body dir="ltr">
    <input class="md-toggle" data-md-toggle="drawer" type="checkbox" id="__drawer" autocomplete="off">
    <input class="md-toggle" data-md-toggle="search" type="checkbox" id="__search" autocomplete="off">
    <label class="md-overlay" for="__drawer"></label>
    <div data-md-component="skip">
        <a href="#rubrik" class="md-skip">Gå till innehållet</a>
    </div>
    <div data-md-component="announce">
    </div>
    <main class="md-main" data-md-component="main">
      BODY
    </main>
    <div class="md-dialog" data-md-component="dialog">
      <div class="md-dialog__inner md-typeset"></div>
    </div>
  </body>
</html>"""


def found(pattern: str, text: str) -> str:
    """What the first group of `pattern` matches in `text`."""
    match = re.search(pattern, text, re.DOTALL)
    assert match, f"{pattern} is not in the text"
    return str(match[1])


def page(body: str = "<h1>Hej</h1>") -> str:
    return FRAME.replace("BODY", body)


# --- pages ------------------------------------------------------------------------------------------------------------


def test_a_link_alone_in_its_item_is_a_target_of_full_size() -> None:
    items = '<li><a href="a">A</a></li><li>Se <a href="b">B</a></li><li><p><a href="c">C</a>.</p></li>'
    html = finish_page(page(f"<ul>{items}</ul>"))
    assert re.findall(r'<a class="ip-lone" href="(.)"', html) == ["a", "c"]
    assert ">C.</a></p>" in html  # a stop after it could get a line of its own


def test_the_skip_link_comes_first_and_leads_to_main() -> None:
    html = finish_page(page())
    target = found(r'<a class="ip-skip__link" href="#([^"]+)">', html)
    assert re.search(rf'<main [^>]*id="{target}" tabindex="-1"', html)
    assert re.search(r"<body[^>]*>\s*<nav class=\"ip-skip\"", html)


def test_nothing_is_left_of_the_check_boxes_the_overlay_and_the_dialog() -> None:
    html = finish_page(page())
    assert not re.search(r"<input|<label|md-dialog|announce", html)


def test_the_policy_stands_before_anything_it_should_govern() -> None:
    html = finish_page(page())
    assert html.count(POLICY) == 1
    assert html.index("Content-Security-Policy") < html.index("<script")


def test_the_preview_server_gets_the_same_page_without_the_policy() -> None:
    assert finish_page(page(), live=True) == re.sub(r"\n *<meta http-equiv[^>]*>", "", finish_page(page()))


def test_an_icon_is_hidden_and_a_named_picture_is_not() -> None:
    html = finish_page(page('<svg viewBox="0 0 1 1"></svg><svg role="img" aria-label="Karta"></svg>'))
    assert '<svg aria-hidden="true" focusable="false" viewBox' in html
    assert '<svg role="img" aria-label="Karta">' in html


CANARIES = {
    "check boxes behind the labels": 'input class="md-toggle" data-md-toggle="search"',
    "overlay": '<label class="md-overlay" for="__drawer"></label>',
    "dialog": 'class="md-dialog"',
    "announcement": 'data-md-component="announce"',
    "skip link": 'data-md-component="skip"',
    "main": 'class="md-main"',
    "policy": '<meta charset="utf-8">',
}


@pytest.mark.parametrize("name", CANARIES)
def test_a_frame_that_has_changed_stops_the_build_and_names_what_was_missed(name: str) -> None:
    assert CANARIES[name] in page()
    with pytest.raises(PageError, match=rf"^Temat Material, eller MkDocs, .* «ipsite doctor», .* \({name}: expected"):
        finish_page(page().replace(CANARIES[name], ""))


def test_something_found_twice_stops_the_build_too() -> None:
    with pytest.raises(PageError, match=r"\(main: expected 1 .* found 2\)$"):
        finish_page(page('<main class="md-main">'))


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        '<script type="module">x</script>',
        '<script data-x="a src=b">x</script>',
        "<style>p{}</style>",
        '<p style="color: red">x</p>',
        "<p style=color:red>x</p>",
        '<p title="a > b" onclick="x()">y</p>',
        "<svg><STYLE>x</STYLE></svg>",
    ],
)
def test_inline_script_style_and_handlers_are_refused(body: str) -> None:
    with pytest.raises(PageError, match=r"^(?:«.*» på )?<.*> får inte stå i en sida"):
        finish_page(page(body))


@pytest.mark.parametrize(
    "body",
    [
        '<img alt="" src="https://example.se/a.png">',
        '<script src="//example.se/a.js"></script>',
        '<link rel="stylesheet" href="https://example.se/a.css">',
    ],
)
def test_nothing_may_be_fetched_from_another_host(body: str) -> None:
    with pytest.raises(PageError, match=r"^<.*> skulle hämtas från en annan webbplats"):
        finish_page(page(body))


@pytest.mark.parametrize(
    "body",
    [
        '<p>Skriv &lt;style&gt; eller style=&quot;x&quot; i texten: style="a" onclick="b"</p>',
        '<p title="style=1 onclick=2">x</p>',
        '<a href="https://example.se/">en länk dit</a>',
        '<link rel="canonical" href="https://example.se/">',
    ],
)
def test_words_about_code_and_links_to_other_sites_are_let_through(body: str) -> None:
    assert body in finish_page(page(body))


WRITTEN = st.lists(
    st.sampled_from(
        [
            *('<p class="a">', "<p ", ">", "</p>", "<img", "<svg", "<SCRIPT", "<style>", "<link", '"', "'", "=", "/"),
            *(" style", " STYLE =", "style", " onclick", "on", 'sty""le=', " src=", " data", ' href="', ' class="x"'),
            *(
                "//a",
                'title="a src=//b"',
                ' title=" data="',
                "https:",
                "text",
                " ",
                "\n",
                "å",
                'xmlns="http://www.w3.org/2000/svg"',
                "x=y",
                '="',
                '"=',
                "<",
            ),
        ]
    ),
    max_size=25,
).map("".join)


@given(WRITTEN)
@example('<p class="a">="</p><p style=x>"</p>')
@example('<p class="a" style="x">')
@example('<p class="a"/style=x title="">')
@example('<p title="a src=//b">')
@example('<p title="a src="//b>')
def test_what_is_seen_at_once_to_be_harmless_is_harmless_when_looked_at_closely(html: str) -> None:
    if finishing._is_plain(html):
        finishing._refuse_forbidden(html)


def test_a_plan_and_its_drawings_are_seen_at_once_to_be_harmless() -> None:
    drawn = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><text x="1" y="1">Å “a”</text></svg>'
    body = f'<h1 id="a">Plan</h1><p><img src="a.png" alt="Bo"><a href="#a">Länk</a> &#34;ord&#34;</p>{drawn}'
    assert finishing._is_plain(body)
    assert not finishing._is_plain(body.replace("a.png", "//a.png"))


def test_a_lattlast_page_that_does_not_exist_stops_the_build() -> None:
    with pytest.raises(PageError, match=r"saknas\.md"):
        finish_page(page('<a href="#" data-ip-missing="saknas.md">Läs på lättläst</a>'))


# --- bodies that go into a finished frame ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        '<p><a href="../annan/">Annan</a></p><ul><li><a href="x/#y">X</a>.</li></ul><svg viewBox="0 0 1 1"></svg>',
        "<h1>Å & ä</h1><p>$1 \\1 \\g<0></p>",
    ],
)
def test_a_body_mended_by_itself_is_the_body_of_the_mended_page(body: str) -> None:
    assert finish_page(page(body)) == finish_page(page("PLATS")).replace("PLATS", finish_body(body))


def test_a_body_is_refused_for_what_a_page_is_refused_for() -> None:
    with pytest.raises(PageError, match="«style» på <p> får inte stå"):
        finish_body('<p style="color: red">x</p>')
