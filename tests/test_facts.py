"""What the site says of the law, statement by statement: the paragraph that it rests on, the words there that carry it,
and where the site says it.

A paragraph that is amended in the registry, or a page that loses a statement or its paragraph, is seen here.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest
from mkdocs.utils.meta import get_data

from ipsite import law

DOCS = Path(__file__).parent.parent / "docs"


class Fact(NamedTuple):
    """A statement. `says` is a pattern for the page's own words, wide enough for an editor to move in."""

    key: str
    paragraph: str
    rests_on: str
    page: str
    says: str


FACTS = (
    Fact("a plan is offered when an insats is granted", "10 § LSS",
         "I samband med att en insats enligt denna lag beviljas ska den enskilde erbjudas",
         "ratt-till-plan.md", r"När insatsen beviljas ska du få ett erbjudande"),
    Fact("a plan can be asked for at any time", "10 § LSS", "ska när som helst kunna begära",
         "ratt-till-plan.md", r"begära en plan när som helst"),
    Fact("the right asks for a granted insats", "10 § LSS", "Den som har beviljats en insats",
         "ratt-till-plan.md", r"Ja, om du har fått ja till minst en insats"),
    Fact("a plan holds what is decided and planned", "10 § LSS", "med beslutade och planerade insatser",
         "ip-sip-genomforandeplan.md", r"beslutade och planerade insatser"),
    Fact("a plan holds what others do", "10 § LSS", "åtgärder redovisas som vidtas av andra än kommunen eller regionen",
         "individuell-plan.md", r"vad andra gör"),
    Fact("a plan is made together", "10 § LSS", "upprättas i samråd med honom eller henne",
         "motet.md", r"planen görs ”i samråd” med dig"),
    Fact("a plan is gone through every year", "10 § LSS", "omprövas fortlöpande och minst en gång om året",
         "vad-ska-sta.md", r"omprövas fortlöpande och minst en gång om året"),
    Fact("region and kommun tell one another", "10 § LSS", "ska underrätta varandra om upprättade planer",
         "handlaggare.md", r"underrätta varandra om upprättade planer” \(10 § LSS\)"),
    Fact("an insats is given on request alone", "8 § LSS", "endast om han eller hon begär det",
         "ratt-till-plan.md", r"Du får en insats bara om du begär den"),
    Fact("the age is fifteen", "8 § LSS", "Om den enskilde är under 15 år",
         "narstaende.md", r"15 år\W*, inte 18"),
    Fact("who has a future power of attorney may ask", "8 § LSS", "framtidsfullmaktshavare",
         "ratt-till-plan.md", r"framtidsfullmaktshavare"),
    Fact("a child is heard", "8 § LSS", "möjlighet att framföra sina åsikter",
         "motet.md", r"framföra sina åsikter"),
    Fact("the best for a child", "6 a § LSS", "ska barnets bästa särskilt beaktas",
         "motet.md", r"barnets bästa särskilt beaktas"),
    Fact("daglig verksamhet is for two of the three groups", "7 § LSS",
         "Personer som anges i 1 § 1 och 2 har, under samma förutsättningar, även rätt till insatser enligt 9 § 10",
         "ratt-till-plan.md", r"Daglig verksamhet enligt LSS är bara till för grupp 1 och 2"),
    Fact("no right with temporary protection", "7 a § LSS", "har inte rätt till insatser enligt denna lag",
         "ratt-till-plan.md", r"tillfälligt skydd,? har inte rätt till insatser"),
    Fact("other rights are left", "4 § LSS", "ingen inskränkning i de rättigheter som den enskilde kan ha",
         "ip-sip-genomforandeplan.md", r"ingen inskränkning i de rättigheter"),
    Fact("the kommun sees that plans go together", "14 § LSS", "planer som avses i 10 § samordnas",
         "individuell-plan.md", r"insatserna i planen samordnas \(14 § LSS\)"),
    Fact("a decision on an insats can be appealed", "27 § LSS", "insatser för en enskild enligt 9 §",
         "individuell-plan.md", r"Ett beslut om en insats enligt 9 § får överklagas"),
    Fact("three weeks to appeal", "44 § FL", "inom tre veckor från den dag",
         "nar-det-blir-nej.md", r"ha kommit in inom tre veckor"),
    Fact("six months and four weeks", "12 § FL", "inom fyra veckor från den dag då en sådan begäran kom in",
         "nar-det-blir-nej.md", r"Efter sex månader\. Svaret ska komma inom fyra veckor"),
    Fact("the rules on delay may not hold for a plan", "2 § FL", "tillämpas inte 9 § andra stycket, 10–12",
         "individuell-plan.md", r"Det är inte säkert att de gäller"),
    Fact("three months until it is reported", "28 f § LSS", "inte har verkställts inom tre månader",
         "nar-det-blir-nej.md", r"inom tre månader \(28 f § LSS\)"),
    Fact("a fee for who does not carry out", "28 a § LSS", "ska åläggas att betala en särskild avgift",
         "nar-det-blir-nej.md", r"betala en\s+särskild avgift"),
    Fact("a god man is for consent", "11 kap. 4 § FB", "inte meddelas utan samtycke",
         "narstaende.md", r"Personen ska samtycka, om inte tillståndet hindrar"),
    Fact("a förvaltare is for when less is not enough", "11 kap. 7 § FB", "mindre ingripande sätt",
         "narstaende.md", r"först när mindre ingripande hjälp inte räcker"),
    Fact("a plan that nobody goes through is asked for", "10 § LSS", "minst en gång om året",
         "nar-det-blir-nej.md", r"Begär att den omprövas.{0,60}minst en gång om året"),
    Fact("those who cannot take a stand, for the reader of lättläst", "8 § LSS", "uppenbart saknar förmåga",
         "ratt-till-plan-lattlast.md", r"bara om det är tydligt att du inte kan ta ställning själv"),
    Fact("a SIP is for social services and care", "10 kap. 8 § SoL",
         "behov av insatser både från socialtjänsten och från hälso- och sjukvården",
         "ip-sip-genomforandeplan.md", r"10 kap\. 8(?:–9)? §§? (?:SoL|socialtjänstlagen)"),
    Fact("a SIP asks for consent", "10 kap. 8 § SoL", "om den enskilde samtycker till att den upprättas",
         "sip.md", r"Du samtycker, alltså säger ja"),
    Fact("a SIP is begun without delay in care", "16 kap. 4 § HSL", "påbörjas utan dröjsmål",
         "sip.md", r"utan dröjsmål"),
    Fact("those near may take part in a SIP", "10 kap. 9 § SoL", "Närstående ska ges möjlighet att delta",
         "narstaende.md", r"möjlighet att delta"),
    Fact("a genomförandeplan is advice", "SOSFS 2014:5, 6 kap.", "bör dokumenteras i en genomförandeplan",
         "genomforandeplan.md", r"allmänt råd.{0,60}bör"),
    Fact("what is told in LSS is secret", "26 kap. 1 § OSL", "Sekretess gäller inom socialtjänsten",
         "integritet.md", r"gäller sekretess för ”uppgift om en enskilds personliga förhållanden”"),
)  # fmt: skip


