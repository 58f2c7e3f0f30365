"""matching.py: which of the old things is which of the new ones."""

from __future__ import annotations

import pytest

from ipsite.matching import Thing, likeness, pairs


def thing(name: str, mark: str = "", *words: str, content: str = "", only_mark: bool = False) -> Thing:
    return Thing(content or (name, mark, words), name, mark, frozenset(words), only_mark)


def test_the_same_words_in_other_forms_and_another_order_are_alike() -> None:
    assert likeness("Alva sjunger i kör", "I kören sjunger jag") == pytest.approx(0.8)
    assert likeness("Jag bor i en egen lägenhet", "Egen är lägenheten") > 0.5
    assert likeness("Jag sover", "Ringa banken") == 0
    assert likeness("Jag", "Jag") == 0  # nothing that says something


def test_a_short_word_is_not_another_that_begins_with_it() -> None:
    assert likeness("bostad", "bostadstillägg") == 0


def test_what_is_just_the_same_is_paired_before_what_is_called_the_same() -> None:
    old = [thing("Bo", content="a"), thing("Bo", content="b")]
    assert pairs(old, [thing("Bo", content="b"), thing("Bo", content="c")]) == {0: 1, 1: 0}


def test_a_name_wins_over_likeness_and_likeness_over_place() -> None:
    old = [thing("spela trummor hemma"), thing("spela trummor")]
    assert pairs(old, [thing("Spela trummor!", "", "x"), thing("spela trummor i skolan")]) == {0: 1, 1: 0}


def test_of_equally_good_ones_the_nearest_place_wins() -> None:
    twins = [thing("åka buss", "", str(n)) for n in range(3)]
    assert pairs(twins, [thing("åka buss", "", f"ny {n}") for n in range(3)]) == {0: 0, 1: 1, 2: 2}


def test_marks_that_differ_tell_things_apart_unless_they_have_the_same_name() -> None:
    assert pairs([thing("bostad för vuxna", "9")], [thing("bostad för barn", "8")]) == {}
    assert pairs([thing("bostad", "9")], [thing("bostad", "8")]) == {0: 0}
    assert pairs([thing("något", "9")], [thing("annat", "9")]) == {0: 0}


def test_what_is_told_by_its_mark_alone_is_never_paired_by_words() -> None:
    assert pairs([thing("möte", "måndag", only_mark=True)], [thing("möte", "tisdag")]) == {}


def test_less_than_half_is_not_enough() -> None:
    assert pairs([thing("ett två tre fyra fem")], [thing("två åtta nio tio elva")]) == {}
    assert pairs([thing("köra moped fort")], [thing("köra moped långt")]) == {0: 0}
