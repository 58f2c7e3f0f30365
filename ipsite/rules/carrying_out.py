"""What a genomförandeplan should show, as the allmänna råd of SOSFS 2014:5 chapter 6 have it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ipsite.model import Plan
from ipsite.rules.rule import CARRYING_OUT, Finding, rule

SOSFS = "SOSFS 2014:5, 6 kap."


@rule(
    "IP301",
    "varning",
    "genomförandeplan",
    "Målet med insatsen enligt beslutet",
    why="Rådet är att planen visar vilket eller vilka mål som gäller för insatsen enligt nämndens beslut.",
    law=SOSFS,
    mend="Skriv målet som det står i beslutet eller uppdraget.",
    example="uppdrag:\n  nämnd: Socialnämnden\n  beslut_datum: 2026-08-12\n  mål: En meningsfull sysselsättning",
    kinds=CARRYING_OUT,
)
def goal_of_decision(plan: Plan, today: date) -> Iterator[Finding]:
    """The goal that the board decided."""
    if "mål" not in plan.root["uppdrag"]:
        yield Finding(plan.root["uppdrag"], "Det står inte vilket mål insatsen har enligt beslutet.", missing="mål")


@rule(
    "IP302",
    "varning",
    "genomförandeplan",
    "Aktiviteter i insatsen",
    why="Rådet är att planen visar om insatsen innehåller en eller flera aktiviteter hos utföraren.",
    law=SOSFS,
    mend="Skriv vad som görs, av vem, när och hur.",
    example="aktiviteter:\n  - vad: Arbeta i snickeriet\n    mål: Lära mig svarva\n    ansvarig: dv\n    när: tisdagar",
    kinds=CARRYING_OUT,
)
def activities(plan: Plan, today: date) -> Iterator[Finding]:
    """What is done."""
    if not plan.root.each("aktiviteter"):
        yield Finding(plan.root, "Planen visar inga aktiviteter.", missing="aktiviteter")


@rule(
    "IP303",
    "varning",
    "genomförandeplan",
    "Mål, tid och sätt för varje aktivitet",
    why="Rådet är att planen visar vilket mål varje aktivitet har, och när och hur den ska genomföras.",
    law=SOSFS,
    mend="Skriv «mål», «när» och «hur» för aktiviteten.",
    example="aktiviteter:\n  - vad: Arbeta i snickeriet\n    mål: Lära mig svarva\n    när: tisdagar\n    hur: Leila visar först",
    kinds=CARRYING_OUT,
)
def activity_details(plan: Plan, today: date) -> Iterator[Finding]:
    """Each activity has a goal, a time and a way."""
    for activity in plan.root.each("aktiviteter"):
        absent = [key for key in ("mål", "när", "hur") if key not in activity]
        if absent:
            *first, last = (f"«{key}»" for key in absent)
            listed = f"{', '.join(first)} och {last}" if first else last
            yield Finding(activity, f"Aktiviteten saknar {listed}.", missing=absent[0])


@rule(
    "IP304",
    "varning",
    "genomförandeplan",
    "Samverkan med andra",
    why="Rådet är att planen visar hur utföraren ska samverka med nämnden, andra utförare och andra huvudmän.",
    law=SOSFS,
    mend="Skriv vilka ni samverkar med och hur.",
    example="samverkan:\n  - Vi ringer boendet när något ändras.",
    kinds=CARRYING_OUT,
)
def cooperation(plan: Plan, today: date) -> Iterator[Finding]:
    """With whom the provider works."""
    if not plan.root.each("samverkan"):
        yield Finding(plan.root, "Det står inte hur utföraren samverkar med andra.", missing="samverkan")


@rule(
    "IP305",
    "varning",
    "genomförandeplan",
    "Personens delaktighet",
    why="Planen bör göras med hänsyn till självbestämmande. Kommuner som följer rådet skriver om personen har varit med "
    "och vilka synpunkter som kom fram.",
    law=SOSFS,
    mend="Skriv vilka som deltog och vad personen sa.",
    example="deltog: [jag själv, dv]\nmina_synpunkter:\n  - Jag vill ha samma arbetsledare på morgonen.",
    kinds=CARRYING_OUT,
)
def participation(plan: Plan, today: date) -> Iterator[Finding]:
    """The person took part and was heard."""
    for key, message in (
        ("deltog", "Det står inte vilka som var med och gjorde planen."),
        ("mina_synpunkter", "Personens egna synpunkter saknas."),
    ):
        if key not in plan.root:
            yield Finding(plan.root, message, missing=key)


@rule(
    "IP306",
    "varning",
    "genomförandeplan",
    "När planen följs upp",
    why="Kommuner som följer rådet skriver när och hur planen ska följas upp.",
    law=SOSFS,
    mend="Skriv dagen och hur ni gör.",
    example="följs_upp:\n  när: 2027-02-01\n  hur: Möte med Alva, handläggaren och boendet",
    kinds=CARRYING_OUT,
)
def follow_up(plan: Plan, today: date) -> Iterator[Finding]:
    """When the plan is followed up."""
    node = plan.root["följs_upp"]
    if "när" not in node:
        yield Finding(node, "Det står inte när planen ska följas upp.", missing="när")
