"""page.py: what a reader meets after the mending, and that a mending which misses is told."""

import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ipsite import page as finishing
from ipsite.page import POLICY, PageError, finish_body, finish_content, finish_page

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


# --- bodies -----------------------------------------------------------------------------------------------------------

TABLE = (
    "<table><thead><tr><th>Vem</th><th>Vad</th></tr></thead><tbody><tr><td>Jag</td><td>Tar</td></tr></tbody></table>"
)


def test_a_void_tag_loses_its_slash_and_keeps_its_attributes() -> None:
    assert finish_content('<p>a<br />b <img alt="x > y" src="b.png" /></p>') == (
        '<p>a<br>b <img alt="x > y" src="b.png"></p>'
    )


def test_a_table_is_named_after_the_heading_above_it_and_takes_focus() -> None:
    html = finish_content(f'<h2 id="x">Vem <em>gör</em> vad &amp; när</h2>{TABLE}')
    section = found(r"<section ([^>]*)><table>", html)
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


def test_a_link_alone_in_its_item_is_a_target_of_full_size() -> None:
    items = '<li><a href="a">A</a></li><li>Se <a href="b">B</a></li><li><p><a href="c">C</a>.</p></li>'
    html = finish_page(page(f"<ul>{items}</ul>"))
    assert re.findall(r'<a class="ip-lone" href="(.)"', html) == ["a", "c"]
    assert ">C.</a></p>" in html  # a stop after it could get a line of its own


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
    assert body in finish_page(page(body))


@pytest.mark.parametrize(
    ("html", "missed"),
    [
        ("<table><tr><td>slutar aldrig", "table"),
        (f"<h2>{TABLE}</h2>", "table"),
        ('<p style="text-align: right;">utanför</p>', "table"),
        ('<ul><li><input type="checkbox" disabled> Ring</li></ul>', "task list"),
        (notice("bug", "Bug"), "notice"),
    ],
)
def test_what_could_not_be_mended_in_a_body_is_told(html: str, missed: str) -> None:
    with pytest.raises(PageError, match=rf"^{missed}"):
        finish_content(html)


# --- pages ------------------------------------------------------------------------------------------------------------


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
    with pytest.raises(PageError, match=rf"^{name}: expected"):
        finish_page(page().replace(CANARIES[name], ""))


def test_something_found_twice_stops_the_build_too() -> None:
    with pytest.raises(PageError, match=r"^main: expected 1 .* found 2"):
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
    with pytest.raises(PageError, match=r"^inline"):
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
    with pytest.raises(PageError, match=r"^other host"):
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
    with pytest.raises(PageError, match="inline"):
        finish_body('<p style="color: red">x</p>')


# --- the tokens beside it ---------------------------------------------------------------------------------------------


def test_the_name_of_where_one_is_can_stand_on_two_lines_of_a_phone_as_a_text_does() -> None:
    """The links before it are as high as a finger needs; the name is none, and its lines belong together."""
    rules = dict(re.findall(r"\n(\.ip-path__list[^{]*) {([^}]*)}", (ASSETS / "site.css").read_text("utf-8")))
    assert "line-height: var(--ip-target)" in rules[".ip-path__list :is(a, span)"]
    assert "line-height: var(--ip-leading-tight)" in rules[".ip-path__list span"]


def test_every_template_of_the_theme_says_which_fault_it_mends() -> None:
    """Or that it is ours alone: who meets a new version of Material must know why each is there."""
    templates = sorted(ASSETS.parents[1].rglob("*.html"))
    assert len(templates) > 10
    begins = {path.name: path.read_text("utf-8") for path in templates}
    assert [name for name, text in begins.items() if not re.match(r"\{#- (?:Mends|Ours alone)[:;]? \w", text)] == []


@pytest.mark.parametrize("sheet", [ASSETS / "site.css", ASSETS / "plan.css", PAPER], ids=lambda path: path.name)
def test_no_colour_is_told_but_in_the_tokens(sheet: Path) -> None:
    css = re.sub(r"/\*.*?\*/", "", sheet.read_text("utf-8"), flags=re.DOTALL)
    assert re.findall(r"[\s:(,]#[0-9a-f]{3,8}\b(?=[^{}]*})|\b(?:rgb|hsl|oklch|oklab|lab|lch)a?\(", css) == []
    assert re.search(r"color: var\(--ip-", css)


def schemes() -> dict[str, dict[str, str]]:
    css = (ASSETS / "tokens.css").read_text("utf-8")
    light = dict(re.findall(r"--ip-([\w-]+): (#[0-9a-f]{6});", css.split("@font-face")[0]))
    pairs = re.findall(r"--ip-([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);", css)
    assert {name: value for name, value, _ in pairs} == light, "paper and screen must share the light scheme"
    return {"light": light, "dark": {name: value for name, _, value in pairs}}


def contrast(one: str, other: str) -> float:
    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


WHO = ("kommun", "region", "andra", "nara")
INKS = ("ink", "ink-soft", "action", "action-strong", "warning", *(f"{who}-ink" for who in WHO))
GROUNDS = ("ground", "surface", "shade", "action-surface", "sun-surface")
READ = [
    *((ink, ground) for ink in INKS for ground in GROUNDS),
    *((ink, f"{who}-surface") for who in WHO for ink in (f"{who}-ink", "ink", "ink-soft")),
    *((ink, "warning-surface") for ink in ("ink", "warning")),
    ("on-action", "action-fill"),
    ("on-action", "action-fill-strong"),
    ("on-sun", "sun"),
]
SEEN = [*(("line-strong", ground) for ground in GROUNDS[:3]), ("focus-inner", "focus-outer")]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_reaches_7_to_1_and_all_edges_3_to_1(scheme: str) -> None:
    colours = schemes()[scheme]
    measured = {(a, b): contrast(colours[a], colours[b]) for a, b in READ + SEEN}
    weak = {pair: round(value, 2) for pair, value in measured.items() if value < (3 if pair in SEEN else 7)}
    assert not weak


def test_a_paper_that_is_printed_without_colour_can_be_read() -> None:
    """Contrast is what is left of colours on a printer with black alone."""
    printed = (ASSETS / "tokens.css").read_text("utf-8").split("@media print")[1]
    colours = schemes()["light"] | dict(re.findall(r"--ip-([\w-]+): (#[0-9a-f]{6});", printed))
    css = PAPER.read_text("utf-8")
    grounds = {"ground", *re.findall(r"background: var\(--ip-([\w-]+)\)", css)}
    inks = set(re.findall(r"[{; ]color: var\(--ip-([\w-]+)\)", css))
    edges = set(re.findall(r"border[\w-]*: [^;}]*var\(--ip-([\w-]+)\)", css)) - {"sun"}  # the mark of own words
    assert {"ink", "ink-soft"} <= inks
    assert "line-strong" in edges
    measured = {(ink, ground): contrast(colours[ink], colours[ground]) for ground in grounds for ink in inks | edges}
    assert not {pair: round(value, 2) for pair, value in measured.items() if value < (7 if pair[0] in inks else 3)}


def test_contrast_itself_can_tell() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") < 4.5 < contrast("#767676", "#ffffff")
