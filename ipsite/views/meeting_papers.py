"""Papers for one meeting: the invitation, the agenda and the notes.

They are given to everyone who is invited, so the plan that they are made from holds nothing private.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ipsite.model import MYSELF, Node, Plan
from ipsite.views import people
from ipsite.views.blocks import Block, Bullets, Checks, Document, Fact, Text, Writing, paragraphs, text
from ipsite.views.meetings import views
from ipsite.views.sheet import everyone_at, listed, of_the_day, part, sheet, tasks_at, texts, when_and_where, whose

# What the meeting is about, in the words of the law: 10 § LSS; 10 kap. 8–9 §§ SoL and 16 kap. 4 § HSL; SOSFS 2014:5.
LAW = {
    "individuell plan": (
        "Mötet handlar om en individuell plan enligt 10 § LSS. Den görs i samråd med {name}. I planen står beslutade "
        "och planerade insatser, och det som andra än kommunen och regionen gör. Planen ska omprövas fortlöpande, "
        "minst en gång om året."
    ),
    "sip": (
        "Mötet handlar om en samordnad individuell plan, SIP, enligt 10 kap. 8 § socialtjänstlagen och 16 kap. 4 § "
        "hälso- och sjukvårdslagen. Kommunen och regionen gör den tillsammans med {name}, när det är möjligt. I planen "
        "står vilka insatser som behövs, vad kommunen, regionen och andra gör och vem som har ansvaret för hela planen."
    ),
    "genomförandeplan": (
        "Mötet handlar om en genomförandeplan. Den beskriver hur en beslutad insats ska genomföras. Utföraren gör den "
        "med respekt för det som {name} vill och bestämmer."
    ),
}


def invitation(plan: Plan, meeting: Node, today: date) -> Document:
    """To each one who is invited. It tells what the meeting is about and nothing else out of the plan."""
    lead = (
        text(f"Du är bjuden till ett möte om {whose(plan)}."),
        *when_and_where(meeting),
        *tasks_at(plan, meeting),
    )
    invited = tuple((line,) for line in people.names(plan, everyone_at(meeting, "inbjudna")))
    sections = (
        part(
            "Vad mötet handlar om", Fact("Planen heter", (plan.title,)), text(LAW[plan.kind].format(name=plan.called))
        ),
        part("Det här pratar vi om", *listed(meeting, "dagordning")),
        part("Förbered dig så här", *listed(meeting, "förbered")),
        part(f"Så fungerar mötet för {plan.called}", *listed(meeting, "så_fungerar_mötet_för_mig")),
        part("Vilka som är bjudna", Bullets("", invited)),
        part("Svara på inbjudan", *_answer(plan, meeting)),
    )
    return sheet(plan, today, f"Inbjudan till {of_the_day(meeting)}", lead, sections)


def _answer(plan: Plan, meeting: Node) -> tuple[Block, ...]:
    on_link = (("Jag är med på länk", False),) if "länk" in meeting else ()
    boxes = (("Jag kommer", False), *on_link, ("Jag kan inte komma", False), ("Jag skickar någon annan", False))
    return (
        Fact("Svara till", _host(plan, meeting)),
        Checks("Kryssa för ditt svar", boxes, beside=True),
        Writing("Mitt namn. Om någon annan kommer: också det namnet", 1),
        Writing("Det här vill jag säga eller behöver jag på mötet", 2),
    )


def _host(plan: Plan, meeting: Node) -> tuple[str, ...]:
    """Whom to answer: of those who arrange the meeting the first who can be reached, with phone and e-mail."""
    keys = [key for field in ("leder", "skriver", "för_min_talan") for key in meeting.who(field)] or [MYSELF]
    others = [key for key in keys if key != MYSELF]
    reached = [key for key in others if {"telefon", "e_post"} & set(plan.people[key].value)]
    chosen = (*reached, *others, MYSELF)[0]
    if chosen == MYSELF:
        return (plan.called,)
    person = plan.people[chosen]
    reach = (person.text(field) for field in ("telefon", "e_post"))
    return (people.with_role(plan, chosen), *(line for line in reach if line))


def agenda(plan: Plan, meeting: Node, today: date) -> Document:
    """For the table: what to talk about, ticked off as one goes, and who is there."""
    points = tuple((f"{number}. {point[0]}", False) for number, point in enumerate(texts(meeting, "dagordning"), 1))
    sections = (
        part("Så fungerar mötet för mig", *listed(meeting, "så_fungerar_mötet_för_mig")),
        part(
            "Det här pratar vi om",
            Checks("Kryssa när vi är klara med en punkt", points)
            if points
            else Writing("Skriv en punkt på varje rad", 6),
        ),
        part("Vilka som är med", *_attendance(plan, meeting)),
        part("Nästa möte", Writing("Dag, tid och plats", 2)),
    )
    lead = (*when_and_where(meeting), *tasks_at(plan, meeting))
    return sheet(plan, today, f"Dagordning för {of_the_day(meeting)}", lead, sections)


def _attendance(plan: Plan, meeting: Node) -> tuple[Block, ...]:
    boxes = tuple((line, False) for line in people.names(plan, everyone_at(meeting, "inbjudna")))
    return Checks("Kryssa för den som är här", boxes), Writing("Andra som är här", 1)


def notes(plan: Plan, meeting: Node, today: date) -> Document:
    """What was said, decided and seen differently; room to write where nothing stands yet."""
    came = tuple((line,) for line in people.names(plan, meeting.who("deltog")))
    sections = (
        part("Vilka som var med", *((Bullets("", came),) if came else _attendance(plan, meeting))),
        part("Det här sa vi", *_said(meeting)),
        part("Det här bestämde vi", *(listed(meeting, "beslut") or (Writing("Vad, vem och till när", 5),))),
        part("Det här ser vi olika på", *_views(plan, meeting)),
        part("Nästa möte", Writing("Dag, tid och plats", 2)),
    )
    lead = (*when_and_where(meeting), *tasks_at(plan, meeting))
    return sheet(plan, today, f"Anteckningar till {of_the_day(meeting)}", lead, sections)


def _said(meeting: Node) -> tuple[Block, ...]:
    if written := meeting.text("anteckningar"):
        return (Text(paragraphs(written)),)
    points = [point[0] for point in texts(meeting, "dagordning")]
    return tuple(Writing(point, 3) for point in points) or (Writing("Anteckningar", 8),)


def _views(plan: Plan, meeting: Node) -> tuple[Block, ...]:
    if meeting.each("olika_bilder"):
        return (replace(views(plan, meeting), caption=""),)  # the heading says it
    return Writing(f"Så ser {plan.called} på det", 2), Writing("Så ser någon annan på det. Skriv vem", 2)