def flat(text: str) -> str:
    return " ".join(re.sub(r"(?m)^>|\*", " ", text).split())


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.key)
def test_what_the_site_says_stands_in_the_paragraph_that_its_page_names(fact: Fact) -> None:
    assert flat(fact.rests_on) in flat(law.paragraph(fact.paragraph).wording)
    markdown, meta = get_data((DOCS / fact.page).read_text("utf-8"))
    assert fact.paragraph in meta["lagrum"]
    assert re.search(fact.says, flat(markdown))


def test_every_statement_has_a_key_of_its_own() -> None:
    keys = [fact.key for fact in FACTS]
    assert len(set(keys)) == len(keys)


# What the law does not say, and other pages on the net do: never in the site's own words.
@pytest.mark.parametrize(
    "wrong",
    [r"bindande överenskommelse", r"rätt att överklaga planen", r"bara några få procent", r"elfte insats(?!en)",
     r"(?:måste|ska) skriva under planen", r"under 18 år kan vårdnadshavare"],
)  # fmt: skip
def test_what_the_law_does_not_say_is_said_in_quotation_alone(wrong: str) -> None:
    for path in sorted(DOCS.glob("*.md")):
        own = re.sub(r"”[^”\n]*”|(?m:^\s*>.*$)", "", path.read_text("utf-8"))
        assert not re.search(wrong, own), path.name
