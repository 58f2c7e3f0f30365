"""slips.py: a blank that is missing, and signs of Word's that only look right."""

from __future__ import annotations

import pytest

from ipsite.slips import name_in, slip, words_about


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("status:utkast", 7), ("  - mål:Bo", 8), ("status:\u00a0utkast", 7), ("-vad: A", 1), ("-\u00a0vad", 1),
        ("  – vad", 2), ("• vad", 0), ("\u00a0vad", 0), ("  \u202fvad", 2), ("\u00a0– vad", 0),
    ],
)  # fmt: skip
def test_a_slip_is_found_where_it_is_mended(written: str, place: int) -> None:
    found = slip(written)
    assert found
    assert found[1] == place


@pytest.mark.parametrize(
    "written",
    [
        "", "vad", "vad: A", "  - vad: A", "---", "- ", "-", "https://x", "Jag sa:så här", "a – b", "mål:",
        "klockan 10:30", "    vad",
    ],
)  # fmt: skip
def test_what_is_right_is_no_slip(written: str) -> None:
    assert slip(written) is None
    assert words_about(written) == ""
    assert name_in(written) == written


@pytest.mark.parametrize(
    ("key", "name"), [("– vad", "vad"), ("\u00a0\u00a0namn", "namn"), ("-vad", "vad"), ("– ", "– ")]
)
def test_the_field_in_a_key_is_found(key: str, name: str) -> None:
    assert name_in(key) == name
    assert words_about(key)
