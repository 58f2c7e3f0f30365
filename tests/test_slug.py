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
        ("../../etc/passwd", "etc-passwd"), ("a" * 60, "a" * 60), ("1 år …", "1-ar"),
    ],
)  # fmt: skip
def test_folding(text: str, folded: str) -> None:
    assert slug(text) == folded


def test_long_texts_and_other_scripts_are_told_apart_by_what_they_say() -> None:
    texts = ["a" * 61, "a" * 62, "a" * 59 + " b", "日本語", "日本", "Jag vill ha 日本", "x"]
    made = [slug(text) for text in texts]
    assert len(set(made)) == len(texts)
    assert [name[:-6] for name in made[3:6]] == ["x-", "x-", "jag-vill-ha-"]
    assert not any(re.search(r"\d", name) for name in made)


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
