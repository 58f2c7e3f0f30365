"""The letters that one sends to get a plan, a measure or an answer: their texts, in one place.

The text pages show them to copy (`filled`), and `views/letters.py` makes papers of them: filled in from a plan, or
blank. What a letter says of the law stands in docs/brev.md with its sources.
"""

from __future__ import annotations

import re

from ipsite.letter import MY_NAME, Letter, Line, Points
from ipsite.letters_easy import EASY_LETTERS

_MARK = re.compile(r"^\{\{ brev ([a-z-]+) \}\}$", re.MULTILINE)


class UnknownLetter(ValueError):
    """A page asks for a letter that does not exist. The message is for the user."""


_TO_LSS = Line("Till [LSS-handläggaren i kommunen, eller regionen om det gäller råd och stöd]",
               "Till (LSS-handläggaren i kommunen, eller regionen om det gäller råd och stöd)")  # fmt: skip
_TO_ASKED = Line("Till [den som fick min begäran]", "Till (den som fick min begäran)")
_TO_DECIDED = Line("Till [den myndighet som gav beskedet]", "Till (den myndighet som gav beskedet)")
_GRANTED = Line("Jag har beviljats [insats] enligt LSS.", "Jag har beviljats de här insatserna enligt LSS", 2)
_NUMBER = (Line("Ärendets diarienummer är [nummer].", "Ärendets diarienummer, om jag har fått ett"),)
_INVITE = Line("Jag vill att de här personerna bjuds in: [namn och roll].",
               "Jag vill att de här personerna bjuds in (namn och roll)", 4)  # fmt: skip
_ENCLOSED = "Jag bifogar (till exempel intyg)"

