"""The letters in lättläst: texts of their own, a thought on each line. They ask for the same in law as the others.

What a letter says of the law stands in docs/brev-lattlast.md with its sources. A slot that a plan can fill in has the
same words here as in `letters.py`.
"""

from __future__ import annotations

from ipsite.letter import EASY, MY_NAME, Letter, Line, Points

_TO = Line("Till [LSS-handläggaren eller regionen]", "Till (LSS-handläggaren eller regionen)")
_LAW = Line("Det är en plan enligt paragraf 10 i LSS.")

EASY_LETTERS = (
    Letter(
        f"begara-plan{EASY}",
        "Jag vill ha en individuell plan",
        ("10 § LSS",),
        _TO,
        (
            (MY_NAME, Line("Jag har [insats] enligt LSS.", "Jag har de här insatserna enligt LSS", 2)),
            (Line("Jag ber om en individuell plan."), _LAW, Line("Planen ska göras tillsammans med mig.")),
            (
                Line("Jag vill ha med de här personerna: [namn och roll].",
                     "Jag vill ha med de här personerna (namn och roll)", 4),
                Line("Jag vill gärna ha mötet [dag eller vecka].", "Jag vill gärna ha mötet (dag eller vecka)"),
                Line("På mötet behöver jag [till exempel pauser, bilder eller tolk].",
                     "På mötet behöver jag (till exempel pauser, bilder eller tolk)", 3),
            ),
            (
                Line("Jag vill ha svar på papper."),
                Line("Skriv vem jag ska prata med."),
                Line("Skriv när ni börjar."),
                Line("Skriv också mitt diarienummer."),
            ),
        ),
    ),
    Letter(
        f"paminnelse{EASY}",
        "Jag väntar på min individuella plan",
        ("10 § LSS", "6 § FL"),
        _TO,
        (
            (
                MY_NAME,
                Line("Den [datum] bad jag om en individuell plan.", "Jag bad om en individuell plan den här dagen"),
                _LAW,
                Line("Mitt diarienummer är [nummer].", "Mitt diarienummer, om jag har fått ett"),
                Line("Jag har inte fått [något svar, något möte].", "Det här har jag inte fått (svar, möte)"),
            ),
            (
                Line("Svara mig senast den [sista dag].", "Svara mig senast den här dagen"),
                Line("Jag vill veta tre saker:"),
            ),
            Points(("vem som ansvarar för min plan", "vilken dag vi har det första mötet", "varför jag får vänta.")),
            (Line("Ni ska hjälpa mig utan onödig väntan."), Line("Det står i paragraf 6 i förvaltningslagen.")),
            (
                Line("En annan person fick också vänta på sin plan."),
                Line("Det tog mer än ett år innan arbetet med planen började."),
                Line("JO skrev att det tog för lång tid."),
                Line("Läs om det i JO 4382-2002."),
            ),
        ),
    ),
    Letter(
        f"begara-insats{EASY}",
        "Jag vill ha en insats enligt LSS",
        ("9 § LSS", "7 § LSS"),
        _TO,
        (
            (
                MY_NAME,
                Line("Jag ber om [insats] enligt paragraf 9 i LSS.", "Jag ber om den här insatsen (paragraf 9 i LSS)"),
                Line("Så mycket behöver jag: [till exempel 20 timmar i månaden].", "Så mycket behöver jag"),
            ),
            (
                Line("Jag behöver insatsen i min vardag."),
                Line("Utan den kan jag inte [vad du inte kan göra].", "Det här kan jag inte göra utan insatsen", 3),
                Line("Jag får inte hjälpen på något annat sätt, för att [skäl].",
                     "Jag får inte hjälpen på något annat sätt, för att", 3),
            ),
            (
                Line("Önskan står i min individuella plan från [datum].",
                     "Önskan står i min individuella plan, om jag har en, från"),
                Line("Jag skickar med [till exempel intyg].", "Jag skickar med (till exempel intyg)"),
            ),
            (
                Line("Jag vill ha ett beslut på papper."),
                Line("Skriv varför ni säger ja eller nej."),
                Line("Skriv också hur jag överklagar."),
            ),
        ),
    ),
    Letter(
        f"overklaga{EASY}",
        "Jag överklagar ett beslut",
        ("9 § LSS", "27 § LSS", "43 § FL", "44 § FL"),
        Line("Till [nämnden som beslutade]", "Till (nämnden som beslutade)"),
        (
            (Line("Brevet är till förvaltningsrätten."),),
            (
                MY_NAME,
                Line("Jag överklagar beslutet från den [dag].", "Jag överklagar beslutet från den här dagen"),
                Line("Beslutets diarienummer är [nummer].", "Beslutets diarienummer"),
                Line("Beslutet handlar om [insatsen].", "Beslutet handlar om den här insatsen"),
                Line("Jag fick beslutet den [dag].", "Jag fick beslutet den här dagen"),
            ),
            (
                Line("Jag vill att beslutet ändras."),
                Line("Jag vill ha [det du vill ha].", "Det här vill jag ha", 2),
                Line("Beslutet är fel, för att [skäl].", "Beslutet är fel, för att", 4),
            ),
            (Line("Jag skickar med [till exempel min plan och intyg].",
                  "Jag skickar med (till exempel min plan och intyg)"),),
        ),
    ),
)  # fmt: skip
