"""render/: HTML that says what the view holds, in the right elements, with everything escaped."""

from __future__ import annotations

import ast
import dataclasses
import inspect
import re
import sys
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jinja2 import UndefinedError
from site_helpers import KINDS, ROOT, TODAY, Html, every_field, overviews, put, read_plan, smallest, words_of

from ipsite.render import environment as environment_module
from ipsite.render import html
from ipsite.render.environment import environment, fill
from ipsite.views import blocks
from ipsite.views.blocks import Bullets, Document, Fact, Links, Notice, Section, Signature, Table, Text, Words
from ipsite.views.download import Download
from ipsite.views.drawing import Drawing, Figure, label
from ipsite.views.overview import Overview
from ipsite.views.plan import document

Show = Callable[..., Html]


def page_of(*parts: blocks.Block, title: str = "Alvas plan", downloads: tuple[Download, ...] = ()) -> Html:
    sections = (Section("del", "Del", parts),)
    made = Document("id", "Slag", title, (), sections, "Alva", "Version", "Utskriven", "Om planen")
    return Html(html.plan_page(made, downloads))


@pytest.fixture(scope="session", params=KINDS)
def full_page(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Html:
    """The page of a plan that fills every field, of each kind."""
    plan = read_plan(tmp_path_factory.mktemp("plan"), every_field(request.param)[0])
    shown = blocks.Picture("bild.png", "En gitarr", 40, 30)
    return Html(html.plan_page(document(plan, TODAY, shown), (Download("plan.pdf", "Hämta planen som PDF (9 kB)"),)))


# --- What a page is made of ---------------------------------------------------------------------------------------


def test_a_page_has_one_main_heading_and_no_level_is_jumped(full_page: Html) -> None:
    levels = [level for level, _ in full_page.headings]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert max(levels) <= 4


def test_no_heading_is_empty_and_each_below_the_first_can_be_linked_to(full_page: Html) -> None:
    below = list(full_page.all("h2", "h3", "h4"))
    assert below
    for node in below:
        assert words_of(node)
        assert re.fullmatch(r"[a-z0-9-]+", node.get("id", ""))


def test_every_id_of_a_page_is_its_own(full_page: Html) -> None:
    assert len(full_page.ids) == len(set(full_page.ids))


def test_every_part_is_named_by_its_heading(full_page: Html) -> None:
    named = [node for node in full_page.all("section") if "aria-labelledby" in node.attrib]
    assert len(named) == len([level for level, _ in full_page.headings if level == 2])
    assert {node.get("aria-labelledby", "") for node in named} <= set(full_page.ids)


def test_every_table_has_heads_for_its_columns_and_rows_and_the_same_number_of_cells(full_page: Html) -> None:
    tables = list(full_page.all("table"))
    assert len(tables) > 3
    for table in tables:
        heads = table.findall("./thead/tr/th")
        assert {node.get("scope") for node in heads} == {"col"}
        assert all(words_of(node) for node in heads)
        for row in table.findall("./tbody/tr"):
            assert [cell.tag for cell in row] == ["th", *["td"] * (len(heads) - 1)]
            assert row[0].get("scope") == "row"
            assert words_of(row[0])


def test_a_page_has_no_style_script_or_handler_inside_it(full_page: Html) -> None:
    for node in full_page.root.iter():
        assert node.tag not in ("style", "script", "iframe", "form", "input", "object")
        assert not [name for name in node.attrib if name == "style" or name.startswith("on")]


def test_a_picture_has_words_and_its_size(full_page: Html) -> None:
    assert [image.attrib for image in full_page.all("img")] == [
        {"src": "bild.png", "alt": "En gitarr", "width": "40", "height": "30"}
    ]


def test_what_is_said_twice_for_narrow_screens_is_hidden_from_those_who_listen(full_page: Html) -> None:
    labels = full_page.with_class("ip-plan-table__label")
    assert labels
    assert {node.get("aria-hidden") for node in labels} == {"true"}


# --- The blocks ---------------------------------------------------------------------------------------------------

SHOWN: list[tuple[blocks.Block, str]] = [
    (Text((("rad ett", "rad två"), ("stycke",))), "rad ett rad två stycke"),
    (Words("Med mina ord", (("En dörr.",),)), "Med mina ord En dörr."),
    (Fact("Område", ("boende",)), "Område: boende"),
    (Bullets("Viktigt", (("musik",), ("kaffe", "te"))), "Viktigt musik kaffe te"),
    (
        Table("Rubrik", ("Vem", "Vad"), ((("Alva", "jag"), ("ringer", "sen")),)),
        "Rubrik Vem Vad Alva jag Vad: ringer sen",
    ),
    (blocks.Code("vem: jag\n  vad: 1"), "vem: jag vad: 1"),
    (
        blocks.Quote((("Planen ska omprövas.",),), ("10 § LSS",), "https://example.com/"),
        "Planen ska omprövas. 10 § LSS Läs hela texten hos källan",
    ),
    (blocks.Links((("a/", "Till a"), ("b/", "Till b"))), "Till a Till b"),
    (blocks.Cards((Section("x", "Ett", ()), Section("y", "Två", (), card=True, look="late", link="y/"))), "Ett Två"),
    (blocks.Folded("Visa mer", (Fact("a", ("b",)),)), "Visa mer a: b"),
    (Figure("En karta.", (Drawing("wide", 90.0, 30.0, (label("Alva", 0, 20, 18, 90),)),)), "En karta."),
    (Notice(("Påhittad.", "Helt.")), "Påhittad. Helt."),
    (blocks.Picture("b.png", "En bild", 1, 2), "En bild"),
    (blocks.Checks("Svar", (("Ja", False), ("Nej", True)), beside=True), "Svar ☐ Ja ☒ Nej"),
    (blocks.Checks("", (("Karin", False),)), "☐ Karin"),
    (blocks.Writing("Anteckningar", 2), "Anteckningar"),
    (blocks.Grid("Punkter", ("Nr", "Vad"), 2), "Punkter Nr Vad 1 2"),
    (Signature("Alva Lind", "jag själv", "Undertecknad i dag"), "Undertecknad i dag Alva Lind, jag själv"),
    (
        Section("x", "Inre", (Fact("a", ("b",)),), tags=("Privat", "Pågår"), party="nära"),
        "Inre Nära mig Privat Pågår a: b",
    ),
]


@pytest.mark.parametrize(("block", "said"), SHOWN, ids=[block.kind for block, _ in SHOWN])
def test_a_block_says_all_that_it_holds(block: blocks.Block, said: str) -> None:
    assert words_of(page_of(block).section("Del")) == f"Del {said}"


def test_every_kind_of_block_is_shown_above() -> None:
    assert {type(block) for block, _ in SHOWN} == set(get_args(blocks.Block))


@pytest.mark.parametrize("party", ["kommun", "region", "annan", "nära"])
def test_who_answers_for_something_is_said_in_words_and_not_by_colour_alone(party: str) -> None:
    (node,) = page_of(Section("x", "Inre", (), party=party)).with_class("ip-plan-party")
    assert words_of(node)


@pytest.mark.parametrize(
    "block",
    [
        Text((("Den 2 mars 2026 & <b>",),)),
        Fact("När", ("Den 2 mars 2026",)),
        Links((("#plats", "Den 2 mars 2026"),)),
        Bullets("", (("något", "Den 2 mars 2026"),)),
        Table("", ("Vad", "När"), ((("något",), ("Den 2 mars 2026",)),)),
        Table("", ("När", "Vad"), ((("Den 2 mars 2026",), ("något",)),)),
        Section("id", "Den 2 mars 2026", ()),
        Notice(("Den 2 mars 2026",)),
        Signature("Vera", "jag själv", "Den 2 mars 2026"),
    ],
    ids=lambda block: type(block).__name__,
)
def test_no_line_is_broken_inside_a_day(block: blocks.Block) -> None:
    """By a hard space and not by a tag, at which some screen readers stop. A column may be too narrow for the year."""
    made = html.plan_page(
        Document("id", "Slag", "Plan", (), (Section("del", "Del", (block,)),), "Alva", "", "", ""), ()
    )
    year = " 2026" if isinstance(block, Table) else "\N{NO-BREAK SPACE}2026"
    assert f"Den 2\N{NO-BREAK SPACE}mars{year}" in made


@pytest.mark.parametrize(
    "block", [Bullets("Den 2 mars 2026:", (("något",),)), Section("id", "Del", (), tags=("Den 2 mars 2026",))]
)
def test_in_a_label_the_year_stays_with_its_day(block: blocks.Block) -> None:
    (section,) = page_of(block).with_class("ip-plan-part")[:1]
    assert "Den 2\N{NO-BREAK SPACE}mars\N{NO-BREAK SPACE}2026" in "".join(section.itertext())


def test_lines_stay_as_the_writer_broke_them() -> None:
    (paragraph, *_) = page_of(Text((("ett", "två", "tre"),))).section("Del").findall("p")
    assert [child.tag for child in paragraph] == ["br", "br"]


VIEWS = (*get_args(blocks.Block), Document, Overview, Download, html.PlanPage)


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.__name__)
def test_a_template_uses_all_that_a_view_offers(view: type) -> None:
    writers = [*(ROOT / "ipsite" / "templates").glob("*.j2"), ROOT / "ipsite" / "render" / "svg.py"]
    templates = " ".join(path.read_text("utf-8") for path in writers)
    views = "".join(inspect.getsource(inspect.getmodule(view) or blocks).split("class ")[1:])
    offered = {item.name for item in dataclasses.fields(view)}
    unused = {name for name in offered if not re.search(rf"\.{name}\b", templates)}
    assert {name for name in unused if f"self.{name}" not in views and (view, name) not in NOT_SHOWN} == set()