LETTERS = {
    letter.name: letter
    for letter in (
        Letter(
            "begara-plan",
            "Begäran om individuell plan enligt 10 § LSS",
            ("10 § LSS",),
            _TO_LSS,
            (
                (MY_NAME, _GRANTED),
                (Line("Jag begär att en individuell plan upprättas enligt 10 § LSS, i samråd med mig."),),
                (_INVITE,),
                (
                    Line("Jag vill gärna ha det första mötet [dag eller vecka].",
                         "Jag vill gärna ha det första mötet (dag eller vecka)"),
                    Line("För att mötet ska bli bra för mig behöver jag [till exempel pauser, bilder eller tolk].",
                         "Det här behöver jag för att mötet ska bli bra för mig", 3),
                ),
                (
                    Line("Jag vill ha ett skriftligt svar."),
                    Line("Skriv vem som tar hand om min begäran, när arbetet börjar och vilket diarienummer ärendet "
                         "har fått."),
                ),
            ),
        ),
        Letter(
            "paminnelse",
            "Påminnelse om min begäran om individuell plan",
            ("10 § LSS", "6 § FL"),
            _TO_ASKED,
            (
                _NUMBER,
                (
                    Line("Den [datum] begärde jag en individuell plan enligt 10 § LSS.",
                         "Jag begärde en individuell plan enligt 10 § LSS den här dagen"),
                    Line("Jag har inte fått [något svar, något möte].", "Det här har jag inte fått (svar, möte)"),
                ),
                (
                    Line("Jag ber om svar senast den [sista dag].", "Jag ber om svar senast den här dagen"),
                    Line("Jag vill veta:"),
                ),
                Points(("vem som ansvarar för min begäran", "när det första mötet blir", "varför det har dröjt.")),
                (
                    Line("Jag hänvisar till 6 § förvaltningslagen."),
                    Line("JO har kallat det en oacceptabelt lång tid när det dröjde drygt ett år innan arbetet med en "
                         "plan började (JO 4591-1999, återgivet i JO 4382-2002)."),
                ),
            ),
        ),
        Letter(
            "bara-sip",
            "Svar om min begäran om individuell plan",
            ("10 § LSS", "14 § LSS", "10 kap. 8 § SoL", "16 kap. 4 § HSL"),
            _TO_ASKED,
            (
                _NUMBER,
                (_GRANTED,),
                (
                    Line("Ni har sagt att [ni bara gör SIP, genomförandeplanen räcker].",
                         "Det här har ni sagt, till exempel att ni bara gör SIP", 2),
                    Line("Jag vill ändå ha en individuell plan enligt 10 § LSS. Skälen är de här:"),
                ),
                Points((
                    "I 10 § LSS står: ”Den som har beviljats en insats ska när som helst kunna begära att en plan "
                    "upprättas, om det inte redan har skett.” Där finns inget undantag för den som har en SIP eller en "
                    "genomförandeplan.",
                    "En SIP görs enligt 10 kap. 8 § socialtjänstlagen och 16 kap. 4 § hälso- och sjukvårdslagen. Den "
                    "har andra villkor och ett annat innehåll.",
                    "Socialstyrelsens begreppsmodell har ”individuell plan enligt LSS” och ”samordnad individuell "
                    "plan” som två skilda begrepp.",
                    "Enligt 14 § LSS ska kommunen verka för att insatserna i planen samordnas.",
                )),
                (Line("Jag är med på ett gemensamt möte, om resultatet uppfyller båda lagarna."),),
                (Line("Står ni kvar vid ert svar ber jag att få det skriftligt, med skäl och med namn på den som har "
                      "bestämt."),),
            ),
        ),
        Letter(
            "omprovning",
            "Begäran om omprövning av min individuella plan",
            ("10 § LSS",),
            _TO_LSS,
            (
                (
                    MY_NAME,
                    Line("Min individuella plan är från den [planens dag].", "Min individuella plan är från den"),
                    Line("Vi gick igenom den senast den [dag].", "Vi gick igenom den senast den"),
                ),
                (
                    Line("Enligt 10 § LSS ska planen omprövas fortlöpande och minst en gång om året."),
                    Line("Jag begär att det görs nu."),
                ),
                (Line("Det här har ändrats: [till exempel att jag har slutat skolan].",
                      "Det här har ändrats, till exempel att jag har slutat skolan", 3),),
                (
                    _INVITE,
                    Line("Jag vill gärna att vi ses [dag eller vecka].", "Jag vill gärna att vi ses (dag eller vecka)"),
                ),
                (Line("Jag vill ha ett skriftligt svar."),),
            ),
        ),
        Letter(
            "begara-sip",
            "Begäran om samordnad individuell plan (SIP)",
            ("10 kap. 8 § SoL", "16 kap. 4 § HSL"),
            Line("Till [kommunen, vårdcentralen, habiliteringen eller psykiatrin]",
                 "Till (kommunen, vårdcentralen, habiliteringen eller psykiatrin)"),
            (
                (
                    MY_NAME,
                    Line("Jag behöver insatser både från socialtjänsten och från hälso- och sjukvården: "
                         "[vilka insatser].",
                         "Jag behöver insatser både från socialtjänsten och från hälso- och sjukvården", 2),
                ),
                (
                    Line("Jag begär att kommunen och regionen upprättar en plan enligt 10 kap. 8 § socialtjänstlagen "
                         "och 16 kap. 4 § hälso- och sjukvårdslagen."),
                    Line("Den behövs för att [till exempel ingen tar ansvar för mediciner på korttids].",
                         "Planen behövs för att", 3),
                ),
                (
                    Line("Jag samtycker till att planen upprättas."),
                    Line("Ni får dela de här uppgifterna: [vilka uppgifter].", "Ni får dela de här uppgifterna", 3,
                         beside=True),
                    Line("Ni får inte dela: [vilka].", "Ni får inte dela", 3, beside=True),
                ),
                (Line("Jag vill att [namn och roll] är med.", "Jag vill att de här är med (namn och roll)", 2),),
                (Line("Blir svaret nej vill jag ha skälen skriftligt."),),
            ),
        ),
        Letter(
            "begara-insats",
            "Begäran om insats enligt LSS",
            ("9 § LSS", "7 § LSS"),
            _TO_LSS,
            (
                (
                    MY_NAME,
                    Line("Jag begär [insats] enligt 9 § [nummer] LSS.", "Jag begär den här insatsen (9 § LSS)"),
                    Line("Så mycket behöver jag: [till exempel 20 timmar i månaden].", "Så mycket behöver jag"),
                ),
                (
                    Line("Jag behöver insatsen i min livsföring."),
                    Line("Utan den [vad som inte fungerar].", "Det här fungerar inte utan insatsen", 3),
                ),
                (Line("Behovet blir inte tillgodosett på annat sätt, för att [skäl].",
                      "Behovet blir inte tillgodosett på annat sätt, för att", 3),),
                (
                    Line("Insatsen står som önskemål i min individuella plan från [datum].",
                         "Insatsen står som önskemål i min individuella plan, om jag har en, från"),
                    Line("Jag bifogar [till exempel intyg].", _ENCLOSED),
                ),
                (Line("Jag vill ha ett skriftligt beslut med skäl, och besked om hur jag överklagar."),),
            ),
        ),
        Letter(
            "skriftligt-beslut",
            "Begäran om skriftligt beslut",
            (),
            _TO_DECIDED,
            (
                _NUMBER,
                (Line("Den [datum] fick jag muntligt besked av [namn på den som sa det] om att [vad som sades].",
                      "Jag fick muntligt besked (dag, av vem och vad som sades)", 3),),
                (
                    Line("Jag vill ha beslutet skriftligt."),
                    Line("Jag vill att det framgår vad som har beslutats, vem som har beslutat, vilka regler ni har "
                         "använt och vilka skäl ni har."),
                ),
                (
                    Line("Kan beslutet överklagas vill jag veta hur jag gör."),
                    Line("Anser ni att det inte kan överklagas ber jag er skriva det, och varför."),
                ),
            ),
        ),
        Letter(
            "overklaga",
            "Överklagande av ett beslut om en insats enligt LSS",
            ("9 § LSS", "27 § LSS", "43 § FL", "44 § FL"),
            Line("Till [nämnden som beslutade], för prövning i förvaltningsrätten",
                 "Till nämnden som beslutade, för prövning i förvaltningsrätten"),
            (
                (
                    Line("Jag överklagar nämndens beslut den [beslutets dag] om [insats].",
                         "Jag överklagar nämndens beslut (insats, och beslutets dag)"),
                    Line("Beslutets diarienummer är [nummer].", "Beslutets diarienummer", beside=True),
                    Line("Jag fick del av beslutet den [dag].", "Jag fick del av beslutet den här dagen", beside=True),
                ),
                (Line("Jag vill att beslutet ändras så att jag beviljas [vad du vill ha].",
                      "Jag vill att beslutet ändras så att jag beviljas", 3),),
                (
                    Line("Beslutet är fel, för att [skäl].", "Beslutet är fel, för att", 6),
                    Line("Jag bifogar [till exempel intyg].", _ENCLOSED),
                ),
            ),
        ),
        *EASY_LETTERS,
    )
}  # fmt: skip


def filled(markdown: str) -> str:
    """The Markdown of a page with a letter to copy for each line `{{ brev NAME }}`. Raises `UnknownLetter`."""

    def to_copy(found: re.Match[str]) -> str:
        if found[1] not in LETTERS:
            raise UnknownLetter(f"Brevet «{found[1]}» finns inte. Det finns: {', '.join(LETTERS)}.")
        return LETTERS[found[1]].markdown()

    return _MARK.sub(to_copy, markdown)
