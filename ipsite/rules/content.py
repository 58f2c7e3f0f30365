"""What an individuell plan should hold: the law's three things first, then what guidance asks for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ipsite.model import MYSELF, Node, Plan, is_late, is_open
from ipsite.rules.rule import ADVICE, ALL, IP, LSS10, NINE, Finding, rule

OPEN = ("planerat", "pågår")


def _own(plan: Plan, status: str) -> list[Node]:
    """The insatser of kommun and region with `status`."""
    return [m for m in plan.root.each("insatser") if m.text("status") == status and m.text("huvudman") != "annan"]


def _said_to_be_none(plan: Plan) -> bool:
    """`insatser: []` says that there are none at all."""
    return "insatser" in plan.root and not plan.root.each("insatser")


_NONE = "Finns det inga, säg det i planen: «x_ignorera: {CODE: Finns inga just nu}»."


@rule(
    "IP101",
    "varning",
    "individuell plan",
    "Beslutade insatser",
    why="Lagen säger att planen ska visa de insatser som är beslutade. Utan dem ser ingen vad du redan har rätt till.",
    law=LSS10,
    mend="Skriv varje beslutad insats under «insatser» med «status: beslutad». " + _NONE.replace("CODE", "IP101"),
    example="insatser:\n  - insats: Daglig verksamhet\n    lagrum: 9 § 10 LSS\n    status: beslutad\n    huvudman: kommun",
    kinds=IP,
)
def decided(plan: Plan, today: date) -> Iterator[Finding]:
    """The plan shows what has been decided."""
    if not _own(plan, "beslutad") and not _said_to_be_none(plan):
        yield Finding(plan.root, "Planen visar inga beslutade insatser.", missing="insatser")


@rule(
    "IP102",
    "varning",
    "individuell plan",
    "Planerade insatser",
    why="Lagen säger att planen ska visa de insatser som är planerade, alltså det som inte är beslutat än.",
    law=LSS10,
    mend="Skriv varje planerad insats under «insatser» med «status: planerad». " + _NONE.replace("CODE", "IP102"),
    example="insatser:\n  - insats: Ledsagarservice\n    lagrum: 9 § 3 LSS\n    status: planerad\n    huvudman: kommun",
    kinds=IP,
)
def planned(plan: Plan, today: date) -> Iterator[Finding]:
    """The plan shows what is planned."""
    if not _own(plan, "planerad") and not _said_to_be_none(plan):
        yield Finding(plan.root, "Planen visar inga planerade insatser.", missing="insatser")


@rule(
    "IP103",
    "varning",
    "individuell plan",
    "Åtgärder av andra än kommunen och regionen",
    why="Lagen säger att planen också ska visa vad andra gör, till exempel Försäkringskassan eller en förening.",
    law=LSS10,
    mend="Skriv det andra gör under «insatser» med «huvudman: annan», eller ge dem en åtgärd i ett mål. "
    + _NONE.replace("CODE", "IP103"),
    example="insatser:\n  - insats: Aktivitetsersättning\n    status: beslutad\n    huvudman: annan",
    kinds=IP,
)
def by_others(plan: Plan, today: date) -> Iterator[Finding]:
    """The plan shows what others than kommun and region do."""
    others = {key for key, person in plan.people.items() if person.text("huvudman") == "annan"}
    acting = {key for action, _ in plan.tasks() for key in action.who("vem")}
    measures = [m for m in plan.root.each("insatser") if m.text("huvudman") == "annan"]
    if not measures and not others & acting and not _said_to_be_none(plan):
        yield Finding(plan.root, "Planen visar inga åtgärder av andra än kommunen och regionen.", missing="insatser")


@rule(
    "IP107",
    "varning",
    "individuell plan",
    "Mål i planen",
    why="Utan mål syns det inte vad du önskar och vart du vill. Mål är en av de nio punkter som brukar nämnas.",
    law=NINE,
    mend="Skriv minst ett mål, gärna med dina egna ord.",
    example="mål:\n  - mål: Jag bor i en egen lägenhet\n    mina_ord: Jag vill ha en egen dörr.\n    status: pågår",
    kinds=IP,
)
def goals(plan: Plan, today: date) -> Iterator[Finding]:
    """The plan has goals."""
    if not plan.root.each("mål"):
        yield Finding(plan.root, "Planen har inga mål.", missing="mål")


@rule(
    "IP108",
    "varning",
    "individuell plan",
    "Egna ord vid varje mål",
    why="Lagen säger att planen görs i samråd med dig. Som vi läser det bör planen visa vad du själv har sagt.",
    law=LSS10,
    mend="Skriv vad personen själv har sagt om målet. Den som inte talar kan visa på andra sätt: skriv vad ni såg.",
    example="mål:\n  - mål: Alva bor i en egen lägenhet\n    mina_ord: Jag vill ha en egen dörr som jag kan stänga.",
    kinds=IP,
)
def own_words(plan: Plan, today: date) -> Iterator[Finding]:
    """Every goal has the person's own words."""
    for goal in plan.root.each("mål"):
        if "mina_ord" not in goal:
            yield Finding(goal, "Målet saknar personens egna ord.", missing="mina_ord")