NOT_SHOWN = {(Document, "id"), (Overview, "folder")}  # name the pages' folders, which the build reads


@pytest.mark.parametrize("words", ["view.nothing", "nothing", "view.document.sections[0].nothing"])
def test_a_name_that_a_view_does_not_have_is_an_error(words: str) -> None:
    template = environment().from_string("{{ " + words + " }}")
    with pytest.raises(UndefinedError):
        template.render(view=html.PlanPage(Document("", "", "", (), (Section("", "", ()),), "", "", "", ""), ()))


def test_escaping_is_on_for_every_template_whatever_it_is_called() -> None:
    assert environment().autoescape is True
    written = ast.parse(Path(environment_module.__file__).read_text("utf-8"))
    given = [node.value for node in ast.walk(written) if isinstance(node, ast.keyword) and node.arg == "autoescape"]
    assert [isinstance(node, ast.Constant) and node.value is True for node in given] == [True]


# --- Hostile and odd text -----------------------------------------------------------------------------------------

HOSTILE = {
    "a script": "<script>alert(1)</script>",
    "an end of the page": "</main></body></html><h1>",
    "a picture with a handler": '"><img src=x onerror="alert(1)">',
    "a template": "{{ view.document }} {% for x in y %} {# z #}",
    "Markdown": "**fet** _kursiv_ [klicka](javascript:alert(1)) ![](http://example.com/x.png) # Rubrik",
    "an entity": "&lt;b&gt; &amp; &#x27; &nbsp;",
    "quotes": "\"'`´”’",
    "a word without end": "x" * 400,
    "right to left": "שלום \u202eevil\u202c مرحبا",
    "signs outside the alphabet": "é ł ß Ж 日本 👩🏽\u200d🦽",
    "an HTML comment": "<!-- dold --> <![CDATA[x]]>",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("kind", KINDS)
def test_text_is_shown_as_it_was_written_in_every_field_and_makes_no_element(
    kind: str, text: str, tmp_path: Path
) -> None:
    data, words = every_field(kind)
    plain = show_plan(tmp_path, data)
    places = [way for way, word in words.items() if re.fullmatch(r"q\d+z", word)]
    for number, way in enumerate(places):  # two of the same name would be told of together
        data = put(data, way, f"{text} {number}")
    page = show_plan(tmp_path, data)
    assert drawn(page) <= DRAWN  # how many pieces a drawing has follows from the length of the words
    assert built(page) == built(plain)
    assert page.text.count(" ".join(text.split())) >= len(places) - 1  # the picture's words are not here


DRAWN = {"svg", "g", "rect", "circle", "polygon", "polyline", "path", "line", "text", "tspan"}


def drawn(page: Html) -> set[str]:
    """The names of all elements inside drawings."""
    return {str(node.tag).rpartition("}")[2] for node in page.root.iter() if "svg" in str(node.tag)}


def built(page: Html) -> list[tuple[str, list[str]]]:
    """Every element outside drawings, with the names of its attributes, but for what follows from how long words are:
    the line right after a drawing that says that not all of them had room in it, how many things the drawing of a year
    says in their place, and a long row's class."""
    elements = [node for node in page.root.iter() if "svg" not in str(node.tag)]
    elements = [node for node in elements if not str(node.tail).endswith("saker i allt")]
    long = {id(node) for node in elements if dict(node.attrib) == {"class": "ip-plan-row--long"}}
    all_of = [(str(one.tag), [] if id(one) in long else sorted(map(str, one.attrib))) for one in elements]
    drawing = ("div", ["class", "data-search-exclude"])
    said: tuple[str, list[str]] = ("p", [])
    return [*all_of[:1], *(one for before, one in pairwise(all_of) if (before, one) != (drawing, said))]


def show_plan(folder: Path, data: dict[str, Any], today: date = TODAY) -> Html:
    return Html(html.plan_page(document(read_plan(folder, data), today), ()))


readable = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp", "Zs")), min_size=1, max_size=40)


@given(text=readable)
def test_any_text_is_read_as_it_was_written(text: str) -> None:
    page = page_of(Text(((text,),)), Table("", ("Vem",), (((text,),),)), title=text)
    assert page.headings[0] == (1, text)
    assert [words_of(node) for node in page.all("p", "th")][-1] == text


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(name=readable.filter(str.strip))
def test_any_name_is_read_as_it_was_written_in_the_overview(name: str, tmp_path: Path) -> None:
    plan = read_plan(tmp_path, smallest(person={"namn": name}, titel=name))
    page = Html(html.overview_page(next(overviews([plan], TODAY, {}))))
    shown = plan.person.text("namn")  # normalised and without space around it
    assert (2, " ".join(shown.split())) in page.headings


@pytest.mark.parametrize("fault", ["no bytecode", "no folder", "no right to write"])
def test_templates_are_compiled_anew_where_nothing_may_be_written(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise PermissionError(13, "")

    monkeypatch.setattr(sys, "dont_write_bytecode", fault == "no bytecode")
    if fault == "no folder":
        monkeypatch.setattr(Path, "mkdir", refuse)
    if fault == "no right to write":
        monkeypatch.setattr("ipsite.render.environment.os.access", lambda *_: False)
    assert environment_module.compiled() is None


def test_templates_are_compiled_once_where_something_may_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    assert environment_module.compiled() is not None


def test_a_body_ends_with_one_line_break_and_begins_with_its_first_element() -> None:
    text = fill("overview.html.j2", next(overviews([], TODAY, {})))
    assert text.startswith("<div")
    assert text.endswith("</div>\n")
