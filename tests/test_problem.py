"""problem.py: what an author can get wrong, as a value."""

from __future__ import annotations

import pytest

from ipsite.problem import Problem, field_path, is_name


@pytest.mark.parametrize(
    ("way", "text"),
    [
        ((), ""),
        (("mål",), "mål"),
        (("mål", 1, "åtgärder", 0, "klart"), "mål[2].åtgärder[1].klart"),
        (("personer", "god_man", "namn"), "personer.god_man.namn"),
        (("Alva är rädd", 0, "a"), "…[1].a"),
    ],
)
def test_a_way_is_shown_as_people_count_and_without_private_text(way: tuple[str | int, ...], text: str) -> None:
    assert field_path(way) == text


@pytest.mark.parametrize("key", ["mål", "mina_ord", "x_eget", "_", "a1", "a" * 40])
def test_a_word_may_be_shown(key: str) -> None:
    assert is_name(key)


@pytest.mark.parametrize("key", ["", "a b", "2004", "a-b", "a.b", "a" * 41, "a\n", "0701234567", "a@b"])
def test_what_is_no_word_may_not(key: str) -> None:
    assert not is_name(key)


def test_problems_are_read_from_top_to_bottom() -> None:
    problems = [
        Problem("IP021", "fel", "b.yaml", 1, 1, "", ""),
        Problem("IP020", "fel", "a.yaml", 10, 1, "", ""),
        Problem("IP020", "fel", "a.yaml", 9, 2, "", ""),
        Problem("IP020", "tips", "a.yaml", 9, 1, "", ""),
    ]
    ordered = sorted(problems, key=lambda problem: problem.order)
    assert [(problem.file, problem.line, problem.column) for problem in ordered] == [
        ("a.yaml", 9, 1), ("a.yaml", 9, 2), ("a.yaml", 10, 1), ("b.yaml", 1, 1),
    ]  # fmt: skip
