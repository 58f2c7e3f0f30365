"""The drawn figures: nothing lies over anything else, and all that is written in them stands as text too."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import weasyprint
from figures import faults, figures, figures_of, said, untold
from hypothesis import given
from hypothesis import strategies as st
from site_helpers import KINDS, PLANS, TODAY, every_field, read_plan, smallest

from ipsite import widths
from ipsite.checking import check_paths
from ipsite.documents import DOCUMENTS
from ipsite.model import Plan
from ipsite.render import html, svg
from ipsite.render import pdf as paper
from ipsite.render.environment import fill
from ipsite.render.paint import paint
from ipsite.render.paper import Paper
from ipsite.views import events, progress, timeline
from ipsite.views import map as my_map
from ipsite.views.blocks import Document, Section, Table
from ipsite.views.drawing import Box, Drawing, Figure, Label, Line, Shape, label
from ipsite.views.events import Event
from ipsite.views.map_boxes import MOST, total
from ipsite.views.media import drawn_for_paper, drawn_for_screen
from ipsite.views.progress import Rater
from ipsite.views.support import FIELDS, Helper, helpers
from ipsite.views.timeline import Span

GOLDEN = Path(__file__).parent / "golden" / "figures"
MEDIA = ("wide", "narrow", "paper", "large", "landscape")
PAPERS = ("plan", "karta")


@cache
def examples() -> dict[str, Plan]:
    return {plan.id: plan for plan in check_paths([PLANS], TODAY).plans}


def documents(plan: Plan, today: date = TODAY) -> list[Document]:
    return [made for name in PAPERS for _, made in DOCUMENTS[name].of(plan, today)]


# --- All figures --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(examples()))
def test_the_figures_of_every_example_are_easy_to_read_and_say_what_the_text_says(name: str) -> None:
    found = [figure for document in documents(examples()[name]) for figure in figures_of(document)]
    assert len(found) >= len(PAPERS)
    for figure, told in found:
        assert untold(figure, told) == []
        assert [fault for drawing in figure.drawings for fault in faults(drawing)] == []


@pytest.mark.parametrize("kind", KINDS)
def test_so_are_those_of_a_plan_with_every_field_and_of_one_with_hardly_any(kind: str, tmp_path: Path) -> None:
    for data in (every_field(kind)[0], smallest(kind)):
        for document in documents(read_plan(tmp_path, data)):
            for figure, told in figures_of(document):
                assert untold(figure, told) == []
                assert [fault for drawing in figure.drawings for fault in faults(drawing)] == []


@pytest.mark.parametrize("name", sorted(examples()))
def test_the_figures_of_every_example_are_drawn_as_when_we_last_looked(
    name: str, request: pytest.FixtureRequest
) -> None:
    """A changed drawing is looked at before it is kept. Write anew with --update-golden."""
    drawn = "".join(f"{line}\n" for document in documents(examples()[name]) for line in outline(document))
    golden = GOLDEN / f"{name.replace('/', '-')}.txt"
    if request.config.getoption("--update-golden"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(drawn, "utf-8")
    assert golden.read_text("utf-8") == drawn


def outline(document: Document) -> list[str]:
    """The drawings of a document as lines: where everything that is written stands, and how large they are."""
    lines = [document.title]
    for figure, _ in figures_of(document):
        lines.append(f"  {figure.gist}")
        for drawing in figure.drawings:
            lines.append(f"    {drawing.medium}: {drawing.width:.0f} × {drawing.height:.0f}")
            labels = [shape for shape in drawing.shapes if isinstance(shape, Label)]
            lines += [f"      {label.x:.0f},{label.y:.0f} {' | '.join(label.lines)}" for label in labels]
    return lines


def test_no_golden_file_is_left_from_a_plan_that_is_gone() -> None:
    assert sorted(path.stem for path in GOLDEN.iterdir()) == [name.replace("/", "-") for name in sorted(examples())]


def test_a_page_has_drawings_for_screens_and_a_paper_the_one_that_fits() -> None:
    plan, karta = documents(examples()["alva/ip-2026"])

    def media(document: Document) -> set[str]:
        return {drawing.medium for figure, _ in figures_of(document) for drawing in figure.drawings}

    assert media(drawn_for_screen(plan)) == {"wide", "narrow"}
    assert media(drawn_for_paper(plan)) == {"paper"}
    assert media(drawn_for_paper(karta)) == {"landscape"}
    assert (
        media(drawn_for_paper(replace(plan, layout="large")))
        == media(drawn_for_paper(replace(karta, layout="large")))
        == {"large"}
    )


def test_a_figure_on_paper_has_the_colours_of_daylight_and_on_a_page_those_of_the_reader() -> None:
    plan = examples()["alva/ip-2026"]
    printed = fill("paper.html.j2", Paper(next(made for _, made in DOCUMENTS["karta"].of(plan, TODAY))))
    drawn = printed[printed.index("<svg") : printed.index("</svg>")]
    assert 'fill="#e7eefa"' in drawn
    assert "var(" not in drawn
    assert paint("kommun-surface", True) == "#e7eefa"
    assert paint("kommun-surface", False) == "var(--ip-kommun-surface)"
    assert paint("none", False) == "none"
    with pytest.raises(KeyError):
        paint("no-such-colour", False)


@given(st.text(st.sampled_from("a<>&\"'/ å"), min_size=1), st.sampled_from(MEDIA))
def test_no_words_in_a_figure_become_markup(words: str, medium: str) -> None:
    drawing = Drawing(medium, 90.0, 30.0, (Label(0, 0, words, (words,), 18.0),))
    made = svg.figure(Figure(words, (drawing,))).replace(" data-search-exclude", "")
    (drawn,) = ElementTree.fromstring(made)
    assert drawn.get("aria-label") == words
    assert [(part.tag.rpartition("}")[2], part.text) for part in drawn] == [("text", words)]


def placed(document: Document) -> list[tuple[int, bool]]:
    """The page of each drawing on paper, and whether it is inside the margins."""
    style = paper._style()
    html = fill("paper.html.j2", Paper(document))
    laid_out = weasyprint.HTML(string=html).render(stylesheets=style.sheets, font_config=style.fonts)
    found = []
    for number, page in enumerate(laid_out.pages):
        body = page._page_box
        for part in body.descendants():
            if part.element_tag == "{http://www.w3.org/2000/svg}svg":
                right, bottom = body.content_box_x() + body.width, body.content_box_y() + body.height
                inside = part.content_box_x() + part.width <= right and part.content_box_y() + part.height <= bottom
                found.append((number, inside))
    return found


@pytest.mark.parametrize("layout", ["", "large"])
def test_the_map_of_every_example_is_on_the_first_sheet_and_inside_its_margins(layout: str) -> None:
    for plan in examples().values():
        for _, made in DOCUMENTS["karta"].of(plan, TODAY):
            assert placed(replace(made, layout=layout or made.layout)) == [(0, True)]


# --- The map ------------------------------------------------------------------------------------------------------

WORDS = st.one_of(
    st.sampled_from(
        ["Eva", "Ö" * 200, "Anna-Karin Bergström-Lundqvist", "arbetsterapeut i kommunen", "ab " * 60 + "c"]
    ),
    st.text("aåWi -", min_size=1, max_size=200).filter(str.strip),
)
HELPERS = st.builds(Helper, WORDS, st.one_of(st.just(""), WORDS), st.lists(WORDS, max_size=4).map(tuple))
CROWDS = st.dictionaries(
    st.sampled_from(list(FIELDS)), st.lists(HELPERS, min_size=1, max_size=20).map(tuple), min_size=1
)


def in_order(fields: dict[str, tuple[Helper, ...]]) -> dict[str, tuple[Helper, ...]]:
    return {party: fields[party] for party in FIELDS if party in fields}


@given(WORDS, CROWDS)
def test_no_names_and_no_crowd_break_the_map(name: str, crowd: dict[str, tuple[Helper, ...]]) -> None:
    for medium in MEDIA:
        drawing = my_map.draw(name, in_order(crowd), medium)
        assert faults(drawing) == []
        assert drawing == my_map.draw(name, in_order(crowd), medium)


@given(CROWDS)
def test_all_that_is_written_on_the_map_stands_below_it(crowd: dict[str, tuple[Helper, ...]]) -> None:
    fields = in_order(crowd)
    drawings = tuple(my_map.draw("Eva", fields, medium) for medium in MEDIA)
    numbers = my_map.numbers("Eva", fields, MEDIA)
    totals = {total(some) for some in fields.values()}
    assert bool(numbers) == any(words in totals for drawing in drawings for words in drawing.words)
    told = (*numbers, my_map.table(Helper("Eva", "jag själv", ()), fields))
    section = Document("x", "", "", (), (), "", "", "", "")
    (found,) = figures_of(replace(section, lead=(Figure("Karta", drawings), *told)))
    assert untold(*found) == []


def crowd(many: int) -> dict[str, tuple[Helper, ...]]:
    return {
        "kommun": tuple(Helper(f"Kim {number}", "", ()) for number in range(many)),
        "nära": (Helper("Eva", "", ()),),
    }


def test_with_more_than_sixteen_the_map_groups_and_says_how_many() -> None:
    for medium in MEDIA:
        few, many = my_map.draw("Alva", crowd(9), medium), my_map.draw("Alva", crowd(30), medium)
        assert [words for words in few.words if "i allt" in words] == []
        assert "30 i allt" in many.words
        assert 1 <= sum(words.startswith("Kim") for words in many.words) < MOST
        assert "Eva" in many.words


def test_the_near_ones_are_nearest() -> None:
    for medium in MEDIA:
        fields = in_order({party: (Helper(party, "", ()),) for party in FIELDS})
        drawing = my_map.draw("Alva", fields, medium)
        boxes = [shape for shape in drawing.shapes if isinstance(shape, Box)]
        person = next(box for box in boxes if box.fill == "sun-surface")
        away = {
            box.fill: max(box.y - person.y - person.height, person.y - box.y - box.height)
            for box in boxes
            if box is not person
        }
        assert min(away, key=lambda fill: away[fill]) == "nara-surface"
        assert len(away) == len(FIELDS)


def test_each_party_has_its_own_shape_colour_and_name() -> None:
    fields = in_order({party: (Helper(party, "", ()),) for party in FIELDS})
    shapes = my_map.draw("Alva", fields, "wide").shapes
    signs = [shape for shape in shapes if type(shape).__name__ == "Sign"]
    assert sorted((sign.shape, sign.ink) for sign in signs) == [  # type: ignore[union-attr]
        ("annan", "andra-ink"), ("kommun", "kommun-ink"), ("nära", "nara-ink"), ("region", "region-ink"),
    ]  # fmt: skip
    assert set(FIELDS.values()) <= set(my_map.draw("Alva", fields, "wide").words)


def test_a_helper_does_what_is_given_and_what_is_promised_and_nothing_that_is_done(tmp_path: Path) -> None:
    people = {"bo": {"namn": "Bo Ek", "roll": "pappa", "huvudman": "närstående"}}
    tasks = [{"vad": what, "vem": "bo", "status": status} for what, status in (("Ringa", "pågår"), ("Såga", "klar"))]
    goals = [{"mål": "Jag bor själv", "status": "pågår", "åtgärder": tasks}]
    measures = [{"insats": what, "huvudman": "kommun", "ansvarig": "bo", "status": status} for what, status in
                (("Ledsagning", "beslutad"), ("Avlösning", "önskad"))]  # fmt: skip
    plan = read_plan(tmp_path, smallest(personer=people, mål=goals, insatser=measures))
    assert helpers(plan) == {"nära": (Helper("Bo Ek", "pappa", ("Ledsagning", "Ringa")),)}


def test_a_map_is_not_drawn_of_nobody(tmp_path: Path) -> None:
    plan = read_plan(tmp_path, smallest(personer={}))
    assert my_map.my_map(plan) == ()
    assert list(DOCUMENTS["karta"].of(plan, TODAY)) == []


def test_the_map_to_hand_out_holds_nothing_private(tmp_path: Path) -> None:
    people = {"bo": {"namn": "Bo Ek", "roll": "pojkvän", "huvudman": "närstående", "privat": True},
              "eva": {"namn": "Eva Al", "roll": "mamma", "huvudman": "närstående"}}  # fmt: skip
    plan = read_plan(tmp_path, smallest(personer=people))
    own, handed_out = documents(plan)

    def written(document: Document) -> set[str]:
        return {words for figure, _ in figures_of(document) for drawing in figure.drawings for words in drawing.words}

    assert {"Bo Ek", "pojkvän (privat)", "Eva Al"} <= written(own)
    assert "Bo Ek" not in written(handed_out)


# --- The year -----------------------------------------------------------------------------------------------------

NAMES = ("Före det", "Mars 2026", "April 2026", "September 2026", "Efter det")
EVENTS = st.builds(
    lambda day, what, kind: (f"{day} september", Event(date(2026, 9, day), what, kind)),
    st.integers(1, 30), WORDS, st.sampled_from(events.KINDS),
)  # fmt: skip
SPANS = st.lists(
    st.builds(Span, st.sampled_from(NAMES), st.lists(EVENTS, max_size=8).map(tuple)), min_size=1, max_size=8
).map(tuple)
YEAR_MEDIA = ("wide", "narrow", "paper")


@given(SPANS)
def test_nothing_that_happens_breaks_the_time_line_and_all_of_it_stands_in_the_table(spans: tuple[Span, ...]) -> None:
    drawings = tuple(made for medium in YEAR_MEDIA for made in timeline.draw(spans, date(2026, 9, 10), medium))
    assert [fault for drawing in drawings for fault in faults(drawing)] == []
    assert untold(Figure("Året", drawings), "\n".join(said((timeline.table(spans, date(2026, 9, 10)),)))) == []


def year_of(tmp_path: Path, today: date = TODAY, **more: Any) -> dict[str, list[str]]:
    """The table of the year of a small plan: what stands at each month."""
    plan = read_plan(tmp_path, smallest(**{"gäller": {"från": "2026-03-16", "till": "2027-03-15"}, **more}))
    tables = [block for block in timeline.my_year(plan, today) if isinstance(block, Table)]
    return {row[0][0]: list(row[1]) for table in tables for row in table.rows}


MEETING = {"slag": "planeringsmöte", "tid": "2026-09-03 13:00", "längd_minuter": 45, "plats": "Biblioteket"}


def test_the_year_tells_each_month_from_the_plans_start_and_what_happens_when(tmp_path: Path) -> None:
    measures = [{"insats": "Ledsagning", "huvudman": "kommun", "status": "beslutad",
                 "beslut": {"datum": "2026-01-01", "gäller_till": "2028-01-31"}}]  # fmt: skip
    tasks = [{"vad": what, "vem": "jag själv", "klart": "2026-05-01", "status": status}
             for what, status in (("Ringa", "pågår"), ("Såga", "klar"))]  # fmt: skip
    goals = [{"mål": "Jag bor själv", "status": "pågår", "åtgärder": tasks}]
    told = year_of(tmp_path, möten=[MEETING], insatser=measures, mål=goals, uppföljning={"nästa": "2026-02-20"})
    assert list(told) == [
        "Före det", "Mars 2026", "April 2026", "Maj 2026", "Juni 2026", "Juli 2026", "Augusti 2026", "September 2026",
        "Oktober 2026", "November 2026", "December 2026", "Januari 2027", "Februari 2027", "Mars 2027", "Efter det",
    ]  # fmt: skip
    assert told["Före det"] == ["20 februari 2026: Uppföljning"]
    assert told["Mars 2026"] == ["16 mars: Planen börjar gälla"]
    assert told["Maj 2026"] == ["1 maj: Ringa"]
    assert told["September 2026"] == ["3 september: Planeringsmöte"]
    assert told["Oktober 2026"] == ["Inget är bestämt."]
    assert told["November 2026"] == [f"22 november: {timeline.MADE}"]
    assert told["Mars 2027"] == ["15 mars: Planens sista dag"]
    assert told["Efter det"] == ["31 januari 2028: Sista dag för beslutet om ”Ledsagning”"]


def test_a_plan_without_an_end_shows_a_year_and_one_of_many_years_shows_the_first(tmp_path: Path) -> None:
    for period in ({"från": "2026-03-16"}, {"från": "2026-03-16", "till": "2036-03-15"}):
        months = list(year_of(tmp_path, gäller=period, möten=[MEETING]))
        assert (months[0], months[12]) == ("Mars 2026", "Mars 2027")
    short = {"från": "2026-03-16", "till": "2026-05-15"}
    months = list(year_of(tmp_path, date(2026, 4, 1), gäller=short, möten=[MEETING]))
    assert months == ["Mars 2026", "April 2026", "Maj 2026", "Efter det"]


def test_a_plan_in_which_nothing_happens_has_no_year(tmp_path: Path) -> None:
    assert year_of(tmp_path) == {}


def test_a_month_with_much_in_it_is_grouped_and_says_how_much(tmp_path: Path) -> None:
    tasks = [
        {"vad": f"Sak {number}", "vem": "jag själv", "klart": "2026-09-20", "status": "pågår"} for number in range(20)
    ]
    goals = [{"mål": "Jag bor själv", "status": "pågår", "åtgärder": tasks}]
    period = {"från": "2026-03-16", "till": "2027-03-15"}
    plan = read_plan(tmp_path, smallest(gäller=period, möten=[MEETING], mål=goals))
    figure, table = timeline.my_year(plan, TODAY)
    assert isinstance(figure, Figure)
    for drawing in figure.drawings:
        if "21 saker i allt" in drawing.words:
            assert "Planeringsmöte" in drawing.words
            assert "Sak 19" not in drawing.words
    assert "21 saker i allt" in " ".join(said((table,)))


def test_large_print_has_the_table_of_the_year_and_no_drawing_that_says_it_once_more() -> None:
    plan = examples()["alva/ip-2026"]
    (section,) = (one for one in documents(plan)[0].sections if one.id == "mitt-ar")
    small, large = (
        drawn_for_paper(Document("x", "", "", (), (section,), "", "", "", "", layout)).sections[0].blocks
        for layout in ("", "large")
    )
    assert [type(block) for block in small] == [Figure, Table]
    assert [type(block) for block in large] == [Table]


def test_on_paper_the_year_is_drawn_in_pieces_along_one_line() -> None:
    figure, _ = timeline.my_year(examples()["alva/ip-2026"], TODAY)
    assert isinstance(figure, Figure)
    pieces = [drawing for drawing in figure.drawings if drawing.medium == "paper"]
    assert len(pieces) > 3
    assert [piece.goes_on for piece in pieces] == [False, *[True] * (len(pieces) - 1)]
    lines = [shape.points for piece in pieces for shape in piece.shapes if isinstance(shape, Line)]
    ends = [(top, bottom) for (left, top), (right, bottom) in lines if left == right]
    assert [top for top, _ in ends[1:]] == [0] * (len(pieces) - 1)
    assert [bottom for _, bottom in ends[:-1]] == [piece.height for piece in pieces[:-1]]


# --- Progress -----------------------------------------------------------------------------------------------------

SCORES = st.dictionaries(st.integers(1, 11), st.integers(1, 5), min_size=1)
RATERS = st.builds(
    Rater,
    WORDS,
    st.sampled_from(["", "kommun", "region", "annan", "nära"]),
    SCORES.map(lambda some: tuple(some.items())),
)


@given(st.lists(RATERS, min_size=1, max_size=5).map(tuple))
def test_no_names_and_no_scores_break_the_chart(raters: tuple[Rater, ...]) -> None:
    numbers = sorted({number for rater in raters for number, _ in rater.scores})[-8:]
    times = {number: f"{number + 10} september 2026" for number in numbers}
    for medium in YEAR_MEDIA:
        assert [fault for drawing in progress.draw(raters, times, medium) for fault in faults(drawing)] == []


def rated(*scores: int | None, others: int = 0) -> dict[str, Any]:
    """A goal with a follow-up for each score, in which others say 5."""
    notes: list[dict[str, Any]] = []
    for number, score in enumerate(scores, start=1):
        note: dict[str, Any] = {"datum": f"2026-01-{number:02}", "hände": "Något."}
        if score is not None:
            note["min_bedömning"] = score
        if others:
            note["andras_bedömning"] = [{"vem": f"p{other}", "bedömning": 5} for other in range(others)]
        notes.append(note)
    return {"mål": "Jag bor själv", "status": "pågår", **({"uppföljning": notes} if notes else {})}


def charts(tmp_path: Path, goal: dict[str, Any], many: int = 9) -> list[tuple[Figure, str]]:
    people = {f"p{number}": {"namn": f"Kim {number}", "roll": "vän", "huvudman": "kommun"} for number in range(many)}
    plan = read_plan(tmp_path, smallest(mål=[goal], personer=people))
    (goals,) = (section for section in documents(plan)[0].sections if section.title == "Mina mål")
    return list(figures((goals,)))


def test_a_goal_is_charted_when_there_are_two_times_to_compare_and_not_before(tmp_path: Path) -> None:
    assert charts(tmp_path, rated()) == []
    assert charts(tmp_path, rated(3)) == []
    assert charts(tmp_path, rated(3, None)) == []
    ((figure, told),) = charts(tmp_path, rated(2, 4))
    assert untold(figure, told) == []
    assert "Så bra går det\n1 är mycket dåligt och 5 är mycket bra.\n" in told
    wide = figure.drawings[0]
    assert [words for words in wide.words if "av" in words] == ["2 av 5", "4 av 5"]
    assert sum(isinstance(shape, Box) and shape.fill == "ink" for shape in wide.shapes) == 2 + 4


def test_a_chart_shows_the_latest_times_and_says_that_there_are_more(tmp_path: Path) -> None:
    ((figure, told),) = charts(tmp_path, rated(*(number % 5 + 1 for number in range(12)), others=7))
    assert untold(figure, told) == []
    assert "de 8 senaste gångerna och 5 av de 8 som har svarat" in told
    for drawing in figure.drawings:
        assert faults(drawing) == []
        assert "12 januari 2026" in drawing.words
        assert "4 januari 2026" not in drawing.words


# --- The canary ---------------------------------------------------------------------------------------------------


def word(x: float, y: float, words: str = "ord", lines: tuple[str, ...] = ("ord",), **more: Any) -> Label:
    return Label(x, y, words, lines, more.pop("size", 18), **more)


FRAME = Box(20, 0, 10, 60, "surface", "ink")
BROKEN: dict[str, tuple[Shape, ...]] = {
    "two words over each other": (word(0, 0), word(5, 5)),
    "outside": (word(90, 0),),
    "above": (word(0, -5),),
    "lines that cross": (Line(((0, 0), (50, 50)), "ink"), Line(((50, 0), (0, 50)), "ink")),
    "a line through a word": (word(0, 0), Line(((5, -0.0), (5, 50)), "ink")),
    "a lost word": (word(0, 0, "två ord"),),
    "too small": (word(0, 0, size=9),),
    "over an edge": (word(0, 0), FRAME),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_what_is_hard_to_read_would_be_seen(broken: str) -> None:
    assert faults(Drawing("wide", 100, 100, BROKEN[broken]))
    assert faults(Drawing("wide", 100, 100, (word(0, 0), word(0, 30)))) == []
    assert faults(Drawing("landscape", 752, 500, ()))


@pytest.mark.parametrize("printed", [False, True])
def test_a_line_on_a_screen_keeps_its_length_whatever_spacing_the_reader_has(printed: bool) -> None:
    medium = "paper" if printed else "wide"
    shown = Figure("En karta.", (Drawing(medium, 90.0, 30.0, (label("Alva Lind", 0, 20, 18, 90),)),))
    made = fill("paper.html.j2", Paper(document_of(shown))) if printed else html.plan_page(document_of(shown), ())
    (length,) = re.findall(r'textLength="([\d.]+)"', made) or ("",)
    assert length == ("" if printed else f"{widths.drawn('Alva Lind', 18):.1f}")
    assert widths.drawn("Alva Lind", 18) < widths.width("Alva Lind", 18)


def document_of(block: Figure) -> Document:
    section = Section("del", "Del", (block,))
    return Document("id", "Slag", "Alvas plan", (), (section,), "Alva", "Version", "Utskriven", "Om planen")
