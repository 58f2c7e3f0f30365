"""Blank forms: the plan and the papers of a meeting without a plan, for those who fill in by hand or on the screen.

What the questions are called, and the examples under them, come from the schema.
"""

from __future__ import annotations

from dataclasses import replace

from ipsite import schema
from ipsite.schema import Field
from ipsite.views.blocks import Block, Checks, Document, Section, Signature, Writing, text
from ipsite.views.invitation import LAW
from ipsite.views.looking_back import SCALE, question, rating
from ipsite.views.measures import GROUPS
from ipsite.views.plan import KINDS
from ipsite.views.rooms import Grid
from ipsite.views.sheet import part

KIND = "individuell plan"
_HOW = "Fyll i på skärmen, eller skriv ut och skriv för hand. Ingenting skickas någonstans."
_WHEN, _WORKS = "När och var vi ses", "så_fungerar_mötet_för_mig"
_GOALS = 3
# Rows and columns for groups of insatser, as the law and the plan's own paper group them.
MEASURES = {
    "Beslutade insatser": (3, ("insats", "ansvarig", "omfattning", "gäller_till")),
    "Planerade insatser": (2, ("insats", "ansvarig", "omfattning")),
    "Åtgärder av andra än kommunen och regionen": (2, ("insats", "ansvarig", "omfattning")),
    "Insatser som jag önskar": (2, ("insats", "omfattning", "så_vill_jag_ha_det")),
}


def form(
    name: str, title: str, lead: tuple[Block, ...], sections: tuple[Section, ...], kind: str = KINDS[KIND]
) -> Document:
    """A blank form: what all of them have in common."""
    return Document(
        id=name,
        kind=kind,
        title=title,
        lead=(text(_HOW), *lead),
        sections=sections,
        name="Blankett",
        version="Skriv inte personnummer",
        made="Skriv mer på eget papper",
        description=f"Blankett att fylla i: {title}. {kind}.",
        layout="form",
    )


def plan() -> Document:
    """The plan itself: what the law asks for, and what plans often hold."""
    fields = _fields()
    person, about, now = fields["person"].properties, fields["om_mig"], fields["nuläge"]
    sections = (
        part(
            fields["person"].title,
            *_beside(person, "namn", "kallas", "kommun"),
            *_beside(fields, "skriven"),
            *_rooms(person, så_kommunicerar_jag=2),
            *_rooms(fields, titel=1, anledning=4),
        ),
        part(about.title, *_rooms(about.properties, **dict.fromkeys(about.properties, 2))),
        part(now.title, *_rooms(now.properties, bra=3, vill_ändra=3)),
        part(fields["mål"].title, *(_goal(number) for number in range(1, _GOALS + 1))),
        part(
            fields["insatser"].title,
            text("Planen är inget beslut. Vill du ha en insats behöver du begära den också."),
            *(_measures(group.title) for group in GROUPS[KIND] if group.title in MEASURES),
        ),
        part(fields["andra_planer"].title, _grid(fields["andra_planer"], 3, "slag", "gäller", "ansvarig", "följs_upp")),
        part(fields["personer"].title, _grid(fields["personer"], 6, "namn", "roll", "organisation", "telefon")),
        part(
            fields["uppföljning"].title,
            text("Planen ska omprövas fortlöpande och minst en gång om året (10 § LSS)."),
            *_beside(fields["uppföljning"].properties, "nästa", "omprövas_senast"),
        ),
        part(fields["exemplar"].title, _copies(fields["exemplar"])),
        part(
            fields["underskrifter"].title,
            Signature("Jag själv", "eller den som för min talan", ""),
            Signature("LSS-handläggare", "eller den som har skrivit planen", ""),
        ),
    )
    return form("individuell-plan", "Min individuella plan", (), sections)


def invitation() -> Document:
    """To those who are invited, on both sides of one sheet, with the answer last."""
    meeting = _meeting()
    answers = ("Jag kommer", "Jag är med på länk", "Jag kan inte komma", "Jag skickar någon annan")
    lead = (
        text("Du är bjuden till ett möte om en individuell plan enligt 10 § LSS."),
        Writing("Till", 1, beside=True),
        replace(_whose(), beside=True),
    )
    answer = part(
        "Svara på inbjudan",
        Writing("Svara till (namn, telefon, e-post)", 1, beside=True),
        Writing("Svara senast", 1, beside=True),
        Checks("Kryssa för ditt svar", tuple((words, False) for words in answers), beside=True),
        Writing("Mitt namn. Om någon annan kommer: också det namnet", 1),
        Writing("Det här vill jag säga eller behöver jag på mötet", 2),
    )
    sections = (
        part(_WHEN, *_when_and_where()),
        part(
            "Vad mötet handlar om",
            Checks(meeting["slag"].title, _boxes(meeting["slag"]), beside=True),
            text(LAW[KIND].format(name="den som planen är till för")),
        ),
        *(_alone(meeting[key], rows) for key, rows in (("dagordning", 4), ("förbered", 3), (_WORKS, 3))),
        part(f"{meeting['inbjudna'].title}, namn och roll", Writing("", 4)),
        replace(answer, whole=True),
    )
    return form("inbjudan", "Inbjudan till möte", lead, sections)


