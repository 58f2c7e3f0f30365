"""law.py: what a lagrum means. The registry itself is proven by test_facts, test_rules and test_texts."""

from __future__ import annotations

import pytest

from ipsite import law


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
