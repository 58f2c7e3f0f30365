"""The invitation to a meeting, one to each who is invited. `easy_invitation.py` says it in easy words.

It tells what the meeting is about and what the one who gets it has promised, and nothing else out of the plan.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from ipsite.model import MYSELF, Node, Plan, is_open
from ipsite.views import people
from ipsite.views.blocks import Block, Bullets, Checks, Document, Fact, Lines, Writing, text
from ipsite.views.goals import deadline, tasks_by_person
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
_TASKS = {
    "leder": ("Du leder mötet.", "Du leder mötet."),
    "skriver": ("Du skriver anteckningar på mötet.", "Du skriver det vi säger."),
    "för_min_talan": ("Du talar för {name}. {name} är också med.", "Du hjälper {name} att säga vad {name} vill."),
}


def invited(plan: Plan, meeting: Node) -> tuple[tuple[str, str], ...]:
    """Who gets an invitation: what tells it apart in the names of files, and the key of the person.

    A meeting to which nobody is invited yet has one invitation, to nobody in particular.
    """
    keys = [key for key in dict.fromkeys(meeting.who("inbjudna")) if key != MYSELF]
    return tuple(zip(people.marks(plan, keys), keys, strict=True)) or (("", ""),)


def invitation(plan: Plan, meeting: Node, key: str, today: date) -> Document:
    """To the one whose key is `key`; to nobody in particular when it is ""."""
    lead = (
        Fact("Till", (_who(plan, key),)) if key else Writing("Till", 1),
        text(f"Du är bjuden till ett möte om {whose(plan)}."),
        *when_and_where(meeting),
        *tasks_at(plan, meeting, f"Talar för {plan.called}"),
    )
    guests = tuple((line,) for line in people.names_to_others(plan, everyone_at(meeting, "inbjudna")))
    sections = (
        part(
            "Vad mötet handlar om", Fact("Planen heter", (plan.title,)), text(LAW[plan.kind].format(name=plan.called))
        ),
        part("Det här pratar vi om", *listed(meeting, "dagordning")),
        part("Förbered dig så här", *_preparation(plan, meeting, key)),
        part(f"Så fungerar mötet för {plan.called}", *listed(meeting, "så_fungerar_mötet_för_mig")),
        part("Vilka som är bjudna", Bullets("", guests, look="columns")),
        replace(part("Svara på inbjudan", *_answer(plan, meeting, key)), whole=True),
    )
    return sheet(plan, today, f"Inbjudan{addressed(plan, key)} – {of_the_day(meeting)}", lead, sections, layout="brev")


def addressed(plan: Plan, key: str) -> str:
    """What the title says of whom it is to."""
    return f" till {people.name(plan, key)}" if key else ""


def _who(plan: Plan, key: str) -> str:
    return ", ".join(dict.fromkeys((people.name(plan, key), people.role(plan, key))))


def _preparation(plan: Plan, meeting: Node, key: str) -> Iterator[Block]:
    """What everyone should prepare, and first what the one who is invited does at the meeting and before it."""
    if tasks := tuple((words[0].format(name=plan.called),) for words in duties(meeting, key)):
        yield Bullets("Din uppgift på mötet:", tasks)
    first, others = to_prepare(plan, meeting, key)
    due = promised(plan, meeting, key)
    yours = (*first, *((f"{task.text('vad').rstrip('.')}. Klart senast {deadline(task)}.",) for task in due))
    if yours:
        yield Bullets("Det här gör du före mötet:", yours)
    if others:
        yield Bullets("Det här ska också förberedas:" if yours else "", others)


def duties(meeting: Node, key: str) -> list[tuple[str, str]]:
    """What somebody does at the meeting, in ordinary words and in easy ones."""
    return [words for field, words in _TASKS.items() if key and key in meeting.who(field)]


def to_prepare(plan: Plan, meeting: Node, key: str) -> tuple[tuple[Lines, ...], tuple[Lines, ...]]:
    """What to prepare, parted in what names the one who is invited and the rest. The person says "jag" in her plan."""
    everything = texts(meeting, "förbered")
    if not key:
        return (), everything
    name = people.name(plan, key)
    said = "|[Jj]ag" if key == MYSELF else ""
    named = re.compile(rf"\b(?:{re.escape(name)}|{re.escape(name.split()[0])}{said})(?:s\b|\b)")
    own = tuple(line for line in everything if named.search(line[0]))
    return own, tuple(line for line in everything if line not in own)


def promised(plan: Plan, meeting: Node, key: str) -> list[Node]:
    """What the one who is invited has promised to have done before the meeting and has not done yet."""
    start = meeting.time("tid")
    tasks = (task for task, _ in tasks_by_person(plan).get(key, ()))
    return [task for task in tasks if start and (day := task.date("klart")) and day <= start.date() and is_open(task)]


def _answer(plan: Plan, meeting: Node, key: str) -> tuple[Block, ...]:
    on_link = (("Jag är med på länk", False),) if "länk" in meeting else ()
    boxes = (("Jag kommer", False), *on_link, ("Jag kan inte komma", False), ("Jag skickar någon annan", False))
    return (
        Fact("Svara till", host(plan, meeting, key)),
        Checks("Kryssa för ditt svar", boxes, beside=True),
        Writing("Mitt namn. Om någon annan kommer: också det namnet", 1),
        Writing("Det här vill jag säga eller behöver jag på mötet", 2),
    )


def host(plan: Plan, meeting: Node, invited: str) -> tuple[str, ...]:
    """Whom to answer: of those who arrange the meeting the first who can be reached, with phone and e-mail.

    Nobody is asked to answer to himself or herself.
    """
    keys = [key for field in ("leder", "skriver", "för_min_talan") for key in meeting.who(field)] or [MYSELF]
    others = [key for key in keys if key not in (MYSELF, invited)]
    reached = [key for key in others if {"telefon", "e_post"} & set(plan.people[key].value)]
    chosen = (*reached, *others, MYSELF)[0]
    if chosen == MYSELF:
        return (plan.called,)
    person = plan.people[chosen]
    reach = (person.text(field) for field in ("telefon", "e_post"))
    return (people.with_role(plan, chosen), *(line for line in reach if line))
