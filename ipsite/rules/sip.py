"""What a SIP shall show: the four points of the law, and consent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ipsite.model import Plan
from ipsite.rules.rule import SIP, Finding, rule

SOL = "10 kap. 8 § SoL"


@rule(
    "IP201",
    "varning",
    "sip",
    "Vilka insatser som behövs",
    why="Det är den första av de fyra punkter som lagen kräver av en SIP.",
    law=SOL,
    mend="Skriv insatserna under «insatser», var och en med sin huvudman.",
    example="insatser:\n  - insats: Boendestöd\n    status: beslutad\n    huvudman: kommun",
    kinds=SIP,
)
def measures_needed(plan: Plan, today: date) -> Iterator[Finding]:
    """Point 1: which insatser are needed."""
    if not plan.root.each("insatser"):
        yield Finding(plan.root, "Planen visar inte vilka insatser som behövs.", missing="insatser")


@rule(
    "IP202",
    "varning",
    "sip",
    "Vad kommunen och regionen ansvarar för",
    why="En SIP görs när det behövs insatser både från socialtjänsten och från hälso- och sjukvården. "
    "Lagen kräver att det framgår vad var och en ansvarar för.",
    law=SOL,
    mend="Skriv minst en insats med «huvudman: kommun» och en med «huvudman: region».",
    example="insatser:\n  - insats: Arbetsterapi\n    status: planerad\n    huvudman: region",
    kinds=SIP,
)
def both_parties(plan: Plan, today: date) -> Iterator[Finding]:
    """Point 2: what each of kommun and region answers for."""
    if not plan.root.each("insatser"):
        return
    present = {measure.text("huvudman") for measure in plan.root.each("insatser")}
    for party, word in (("kommun", "kommunen"), ("region", "regionen")):
        if party not in present:
            yield Finding(plan.root["insatser"], f"Det framgår inte vad {word} ansvarar för.")


@rule(
    "IP203",
    "tips",
    "sip",
    "Åtgärder av någon annan",
    why="Lagen kräver att planen visar åtgärder som ska göras av någon annan än kommunen eller regionen, om det finns några.",
    law=SOL,
    mend="Skriv vad andra gör med «huvudman: annan», eller säg att det inte finns något: "
    "«x_ignorera: {IP203: Ingen annan gör något}».",
    example="insatser:\n  - insats: Aktivitetsersättning\n    status: beslutad\n    huvudman: annan",
    kinds=SIP,
)
def by_others(plan: Plan, today: date) -> Iterator[Finding]:
    """Point 3: what others do."""
    measures = plan.root.each("insatser")
    if measures and not any(measure.text("huvudman") == "annan" for measure in measures):
        yield Finding(plan.root["insatser"], "Det framgår inte om någon annan ska göra något.")


@rule(
    "IP204",
    "varning",
    "sip",
    "Det övergripande ansvaret",
    why="Lagen kräver att det framgår vem av kommunen och regionen som har det övergripande ansvaret för planen.",
    law=SOL,
    mend="Skriv «huvudman» och gärna namnet på den som håller i planen.",
    example="övergripande_ansvar:\n  huvudman: kommun\n  vem: handläggare",
    kinds=SIP,
)
def overall_responsibility(plan: Plan, today: date) -> Iterator[Finding]:
    """Point 4: who has the overall responsibility."""
    answer = plan.root["övergripande_ansvar"]
    if "huvudman" not in answer:
        yield Finding(answer, "Det framgår inte om kommunen eller regionen har det övergripande ansvaret.")


@rule(
    "IP205",
    "varning",
    "sip",
    "Samtycke till planen",
    why="En SIP får bara göras om personen samtycker till det.",
    law=SOL,
    mend="Skriv vilken dag personen samtyckte, vad det gäller och hur länge.",
    example="samtycke:\n  datum: 2026-09-02\n  gäller: Planen och det som sägs på mötena\n  till_och_med: 2027-09-01",
    kinds=SIP,
)
def consent(plan: Plan, today: date) -> Iterator[Finding]:
    """The person has consented, and when."""
    given = plan.root["samtycke"]
    if "datum" not in given:
        yield Finding(given, "Det står inte när personen samtyckte.", missing="datum")
