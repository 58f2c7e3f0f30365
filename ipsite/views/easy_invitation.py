"""The invitation to a meeting in easy words, one thought on each line: to each who is invited, and to the person whose
meeting it is, who is told what she may say no to and has room for what she wants to say.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ipsite import dates
from ipsite.model import MYSELF, Node, Plan
from ipsite.views import people
from ipsite.views.blocks import Block, Bullets, Checks, Document, Fact, Lines, Links, Text, Writing
from ipsite.views.goals import deadline
from ipsite.views.invitation import addressed, duties, host, promised, to_prepare
from ipsite.views.sentences import capital
from ipsite.views.sheet import everyone_at, listed, of_the_day, part, sheet

_EASY = {
    "individuell plan": (
        "{name} har en individuell plan.",
        "Planen säger vilket stöd {name} har.",
        "Den säger också vilket stöd som är planerat.",
        "Det finns en lag om planen.",
        "Lagen heter LSS.",
        "Planen står i paragraf 10.",
    ),
    "sip": (
        "{name} har en plan som heter SIP.",
        "Planen säger vad kommunen ska göra.",
        "Den säger också vad vården ska göra.",
        "Det finns två lagar om planen.",
    ),
    "genomförandeplan": (
        "{name} har en genomförandeplan.",
        "Planen säger hur {name} ska få sitt stöd.",
    ),
}


def easy_invitation(plan: Plan, meeting: Node, key: str, today: date) -> Document:
    """To the one whose key is `key`; to nobody in particular when it is ""."""
    name = plan.called
    hello: tuple[Block, ...] = (Text(((f"Hej {people.name(plan, key)}!",),)),) if key else (Writing("Hej", 1),)
    lead = (*hello, Text(((f"{name} vill att du kommer på ett möte.",),)))
    tasks = tuple((words[1].format(name=name),) for words in duties(meeting, key))
    guests = tuple((line,) for line in people.names_to_others(plan, everyone_at(meeting, "inbjudna")))
    sections = (
        part("När och var är mötet?", *_easy_when(meeting)),
        part("Varför har vi ett möte?", Text((tuple(line.format(name=name) for line in _EASY[plan.kind]),))),
        part("Vad pratar vi om?", *listed(meeting, "dagordning")),
        part("Vad gör du på mötet?", *((Bullets("", tasks),) if tasks else ())),
        part("Vad ska vi göra före mötet?", *_easy_preparation(plan, meeting, key)),
        part(f"Så vill {name} att mötet är", *listed(meeting, "så_fungerar_mötet_för_mig")),
        part("Vilka kommer?", Bullets("", guests)),
        part("Kan du komma?", *_easy_answer(plan, meeting, key)),
    )
    title = f"Inbjudan{addressed(plan, key)} på lättläst – {of_the_day(meeting)}"
    return sheet(plan, today, title, lead, sections, layout="easy")


def _easy_when(meeting: Node) -> tuple[Block, ...]:
    start, minutes = meeting.time("tid"), meeting.get("längd_minuter")
    parts: list[Block] = []
    if start:
        lines = [
            f"Mötet är {dates.WEEKDAYS[start.weekday()]} {dates.day(start)}.",
            f"Det börjar klockan {start:%H.%M}.",
        ]
        if minutes and (end := dates.later(start, minutes.value)):
            lines.append(f"Det slutar klockan {end:%H.%M}.")
        parts.append(Text((tuple(lines),)))
    else:
        parts.append(Writing("Mötet är den här dagen och tiden", 1))
    parts.append(Fact("Vi är här", (meeting.text("plats"),)) if meeting.text("plats") else Writing("Vi är här", 1))
    if link := meeting.text("länk"):
        parts += [Text((("Du kan vara med på video också.", "Då går du till den här sidan:"),)), Links(((link, link),))]
    return tuple(parts)


def _easy_preparation(plan: Plan, meeting: Node, key: str) -> Iterator[Block]:
    """First what the one who is invited does, also what was promised before."""
    yours, others = _easy_tasks(plan, meeting, key)
    if yours:
        yield Bullets("Det här gör du:", yours)
    if others:
        yield Bullets("Det här ska också göras:" if yours else "", others)


def _easy_tasks(plan: Plan, meeting: Node, key: str) -> tuple[tuple[Lines, ...], tuple[Lines, ...]]:
    """What the one whose key is `key` does before the meeting, and what the others do."""
    first, others = to_prepare(plan, meeting, key)
    return (*first, *_promised(plan, meeting, key)), others


def _promised(plan: Plan, meeting: Node, key: str) -> tuple[Lines, ...]:
    due = ((task.text("lättläst") or task.text("vad"), deadline(task)) for task in promised(plan, meeting, key))
    return tuple((f"{words.rstrip('.')}. Det ska vara klart {day}.",) for words, day in due)


def _ticks(*words: str) -> Checks:
    return Checks("Sätt ett kryss:", tuple((answer, False) for answer in words))


def _answers(meeting: Node, no: str) -> Checks:
    on_video = ("Ja, jag är med på video",) if "länk" in meeting else ()
    return _ticks("Ja, jag kommer", *on_video, no)


def _easy_answer(plan: Plan, meeting: Node, key: str) -> tuple[Block, ...]:
    return _answers(meeting, "Nej, jag kan inte komma"), Fact("Säg det till", host(plan, meeting, key))


# --- To the person herself ----------------------------------------------------------------------------------------

_WHY = {
    "planeringsmöte": ("Vi ska göra din plan.", "Har du redan en plan kan vi ändra i den."),
    "uppföljningsmöte": ("Vi ska se hur det går med din plan.",),
    "utvärderingsmöte": ("Vi ska se hur det blev med din plan.",),
}
_HERS = ("Mötet är till för dig.", "Du berättar vad du vill.", "De andra berättar vad de kan göra.")
_WISHES = (
    "Jag vill ha frågorna före mötet",
    "Jag vill se bilder",
    "Jag vill ha paus",
    "Jag vill att en person pratar i taget",
    "Jag vill ha tid att tänka",
)
_MAY = (
    "Jag vill inte svara på den frågan.",
    "Jag vill inte ha det stödet.",
    "Jag vill tänka först.",
    "Jag vill ha paus.",
    "Jag har ändrat mig.",
)


def my_meeting(plan: Plan, meeting: Node, today: date) -> Document:
    """To the person whose meeting it is."""
    lead = (Text(((f"Hej {plan.called}!", "Du ska ha ett möte om din plan."), _HERS)),)
    guests = tuple(
        (line,) for line in people.names(plan, [key for key in everyone_at(meeting, "inbjudna") if key != MYSELF])
    )
    yours = (*_my_preparation(plan, meeting), *_promised(plan, meeting, MYSELF))
    works = listed(meeting, "så_fungerar_mötet_för_mig") or (
        _ticks(*_WISHES),
        Writing("Något annat", 1),
    )
    sections = (
        part("När och var är mötet?", *_easy_when(meeting)),
        part("Varför har vi ett möte?", Text((_WHY[meeting.text("slag")],))),
        part(
            "Vilka kommer?",
            *((Bullets("", guests),) if guests else ()),
            Writing("Jag vill att den här personen också kommer", 1),
        ),
        part("Vad pratar vi om?", *listed(meeting, "dagordning")),
        part("Vad gör du på mötet?", *_my_tasks(meeting)),
        part("Vem hjälper dig på mötet?", *_my_helpers(plan, meeting)),
        part("Vad ska du göra före mötet?", *((Bullets("", yours),) if yours else ())),
        part("Så vill jag att mötet är", *works),
        part("Det här vill jag säga", Writing("Skriv eller rita. Någon kan hjälpa dig.", 4)),
        part(
            "Du får säga nej",
            Bullets("Du kan säga:", tuple((words,) for words in _MAY)),
            Writing("Det här vill jag inte prata om på mötet", 2),
        ),
        part("Kan du komma?", *_my_answer(plan, meeting)),
    )
    return sheet(plan, today, f"Mitt möte – {of_the_day(meeting)}", lead, sections, layout="easy")


def _my_tasks(meeting: Node) -> Iterator[Block]:
    """What the person does at the meeting."""
    if tasks := tuple((words[1],) for words in duties(meeting, MYSELF) if "{name}" not in words[1]):
        yield Bullets("", tasks)


def _my_helpers(plan: Plan, meeting: Node) -> Iterator[Block]:
    """Who helps the person to be heard."""
    names = (people.name(plan, key) for key in meeting.who("för_min_talan") if key != MYSELF)
    if helpers := tuple((f"{capital(name)} hjälper dig att säga vad du vill.",) for name in names):
        yield Bullets("", helpers)


def _my_preparation(plan: Plan, meeting: Node) -> tuple[Lines, ...]:
    """What the person has to prepare, alone or together with others, and what is for all of them."""
    hers, rest = to_prepare(plan, meeting, MYSELF)
    others = {line for key in plan.people for line in to_prepare(plan, meeting, key)[0]}
    return (*hers, *(line for line in rest if line not in others))


def _my_answer(plan: Plan, meeting: Node) -> Iterator[Block]:
    yield _answers(meeting, "Nej, jag vill ha en annan dag")
    if (to_tell := host(plan, meeting, MYSELF)) != (plan.called,):
        yield Fact("Säg det till", to_tell)
