"""slug.py: Swedish text in addresses, ids and file names."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipsite.slug import slug, unique


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Öva på att åka buss", "ova-pa-att-aka-buss"), ("möten", "moten"), ("mo\u0308ten", "moten"),
        ("  Så – här!  ", "sa-har"),
        ("9 § 10 LSS", "9-10-lss"), ("så_vill_jag", "sa-vill-jag"), ("André", "andre"), ("", "x"), ("–", "x"),
        ("日本語", "x"),
        ("../../etc/passwd", "etc-passwd"), ("a" * 100, "a" * 60), ("a" * 59 + " b", "a" * 59),
    ],
)  # fmt: skip
def test_folding(text: str, folded: str) -> None:
    assert slug(text) == folded


@given(st.text())
def test_any_text_becomes_what_an_address_can_hold(text: str) -> None:
    assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", slug(text))
    assert len(slug(text)) <= 60
    assert slug(slug(text)) == slug(text)


@pytest.mark.parametrize(
    ("names", "slugs"),
    [
        (["Möten", "mål", "möten"], ["moten", "mal", "moten-2"]),
        (["a", "a", "a"], ["a", "a-2", "a-3"]),
        (["a", "a-2", "a"], ["a", "a-2", "a-3"]),
        (["a", "a", "a-2"], ["a", "a-2", "a-2-2"]),
        ([], []),
    ],
)
def test_numbering(names: list[str], slugs: list[str]) -> None:
    assert unique(names) == slugs


@given(st.lists(st.sampled_from(["a", "A", "a 2", "a-2", "a-2-2", "", "x", "å"])))
def test_no_slug_comes_twice(names: list[str]) -> None:
    assert len(set(unique(names))) == len(names)
