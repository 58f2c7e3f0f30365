"""views/: what a reader of a plan meets, and in what order. Every field shows; the law's own parts always stand."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from site_helpers import (
    KINDS,
    ROOT,
    SCHEMAS,
    TODAY,
    Html,
    Walk,
    Way,
    every_field,
    leaves,
    missing,
    other,
    put,
    read_plan,
    rows_of,
    smallest,
    words_of,
)

from ipsite import build, picture, references, schema, validate
from ipsite.artifact import Page
from ipsite.model import MYSELF, Plan
from ipsite.render.environment import fill
from ipsite.render.paper import Paper
from ipsite.settings import Settings
from ipsite.views.anchors import with_unique_ids
from ipsite.views.blocks import Section
from ipsite.views.plan import document

Data = dict[str, Any]
Show = Callable[..., Html]
IMAGE = picture.Prepared("bild.png", b"", 40, 30)


@pytest.fixture
def show(tmp_path: Path) -> Show:
    """A plan's data → the page that it becomes."""

    def showing(data: Data, today: date = TODAY) -> Html:
        return Html(body(tmp_path, data, today))

    return showing


def body(folder: Path, data: Data, today: date = TODAY) -> str:
    plan = read_plan(folder, data)
    images = {plan.id: IMAGE} if "bild" in data["person"] else {}
    return page_of(plan, images, today)


def page_of(plan: Plan, images: dict[str, picture.Prepared], today: date = TODAY) -> str:
    made = build.artifacts((plan,), images, Settings(today, papers=False))
    return next(item.body for item in made if isinstance(item, Page) and item.path.endswith(plan.id))


# --- Every field shows --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_every_text_and_every_day_of_a_plan_stands_on_its_page(kind: str, show: Show) -> None:
    data, words = every_field(kind)
    assert len(words) > 100
    assert missing(words, show(data).text) == []


# These two say how the file is read, and are the same in every plan of the kind; protected details are a promise of
# what is left out of other copies; and a picture is known by what it shows, not by its file.
SILENT = (("format",), ("slag",), ("person", "skyddade_uppgifter"), ("person", "bild"))


@pytest.mark.parametrize("kind", KINDS)
def test_changing_any_one_value_changes_what_the_page_says(kind: str, tmp_path: Path) -> None:
    data, _ = every_field(kind)
    before = body(tmp_path, data)
    unseen = []
    for way, field in leaves(kind).items():
        value: Any = data
        for step in way:
            value = value[step]
        if way not in SILENT and body(tmp_path, put(data, way, other(value, field))) == before:
            unseen.append(way)
    assert unseen == []


