"""The letters that one sends to get a plan, a measure or an answer: their texts, in one place.

The text pages show them to copy (`filled`), and `views/letters.py` makes papers of them: filled in from a plan, or
blank. What a letter says of the law stands in docs/brev.md with its sources.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

SLOT = re.compile(r"\[([^\]]+)\]")  # what the writer fills in, in the words that tell what
_MARK = re.compile(r"^\{\{ brev ([a-z-]+) \}\}$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of a letter. Where its slots cannot be filled, `ask` stands instead, with `rows` lines to write on:
    short ones, `beside` another such, when both are always asked for."""

    text: str
    ask: str = ""
    rows: int = 1
    beside: bool = False

    @property
    def slots(self) -> tuple[str, ...]:
        """What the writer fills in."""
        return tuple(SLOT.findall(self.text))


@dataclass(frozen=True, slots=True)
class Points:
    """A list of sentences without slots."""

    items: tuple[str, ...]


Paragraph = tuple[Line, ...] | Points


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter: what it is called in addresses and file names, its heading, and its text before the signature.

    `to` is whom it is sent to; `laws` are names in schema/lagrum.yaml.
    """

    name: str
    title: str
    laws: tuple[str, ...]
    to: Line
    paragraphs: tuple[Paragraph, ...]


class UnknownLetter(ValueError):
    """A page asks for a letter that does not exist. The message is for the user."""


SIGNED = (Line("[Ort och datum]", "Ort och datum"), Line("[Namn]", "Namn"), Line("[Så når ni mig]", "Så når ni mig"))

_MY_NAME = Line("Jag heter [namn].", "Jag heter")
_TO_LSS = Line("Till [LSS-handläggaren i kommunen, eller regionen om det gäller råd och stöd]",
               "Till (LSS-handläggaren i kommunen, eller regionen om det gäller råd och stöd)")  # fmt: skip
_TO_ASKED = Line("Till [den som fick min begäran]", "Till (den som fick min begäran)")
_TO_DECIDED = Line("Till [den myndighet som gav beskedet]", "Till (den myndighet som gav beskedet)")
_GRANTED = Line("Jag har beviljats [insats] enligt LSS.", "Jag har beviljats de här insatserna enligt LSS", 2)
_NUMBER = (Line("Ärendets diarienummer är [nummer].", "Ärendets diarienummer, om jag har fått ett"),)

LETTERS = {
    letter.name: letter
    for letter in (
        Letter(
            "begara-plan",
            "Begäran om individuell plan enligt 10 § LSS",
            ("10 § LSS",),
            _TO_LSS,
            (
                (_MY_NAME, _GRANTED),
                (Line("Jag begär att en individuell plan upprättas enligt 10 § LSS, i samråd med mig."),),
                (Line("Jag vill att de här personerna bjuds in: [namn och roll].",
                      "Jag vill att de här personerna bjuds in (namn och roll)", 4),),
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
            "begara-sip",
            "Begäran om samordnad individuell plan (SIP)",
            ("10 kap. 8 § SoL", "16 kap. 4 § HSL"),
            Line("Till [kommunen eller vårdcentralen, habiliteringen, psykiatrin]",
                 "Till (kommunen eller vårdcentralen, habiliteringen, psykiatrin)"),
            (
                (
                    _MY_NAME,
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
                    _MY_NAME,
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
                    Line("Jag bifogar [till exempel intyg].", "Jag bifogar (till exempel intyg)"),
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
    )
}  # fmt: skip


def filled(markdown: str) -> str:
    """The Markdown of a page with a letter to copy for each line `{{ brev NAME }}`. Raises `UnknownLetter`."""

    def to_copy(found: re.Match[str]) -> str:
        if found[1] not in LETTERS:
            raise UnknownLetter(f"Brevet «{found[1]}» finns inte. Det finns: {', '.join(LETTERS)}.")
        return _markdown(LETTERS[found[1]])

    return _MARK.sub(to_copy, markdown)


def _markdown(letter: Letter) -> str:
    signed = "  \n".join(line.text for line in SIGNED)
    parts = (letter.to.text, f"**{letter.title}**", *map(_paragraph, letter.paragraphs), signed)
    quoted = "\n".join(f"> {line}" if line else ">" for line in "\n\n".join(parts).split("\n"))
    return f'<div class="ip-letter" markdown>\n\n{quoted}\n\n</div>'


def _paragraph(part: Paragraph) -> str:
    if isinstance(part, Points):
        return "\n".join(f"- {item}" for item in part.items)
    return " ".join(line.text for line in part)
