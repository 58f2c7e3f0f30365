"""law.py: what a lagrum means. The registry itself is proven by test_facts, test_rules and test_texts."""

from __future__ import annotations

import pytest

from ipsite import law
from ipsite.views.blocks import Fact, Quote
from ipsite.views.reference import law_blocks


@pytest.mark.parametrize(
    "lagrum",
    ["9 § 4 LSS", "9§ 4 LSS", "9 § punkt 4 LSS", "9 § p. 4 LSS", "9 § p 4 LSS", "9 § 4 p LSS", "9 § 4 i LSS",
     "Enligt 9 § 4 LSS", "9 § första stycket 4 LSS", "9 § 4 LSS, tidsbegränsat", "9 § 4 lss"],
)  # fmt: skip
def test_a_point_of_nine_is_known_however_it_is_written(lagrum: str) -> None:
    assert law.point_of_nine(lagrum) == 4


def test_the_first_and_the_last_point_are_known() -> None:
    assert (law.point_of_nine("9 § 1 LSS"), law.point_of_nine("9 § 10 LSS")) == (1, 10)


@pytest.mark.parametrize(
    "lagrum",
    ["", "9 § LSS", "10 § LSS", "9 a § 4 LSS", "9 § 11 LSS", "9 § 0 LSS", "19 § 4 LSS", "3 kap. 9 § skollagen",
     "9 § 4 SoL", "9.10", "8 kap. 7 § HSL"],
)  # fmt: skip
def test_what_is_no_point_of_nine_is_none(lagrum: str) -> None:
    assert law.point_of_nine(lagrum) is None


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("10 § LSS", ("10 § lagen (1993:387) om stöd och service till vissa funktionshindrade",
                      "Lydelse enligt lag (2019:883).",
                      "Läst 22 november 2026, i en text med ändringar till och med SFS 2025:1494. "
                      "Senare ändringar är inte kontrollerade.")),
        ("6 § FL", ("6 § förvaltningslagen (2017:900)", "Ursprunglig lydelse, SFS 2017:900.",
                    "Läst 22 november 2026, i texten som publicerades 2 juni 2025. "
                    "Senare ändringar är inte kontrollerade.")),
        ("29 § LSS", ("29 § lagen (1993:387) om stöd och service till vissa funktionshindrade",
                      "Läst 22 november 2026, i en text med ändringar till och med SFS 2025:1494. "
                      "Senare ändringar är inte kontrollerade.")),
    ],
)  # fmt: skip
def test_a_quotation_says_whose_wording_it_has_and_when_it_was_read(name: str, source: tuple[str, ...]) -> None:
    """A paragraph that has never been amended is not said to be: its number is that of the law itself."""
    (quote,) = law_blocks(law.paragraph(name))
    assert isinstance(quote, Quote)
    assert tuple(line.replace("\N{NO-BREAK SPACE}", " ") for line in quote.source) == source


def test_a_balk_is_called_as_laws_are_and_what_is_no_law_is_not_said_to_be_read() -> None:
    (quote,) = law_blocks(law.paragraph("11 kap. 4 § FB"))
    assert isinstance(quote, Quote)
    assert quote.source[:3] == ("11 kap. 4 § föräldrabalken (1949:381)", "Utdrag.", "Lydelse enligt lag (1994:1433).")
    _, fact = law_blocks(law.paragraph("Vår egen ordning"))
    assert isinstance(fact, Fact)
    assert fact.lines[1].replace("\N{NO-BREAK SPACE}", " ") == "Kontrollerad 22 november 2026."