def agenda() -> Document:
    """For the table: who is there, what to talk about, and what was decided, on both sides of one sheet."""
    meeting, tasks = _meeting(), _goal_fields()["åtgärder"]
    sections = (
        part(_WHEN, *_when_and_where(), *_beside(meeting, "leder", "skriver")),
        part(_fields()["personer"].title, _grid(_fields()["personer"], 9, "namn", "roll", "organisation")),
        part(meeting["dagordning"].title, Grid("", ("Nr", "Fråga", "Klart"), 6, shape="points")),
        part(meeting["olika_bilder"].title, Writing("Skriv vem som tycker vad", 2)),
        part(
            meeting["beslut"].title,
            _grid(tasks, 4, "vad", "vem", "klart", lines=2),
            Writing("Nästa möte: dag, tid och plats", 1),
        ),
    )
    lead = (replace(_whose(), beside=True), *_beside(meeting, "för_min_talan"))
    return form("dagordning", "Dagordning och närvarolista", lead, sections)


def since_last() -> Document:
    """What has happened since the last meeting: every goal with what was to be done, and the person's own rating."""
    lead = (text("Fyll i det här före mötet, eller tillsammans på mötet."), _whose())
    rest = part("Något annat som har hänt", Writing("Skriv det som är viktigt", 4))
    goals = tuple(_happened(number) for number in range(1, _GOALS + 1))
    return form("sedan-forra-motet", "Vad har hänt sedan förra mötet?", lead, (*goals, rest))


def _happened(number: int) -> Section:
    inner = _goal_fields()
    notes = inner["uppföljning"].items
    assert notes is not None
    rated = rating(notes.properties["min_bedömning"].title, SCALE)
    tasks = _grid(inner["åtgärder"], 3, "vad", "vem", "status", lines=2, label="Det här skulle vi göra")
    happened = _room(notes.properties["hände"], 3)
    return Section(f"mal-{number}", f"Mål {number}", (Writing(inner["mål"].title, 1), tasks, happened, rated))


def evaluation() -> Document:
    """Whether it became as the person wanted."""
    answered = _fields()["utvärdering"]
    boxes = _boxes(_goal_fields()["status"], but="planerat")
    reached = tuple(
        block
        for number in range(1, _GOALS + 1)
        for block in (Writing(f"Mål {number}", 1), Checks(f"Så gick det med mål {number}", boxes, beside=True))
    )
    questions = tuple(question(field, None) for field in answered.properties.values())
    lead = (text("Det är du som planen är till för som svarar. Andra kan hjälpa dig att skriva."), _whose())
    sections = (part("Så gick det med målen", *reached), part(answered.title, *questions))
    return form("utvardering", "Utvärdering av planen", lead, sections)


def _fields() -> dict[str, Field]:
    return schema.fields(KIND).properties


def _meeting() -> dict[str, Field]:
    meeting = _fields()["möten"].items
    assert meeting is not None
    return meeting.properties


def _goal_fields() -> dict[str, Field]:
    goal = _fields()["mål"].items
    assert goal is not None
    return goal.properties


def _whose() -> Writing:
    return Writing(_fields()["person"].title, 1)


def _goal(number: int) -> Section:
    inner = _goal_fields()
    blocks: tuple[Block, ...] = (
        *_rooms(inner, mål=2, mina_ord=2),
        Checks(inner["område"].title, _boxes(inner["område"]), beside=True),
        Checks(inner["sikt"].title, _boxes(inner["sikt"]), beside=True),
        *_rooms(inner, så_märks_det=2),
        _grid(inner["åtgärder"], 3, "vad", "vem", "klart", lines=2, label=inner["åtgärder"].title),
    )
    return Section(f"mal-{number}", f"Mål {number}", blocks)


def _measures(title: str) -> Section:
    measure = _fields()["insatser"].items
    assert measure is not None
    inner = {**measure.properties, **measure.properties["beslut"].properties}
    rows, keys = MEASURES[title]
    return part(title, Grid("", ("Nr", *(inner[key].title for key in keys)), rows, 2))


def _copies(copies: Field) -> Grid:
    assert copies.items is not None
    inner = copies.items.properties
    head = (inner["till"].title, inner["delar"].title, inner["samtycke"].properties["till_och_med"].title)
    return Grid("", ("Nr", *head), 4)


def _when_and_where() -> tuple[Block, ...]:
    return _beside(_meeting(), "tid", "längd_minuter", "plats", "länk")


def _alone(field: Field, rows: int) -> Section:
    """A part with one room, whose heading says what it is for."""
    return part(field.title, replace(_room(field, rows), label=""))


def _beside(fields: dict[str, Field], *keys: str) -> tuple[Writing, ...]:
    return tuple(Writing(fields[key].title, 1, beside=True) for key in keys)


def _rooms(fields: dict[str, Field], **rows: int) -> tuple[Writing, ...]:
    """Room for some fields, so many rows for each."""
    return tuple(_room(fields[key], number) for key, number in rows.items())


def _room(field: Field, rows: int) -> Writing:
    """Room for a field, with the schema's example where one writes much."""
    first = field.examples[0] if field.examples and rows > 1 else ""
    words = " ".join(map(str, first)) if isinstance(first, list) else str(first)
    return Writing(field.title, rows, f"Till exempel: {words}" if words else "")


def _boxes(field: Field, but: str = "") -> tuple[tuple[str, bool], ...]:
    return tuple((str(choice).capitalize(), False) for choice in field.choices if choice != but)


def _grid(field: Field, rows: int, *keys: str, lines: int = 1, label: str = "") -> Grid:
    """A table to write in, with a column for some of the fields of each item."""
    holder = field.items or field.entries
    assert holder is not None
    return Grid(label, ("Nr", *(holder.properties[key].title for key in keys)), rows, lines)