@pytest.fixture
def another_schema(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The schemas with one more text field, `nytt_fält`, in every mapping that they define."""
    folder = tmp_path / "schema"
    shutil.copytree(ROOT / "schema", folder)
    for file in folder.glob("*.schema.json"):
        file.write_text(json.dumps(json.loads(file.read_text("utf-8"), object_hook=with_a_new_field)), "utf-8")
    caches = (schema.document, schema.fields, validate._validator, validate._quick, references._trail)
    monkeypatch.setattr(schema, "directory", lambda: folder)
    for cached in caches:
        cached.cache_clear()
    yield folder
    for cached in caches:
        cached.cache_clear()


def with_a_new_field(node: Data) -> Data:
    if isinstance(node.get("properties"), dict):
        node["properties"]["nytt_fält"] = {"title": "Nytt fält", "type": "string", "minLength": 1}
    return node


@pytest.mark.parametrize("kind", KINDS)
def test_a_field_added_to_the_schema_shows_wherever_it_is_added(kind: str, another_schema: Path, show: Show) -> None:
    walk = Walk(kind, another_schema)
    added = {way: word for way, word in walk.words.items() if way[-1] == "nytt_fält"}
    assert len(added) > 20
    assert missing(added, show(walk.plan).text) == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_plan_with_nothing_but_what_is_demanded_is_a_page(kind: str, show: Show) -> None:
    assert show(smallest(kind)).headings[0][0] == 1


def test_what_the_writer_keeps_for_herself_is_nowhere(show: Show) -> None:
    data = smallest(x_minne="hemligt", mål=[{"mål": "Flytta", "status": "pågår", "x_sida": "hemligt"}])
    assert "hemligt" not in show(data).text


def test_a_value_left_empty_where_nothing_is_demanded_breaks_nothing(show: Show) -> None:
    ratings = [{"bedömning": 3}, {"vem": MYSELF}]
    page = show(
        smallest(
            person={"namn": "Alva Lind", "kallas": "Alva"},
            insatser=[],
            exemplar=[],
            andra_planer=[],
            personer={},
            möten=[meeting(beslut=[], olika_bilder=[{"vem": MYSELF}])],
            mål=[goal(uppföljning=[{"datum": "2026-09-14", "hände": "Inget.", "andras_bedömning": ratings}])],
        )
    )
    assert "Någon annan: 3 av 5 Alva: ingen bedömning" in page.text
    assert "Mina andra planer" not in page.text


# --- Order and sections -------------------------------------------------------------------------------------------

SECTIONS = {
    "individuell plan": ["Därför vill jag ha en plan", "Om mig", "Så är det nu", "Mina andra planer"],
    "sip": ["Det här behöver jag", "Vem som har det övergripande ansvaret", "Det här har jag sagt ja till"],
    "genomförandeplan": ["Insatsen som planen gäller", "Uppdraget från nämnden", "Det här gör vi", "Planen bestämdes"],
}


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_has_sections_of_its_own_and_none_of_the_others(kind: str, show: Show) -> None:
    titles = second_level(show(every_field(kind)[0]))
    assert set(SECTIONS[kind]) <= set(titles)
    assert not {title for name in KINDS if name != kind for title in SECTIONS[name]} & set(titles)


@pytest.mark.parametrize(
    ("kind", "order"),
    [
        ("individuell plan", ["Därför vill jag ha en plan", "Mina mål", "Vem gör vad", "Insatser", "Underskrifter"]),
        ("sip", ["Det här behöver jag", "Mina mål", "Vem gör vad", "Vem ansvarar för vad", "Underskrifter"]),
        ("genomförandeplan", ["Det här tycker jag", "Mina mål", "Vem gör vad", "Det här gör vi", "Underskrifter"]),
    ],
)
def test_own_words_come_before_goals_and_goals_before_what_others_give(kind: str, order: list[str], show: Show) -> None:
    titles = second_level(show(every_field(kind)[0]))
    assert [title for title in titles if title in order] == order


def test_in_a_goal_the_persons_own_words_come_first(show: Show) -> None:
    page = show(smallest(mål=[goal(mina_ord="En egen dörr.", område="boende", lättläst="Jag ska flytta.")]))
    said = words_of(page.section("Flytta"))
    assert said.index("En egen dörr.") < said.index("Jag ska flytta.") < said.index("boende")


def second_level(page: Html) -> list[str]:
    return [title for level, title in page.headings if level == 2]


# --- Insatser, as the law groups them -----------------------------------------------------------------------------

LAW = {
    "individuell plan": ["Beslutade insatser", "Planerade insatser", "Åtgärder av andra än kommunen och regionen"],
    "sip": [
        "Det här ansvarar kommunen för",
        "Det här ansvarar regionen för",
        "Åtgärder av andra än kommunen och regionen",
    ],
}


@pytest.mark.parametrize("kind", LAW)
@pytest.mark.parametrize("given", [{}, {"insatser": []}], ids=["left out", "written as none"])
def test_what_the_law_demands_of_a_plan_stands_there_also_when_it_is_empty(kind: str, given: Data, show: Show) -> None:
    page = show({**smallest(kind), **given})
    for title in LAW[kind]:
        assert words_of(page.section(title)) == f"{title} Inget är skrivet här."
    assert [title for level, title in page.headings if level == 3][: len(LAW[kind])] == LAW[kind]


def test_an_insats_stands_once_under_the_heading_of_its_status_and_its_huvudman(show: Show) -> None:
    statuses, parties = ("beslutad", "planerad", "önskad", "avslutad"), ("kommun", "region", "annan")
    insatser = [insats(f"{s} {p}", s, p) for s in statuses for p in parties]
    page = show(smallest(insatser=insatser))
    assert [title for _, title in page.headings if title in [item["insats"] for item in insatser]] == [
        "beslutad kommun",
        "beslutad region",
        "planerad kommun",
        "planerad region",
        *(f"{status} annan" for status in statuses),
        "önskad kommun",
        "önskad region",
        "avslutad kommun",
        "avslutad region",
    ]
    assert "önskad region" in words_of(page.section("Insatser som jag önskar"))


@pytest.mark.parametrize("kind", ["sip", "genomförandeplan"])
def test_a_sip_and_a_genomförandeplan_group_insatser_by_who_answers_for_them(kind: str, show: Show) -> None:
    insatser = [insats(f"{party} {n}", "planerad", party) for n in (1, 2) for party in ("annan", "region", "kommun")]
    titles = [title for _, title in show(smallest(kind, insatser=insatser)).headings]
    cards = [title for title in titles if title in [item["insats"] for item in insatser]]
    assert cards == ["kommun 1", "kommun 2", "region 1", "region 2", "annan 1", "annan 2"]


def test_wishes_and_what_is_over_have_no_heading_when_there_are_none(show: Show) -> None:
    titles = [title for _, title in show(smallest(insatser=[])).headings]
    assert "Insatser som jag önskar" not in titles
    assert "Insatser som är avslutade" not in titles


def insats(name: str, status: str, huvudman: str) -> Data:
    return {"insats": name, "status": status, "huvudman": huvudman}


# --- Other plans --------------------------------------------------------------------------------------------------

OTHERS = [
    {"slag": "genomförandeplan", "gäller": "Dagarna", "plan": "dagar/gp", "följs_upp": "2027-01-14"},
    {"slag": "SIP", "gäller": "Vård"},
]


def test_another_plan_is_led_to_by_its_title_on_the_page_and_named_by_it_on_paper(tmp_path: Path) -> None:
    data = smallest(andra_planer=OTHERS)
    plan = replace(read_plan(tmp_path, data, "kim/ip"), beside={"dagar/gp": "Mina dagar"})
    page = Html(page_of(plan, {}))
    assert [title for _, title in page.headings if title in ("Genomförandeplan", "SIP")] == ["Genomförandeplan", "SIP"]
    links = {words_of(a): a.get("href") for a in page.section("Genomförandeplan").iter("a")}
    assert links["Läs planen: Mina dagar"] == "../../dagar/gp/"
    assert "dagar/gp" not in page.text
    paper = Html(fill("paper.html.j2", Paper(document(plan, TODAY))))
    assert "Dagarna Följs upp: 14 januari 2027 Planen: Mina dagar" in words_of(paper.section("Genomförandeplan"))
    assert list(paper.section("Genomförandeplan").iter("a")) == []


# --- Who does what, and when --------------------------------------------------------------------------------------


def goal(**more: Any) -> Data:
    return {"mål": "Flytta", "status": "pågår", **more}


def action(what: str, due: str = "", status: str = "pågår", who: Any = MYSELF) -> Data:
    return {"vad": what, "vem": who, "status": status, **({"klart": due} if due else {})}


def test_who_does_what_is_sorted_by_date_with_undated_last_across_goals(show: Show) -> None:
    first = goal(åtgärder=[action("sist", "2027-05-02"), action("när som helst"), action("först", "2027-01-31")])
    second = {**goal(åtgärder=[action("mitt i", "2027-05-01")]), "mål": "Arbeta"}
    rows = rows_of(show(smallest(mål=[first, second])).section("Vem gör vad"))
    assert [(row[0], row[1].split(": ")[1]) for row in rows] == [
        ("först", "Flytta"),
        ("mitt i", "Arbeta"),
        ("sist", "Flytta"),
        ("när som helst", "Flytta"),
    ]


def test_each_person_has_a_table_the_person_first_and_a_shared_task_stands_in_each(show: Show) -> None:
    people = {
        "karin": {"namn": "Karin Holm", "roll": "handläggare", "huvudman": "kommun"},
        "eva": {"namn": "Eva Lind", "roll": "mamma", "huvudman": "närstående"},
    }
    tasks = [action("ringa", who=["eva", "karin"]), action("packa")]
    person = {"namn": "Alva Lind", "kallas": "Alva"}
    page = show(smallest(person=person, personer=people, mål=[goal(åtgärder=tasks)]))
    part = page.section("Vem gör vad")
    assert [words_of(node) for node in part.iter("h3")] == [
        "Alva, jag själv",
        "Karin Holm, handläggare",
        "Eva Lind, mamma",
    ]
    assert [row[0] for row in rows_of(part)] == ["packa", "ringa", "ringa"]


@pytest.mark.parametrize(
    ("due", "status", "said"),
    [
        ("2026-11-21", "pågår", "Pågår. Försenad, som det såg ut 22 november 2026."),
        ("2026-11-21", "ej påbörjad", "Ej påbörjad. Försenad, som det såg ut 22 november 2026."),
        ("2026-11-22", "pågår", "Pågår"),
        ("2026-11-21", "klar", "Klar"),
        ("2026-11-21", "blev inte av", "Blev inte av"),
        ("", "pågår", "Pågår"),
    ],
)
def test_what_is_late_is_said_with_its_last_day_and_the_day_that_was_seen(
    due: str, status: str, said: str, show: Show
) -> None:
    rows = rows_of(show(smallest(mål=[goal(åtgärder=[action("packa", due, status)])])).section("Vem gör vad"))
    assert rows[0][3] == f"Läge: {said}"


def test_the_next_that_happens_is_what_happens_first_from_today_on(show: Show) -> None:
    data = smallest(
        uppföljning={"nästa": "2026-12-01", "omprövas_senast": "2027-03-02"},
        möten=[meeting(tid="2026-11-20 13:00"), meeting(tid="2026-12-01 09:30")],
        mål=[goal(åtgärder=[action("packa", "2026-11-25", "klar"), action("ringa", "2026-12-01")])],
    )
    head = " ".join(words_of(node) for node in show(data).all("header"))
    assert "Härnäst, 1 december 2026: Planeringsmöte Uppföljning ringa" in head


def test_when_all_is_in_the_past_nothing_is_said_of_what_happens_next(show: Show) -> None:
    assert "Härnäst" not in show(smallest(uppföljning={"nästa": "2026-11-21"})).text


# --- Meetings, follow-ups, signatures, copies ---------------------------------------------------------------------


def meeting(**more: Any) -> Data:
    return {"slag": "planeringsmöte", "tid": "2026-03-02 13:00", "längd_minuter": 60, "plats": "Biblioteket", **more}


def test_meetings_come_in_the_order_of_time_with_weekday_and_hour(show: Show) -> None:
    page = show(smallest(möten=[meeting(slag="uppföljningsmöte", tid="2026-09-14 13:00"), meeting()]))
    titles = [title for _, title in page.headings if "möte " in title]
    assert titles == ["Planeringsmöte 2 mars 2026", "Uppföljningsmöte 14 september 2026"]
    assert "När: måndag 2 mars 2026 klockan 13.00" in page.text
    assert "60 minuter" in page.text


def test_everyone_who_sees_it_differently_has_a_row_of_equal_size(show: Show) -> None:
    seen = [{"vem": MYSELF, "ser_det_så": "Två dagar."}, {"ser_det_så": "Fem dagar."}]
    rows = rows_of(show(smallest(möten=[meeting(olika_bilder=seen)])).section("Möten"))
    assert rows[0][1:] == ["Ser det så här: Två dagar."]
    assert rows[1] == ["Inte sagt", "Ser det så här: Fem dagar."]


def test_how_it_has_gone_is_told_from_the_first_day_to_the_last(show: Show) -> None:
    notes = [
        {"datum": "2026-09-14", "hände": "Sett en lägenhet.", "min_bedömning": 4},
        {"datum": "2026-06-01", "hände": "Ansökt.", "andras_bedömning": [{"vem": MYSELF, "bedömning": 2}]},
    ]
    person = {"namn": "Alva Lind", "kallas": "Alva"}
    rows = rows_of(show(smallest(person=person, mål=[goal(uppföljning=notes)])).section("Flytta"))
    assert [row[0] for row in rows] == ["1 juni 2026", "14 september 2026"]
    assert [row[2].split(": ", 1)[1] for row in rows] == ["Alva: 2 av 5", "Alva: 4 av 5"]


@pytest.mark.parametrize("kind", KINDS)
def test_there_is_always_a_line_for_the_person_to_sign_on(kind: str, show: Show) -> None:
    lines = show({**smallest(kind), "person": {"namn": "Alva Lind"}}).with_class("ip-plan-signature")
    assert [words_of(line) for line in lines] == ["Underskrift och datum: Alva Lind, jag själv"]


def test_the_person_signs_first_and_no_signature_is_lost(show: Show) -> None:
    people = {"karin": {"namn": "Karin Holm", "roll": "handläggare", "huvudman": "kommun"}}
    signed = [
        {"vem": "karin", "datum": "2025-03-16"},
        {"vem": "karin", "datum": "2026-03-16"},
        {"vem": MYSELF},
    ]
    data = smallest(person={"namn": "Alva Lind"}, personer=people, underskrifter=signed)
    assert [words_of(line) for line in show(data).with_class("ip-plan-signature")] == [
        "Underskrift och datum: Alva Lind, jag själv",
        "Undertecknad 16 mars 2025 Karin Holm, handläggare",
        "Undertecknad 16 mars 2026 Karin Holm, handläggare",
    ]


def test_a_copy_without_parts_is_of_the_whole_plan_and_parts_go_by_their_titles(show: Show) -> None:
    copies = [{"till": MYSELF}, {"till": MYSELF, "delar": ["personer", "x_eget"]}]
    rows = rows_of(show(smallest(exemplar=copies, x_eget="något")).section("Vilka som har ett exemplar"))
    assert [row[1] for row in rows] == ["Vad: Hela planen", "Vad: Vilka som är med x_eget"]


# --- Words --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("called", "title"),
    [("Alva", "Alvas plan – Flytta"), ("Max", "Max plan – Flytta"), ("Linus", "Linus plan – Flytta")],
)
def test_the_title_says_whose_plan_it_is_in_good_swedish(called: str, title: str, show: Show) -> None:
    page = show(smallest(titel="Flytta", person={"namn": "Namn Namnsson", "kallas": called}))
    assert page.headings[0] == (1, title)


def test_a_label_that_is_a_question_has_no_colon_after_it(show: Show) -> None:
    page = show(smallest(utvärdering={"datum": "2026-03-02", "nöjd": "ja"}))
    assert "Är jag nöjd? ja" in page.text
    assert "?:" not in page.text


@pytest.mark.parametrize(
    ("decision", "said"),
    [
        ({"datum": "2026-03-02", "gäller_till": "2027-03-01"}, "Beslut: 2 mars 2026 Gäller till och med: 1 mars 2027"),
        ({"gäller_till": "2027-03-01"}, "Beslut: Gäller till och med: 1 mars 2027"),
    ],
)
def test_a_label_is_not_said_twice_in_a_row(decision: Data, said: str, show: Show) -> None:
    given = {"insats": "Korttidsvistelse", "status": "beslutad", "huvudman": "kommun", "beslut": decision}
    assert said in show(smallest(insatser=[given])).text


@pytest.mark.parametrize(("made_up", "said"), [(True, True), (False, False)])
def test_only_a_made_up_plan_says_that_it_is_made_up(made_up: bool, said: bool, show: Show) -> None:
    assert ("Det här är en påhittad plan." in show(smallest(fiktiv=made_up)).text) is said


def test_what_is_private_says_so_where_it_stands(show: Show) -> None:
    page = show(smallest(mål=[goal(privat=True)], möten=[meeting(privat=True)]))
    assert "Privat" in words_of(page.section("Flytta"))
    assert "Privat" in words_of(page.section("Planeringsmöte 2 mars 2026"))


# --- Ids ----------------------------------------------------------------------------------------------------------

names = st.sampled_from(["a", "a-2", "a-2-2", "a-3", "b"])
sections = st.recursive(
    st.builds(lambda name: Section(name, "", ()), names),
    lambda inner: st.builds(lambda name, blocks: Section(name, "", tuple(blocks)), names, st.lists(inner, max_size=3)),
    max_leaves=12,
)


@given(st.lists(sections, max_size=6))
def test_no_two_sections_of_a_page_have_the_same_id_and_the_first_keeps_its_own(tree: list[Section]) -> None:
    def ids(blocks: tuple[Any, ...]) -> list[str]:
        return [name for section in blocks for name in (section.id, *ids(section.blocks))]

    made = ids(with_unique_ids(tuple(tree)))
    assert len(set(made)) == len(made)
    assert made[:1] == ids(tuple(tree))[:1]


@pytest.mark.parametrize("kind", KINDS)
def test_a_plan_with_the_same_words_everywhere_still_has_unique_ids(kind: str, show: Show) -> None:
    data, words = every_field(kind)
    texts: dict[Way, str] = {way: word for way, word in words.items() if word.startswith("q") and "@" not in word}
    for way in texts:
        data = put(data, way, "Innehåll")
    ids = show(data).ids
    assert len(ids) == len(set(ids)) > 10
    assert not {name for name in ids if name.startswith("ip-")}  # the frame's own


def test_every_kind_of_plan_that_has_a_schema_has_a_view() -> None:
    assert set(SCHEMAS) == set(schema.KINDS)


LONG = "Jag bor i en egen lägenhet med plats för en blomma i köksfönstret och"
TITLES = (
    "Jag åker buss",
    "Jag åker tåg",
    f"{LONG} en stor säng",
    f"{LONG} en stor bänk",
    "أريد أن أعزف",
    "أريد أن أغني",
)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(titles=st.lists(st.sampled_from(TITLES), unique=True, min_size=2), data=st.data())
def test_a_goal_more_does_not_change_the_address_of_another(
    titles: list[str], data: st.DataObject, tmp_path: Path
) -> None:
    """Deep links are made of what a goal says, not of where it stands."""

    def addresses(held: list[str]) -> dict[str, str]:
        goals = [{"mål": title, "status": "pågår"} for title in held]
        measures = [{"insats": title, "status": "önskad", "huvudman": "kommun"} for title in held]
        page = Html(body(tmp_path, smallest(mål=goals, insatser=measures)))
        found = [(words_of(node), node.get("id", "")) for node in page.all("h3", "h4")]
        return {f"{address[:4]} {title}": address for title, address in found if title in held}

    everything = addresses(data.draw(st.permutations(titles)))
    without = addresses(titles[1:])
    assert without.items() <= everything.items()
    assert len(everything) == 2 * len(titles)


def test_a_plan_that_nobody_else_has_says_so_and_shows_no_empty_table(show: Show) -> None:
    section = show(smallest(exemplar=[])).section("Vilka som har ett exemplar")
    assert words_of(section) == "Vilka som har ett exemplar Ingen annan har ett exemplar av planen."