@rule(
    "IP109",
    "varning",
    "individuell plan",
    "Varje åtgärd har en dag",
    why="Det som inte har någon dag blir ofta inte av. Punkten «vem gör vad, och när» är en av de nio.",
    law=NINE,
    mend="Skriv vilken dag åtgärden ska vara klar.",
    example="åtgärder:\n  - vad: Besöka två lägenheter\n    vem: handläggare\n    klart: 2027-05-15\n    status: pågår",
)
def dated_actions(plan: Plan, today: date) -> Iterator[Finding]:
    """Every action that is not finished says by when."""
    for action, _ in plan.tasks():
        if "klart" not in action and is_open(action):
            yield Finding(action, "Åtgärden saknar en dag då den ska vara klar.", missing="klart")


@rule(
    "IP110",
    "varning",
    "individuell plan",
    "Försenade åtgärder",
    why="Har dagen gått utan att något är skrivet vet ingen om det blev av.",
    law=NINE,
    mend="Ändra «status» till «klar» eller «blev inte av», eller sätt en ny dag som alla har kommit överens om.",
    example="åtgärder:\n  - vad: Besöka två lägenheter\n    vem: handläggare\n    klart: 2026-05-15\n    status: klar",
)
def late_actions(plan: Plan, today: date) -> Iterator[Finding]:
    """No action is overdue without saying what came of it."""
    if plan.status == "avslutad":
        return
    for action, _ in plan.tasks():
        if is_late(action, today):
            yield Finding(action["klart"], "Dagen har gått, men det står inte om åtgärden blev av.")


@rule(
    "IP111",
    "varning",
    "individuell plan",
    "Mål utan någon åtgärd",
    why="En önskan som ingen ska göra något åt stannar på pappret.",
    law=NINE,
    mend="Skriv minst en åtgärd: vad ska hända, vem gör det, när är det klart? Ska målet vänta, skriv «status: vilar».",
    example="åtgärder:\n  - vad: Ordna studiebesök på två kaféer\n    vem: dv\n    klart: 2027-06-01\n    status: ej påbörjad",
)
def goals_without_actions(plan: Plan, today: date) -> Iterator[Finding]:
    """Every open goal has somebody who does something."""
    for goal in plan.root.each("mål"):
        if goal.text("status") in OPEN and not goal.each("åtgärder"):
            yield Finding(goal, "Ingen ska göra något för att nå målet.", missing="åtgärder")


@rule(
    "IP112",
    "tips",
    "individuell plan",
    "Lättläst text vid varje mål",
    why="Planen är till för personen själv. Med lättläst text kan fler läsa sin egen plan.",
    law=ADVICE,
    mend="Skriv en mening till: en tanke, korta ord, det konkreta först.",
    example="mål:\n  - mål: Alva provar arbete på kafé\n    lättläst: Jag ska prova att arbeta på ett kafé.",
)
def easy_goals(plan: Plan, today: date) -> Iterator[Finding]:
    """Every goal can be read in easy language."""
    for goal in plan.root.each("mål"):
        if "lättläst" not in goal:
            yield Finding(goal, "Målet saknar lättläst text.", missing="lättläst")


@rule(
    "IP113",
    "varning",
    "individuell plan",
    "Barnets egen åsikt",
    why="När en insats rör ett barn ska barnet få säga vad det tycker. Som vi läser lagen bör det också synas i planen.",
    law="8 § LSS",
    mend="Skriv barnets ord i «mina_ord» eller under «olika_bilder». Barnet kan också visa med bilder eller tecken.",
    example="olika_bilder:\n  - vem: jag själv\n    ser_det_så: Jag vill sova hemma på lördagar.",
    kinds=ALL,
)
def childs_view(plan: Plan, today: date) -> Iterator[Finding]:
    """A child's plan shows the child's own view."""
    born = plan.person.get("födelseår")
    if born is None or today.year - born.value >= 18:
        return
    words = any("mina_ord" in goal for goal in plan.root.each("mål")) or "mina_synpunkter" in plan.root
    views = [view for meeting in plan.root.each("möten") for view in meeting.each("olika_bilder")]
    if not words and not any(MYSELF in view.who("vem") for view in views):
        yield Finding(plan.root, "Planen gäller ett barn, men barnets egen åsikt syns inte.", missing="mål")
