"""slips.py: a blank that is missing, and signs of Word's that only look right."""

from __future__ import annotations

import pytest

from ipsite.problem import START
from ipsite.slips import duplicate_key, name_in, slip, unseen_in, words_about


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("status:utkast", 7), ("  - mål:Bo", 8), ("status:\u00a0utkast", 7), ("-vad: A", 1), ("-\u00a0vad", 1),
        ("vad: “Mål: bo”", 5), ("  - vad: ”Mål: bo”", 9), ("- «Mål: bo»", 2),
        ("  – vad", 2), ("• vad", 0), ("\u00a0vad", 0), ("  \u202fvad", 2), ("\u00a0– vad", 0),
    ],
)  # fmt: skip
def test_a_slip_is_found_where_it_is_mended(written: str, place: int) -> None:
    found = slip(written)
    assert found
    assert found[1] == place


@pytest.mark.parametrize("dash", "‐‑‒–—―−•·▪●◦")
def test_a_dash_or_a_dot_of_words_is_no_list(dash: str) -> None:
    assert words_about(f"{dash} vad") == (
        "Raden börjar med ett tankstreck eller en punkt som i Word. I en planfil är det ingen lista. "
        "Skriv ett vanligt bindestreck och ett mellanslag före varje sak: «- »."
    )


@pytest.mark.parametrize("blank", "\u00a0\u1680\u2000\u2005\u200a\u202f\u205f\u3000")
def test_a_blank_that_is_a_letter_is_told_of_wherever_it_stands(blank: str) -> None:
    anew = "Ser det redan ut så, ta bort mellanslaget och skriv det på nytt."
    assert words_about(f" {blank}vad") == (
        "Raden är indragen med hårda mellanslag. De ser ut som vanliga mellanslag men är inte det. "
        "Ta bort allt före första bokstaven på raden, och gör indraget på nytt med mellanslagstangenten."
    )
    told = f"Efter bindestrecket ska det stå ett vanligt mellanslag. Skriv så här: «- text». {anew}"
    assert words_about(f"-{blank}vad") == told
    told = f"Efter kolonet ska det stå ett vanligt mellanslag. Skriv så här: «titel: text». {anew}"
    assert words_about(f"-  vad:{blank}A") == told
    assert words_about(f"{blank}– vad") != ""


@pytest.mark.parametrize(
    "written",
    [
        "", "vad", "vad: A", "  - vad: A", "---", "- ", "-", "https://x", "Jag sa:så här", "a – b", "mål:",
        "klockan 10:30", "    vad", "vad: “Bo”", "vad: “Bo” kl. 10:30", "“Mål: bo”", "vad: \"Mål: bo\"",
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


@pytest.mark.parametrize("sign", "\u00a0\u00ad\u200b\u200e\u2060")
def test_a_sign_that_nobody_sees_in_a_name_is_told_of(sign: str) -> None:
    assert "tecken som inte syns" in unseen_in(f"ti{sign}tel")
    assert unseen_in("titel") == unseen_in("mina_ord") == ""


def test_a_duplicate_key_that_may_be_private_text_is_not_shown() -> None:
    assert "Alva" not in duplicate_key("plan.yaml", START, "…", "Alva är rädd").message
    assert "«titel»" in duplicate_key("plan.yaml", START, "titel", "titel").message


@pytest.mark.parametrize(
    ("where", "key", "hint"),
    [
        ("mål", "mål", "Flytta ihop det som står på de två ställena, eller ta bort det ena."),
        ("personer.god_man", "god_man", "Är det två personer, ge dem var sin nyckel. Annars tar du bort den ena."),
        ("personer.god_man.roll", "roll", "Flytta ihop det som står på de två ställena, eller ta bort det ena."),
        ("x_ignorera", "x_ignorera", "Skriv alla regler på en rad: «x_ignorera: {IP101: skäl, IP102: skäl}»."),
        ("personer", "personer", "Flytta ihop det som står på de två ställena, eller ta bort det ena."),
        ("…", "-mål", words_about("-mål").partition(". ")[2]),
    ],
)
def test_a_duplicate_key_is_told_how_it_is_mended(where: str, key: str, hint: str) -> None:
    assert duplicate_key("plan.yaml", START, where, key).hint == hint
