"""unbroken.py: days and paragraphs of law stand on one line, and nothing else is changed."""

import pytest

from ipsite import unbroken

HARD = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    "words",
    [
        "från 16_mars 2026 till 15_maj",
        "den 2_mars.",
        "i mars, 20 möbler, 12 marsvin och 122 mars",
        "måndag 2_mars 2026 klockan_13.00, eller klockan tre",
        "enligt 10_§_LSS, 6_a_§_LSS och 9_§_10_LSS",
        "43 och 44_§§ förvaltningslagen, 28 a–28_b_§§_LSS",
        "paragraf_10 i LSS, 10_kap._8_§_SoL, 4_kap._1_§ lag (2017:612), 51_kap.",
        "I 2_§ i samma lag. I 10_§ Lagen",
        "9_§_2026",  # no point of a paragraph has four digits
        "SFS_2025:1494, SOSFS_2014:5, HSLF-FS_2016:89, JO_4382-2002 och prop._2025/26:92; JO skriver",
        "Vem gör vad (PDF, 16_kB), 2_mål, 1 insats, 3_av_5 och 12_av_14 delar",
        "20 målare, 4 avtal, 3 av dem och 5 kBit",
        "klockan_13.00 till 13.30 (30_minuter), om 5_minuter",
        "",
    ],
)
def test_no_line_ends_inside_a_day_or_a_paragraph_of_law(words: str) -> None:
    expected = words.replace("_2026", " 2026").replace("_", HARD)
    for blank in (" ", "\n"):
        plain = words.replace("_", blank).replace(f"{blank}2026", " 2026")
        assert unbroken.cell(plain) == expected
    assert unbroken.cell(expected) == expected


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        ("Dagordning för uppföljningsmöte 20 januari 2027", "Dagordning för uppföljningsmöte 20_januari_2027"),
        ("Möte 1 mars 2027: vad har hänt?", "Möte 1_mars_2027: vad har hänt?"),
        ("Plan enligt 10 § LSS från mars 2027", "Plan enligt 10_§_LSS från mars 2027"),
        ("Flytta 20 möbler", "Flytta 20 möbler"),
    ],
)
def test_outside_of_cells_the_year_stays_with_its_day_too(title: str, kept: str) -> None:
    assert unbroken.text(title) == kept.replace("_", HARD)


def test_only_what_is_read_on_a_page_is_changed() -> None:
    body = (
        '<p title="10 § LSS">10 § LSS, <code>lagrum: 10 § LSS</code> den 2\nmars</p>\n'
        "<pre><code>9 § 10 LSS\n2 mars</code></pre><p>10 <b>§ LSS</b></p>"
    )
    assert unbroken.html(body) == (
        '<p title="10 § LSS">10_§_LSS, <code>lagrum: 10 § LSS</code> den 2_mars</p>\n'
        "<pre><code>9 § 10 LSS\n2 mars</code></pre><p>10 <b>§ LSS</b></p>"
    ).replace("_", HARD)


@pytest.mark.parametrize(
    ("words", "whole"),
    [
        ("ipsite pdf --ask-password alva", ["--ask-password"]),
        ("skriven: 2026-03-02}", ["2026-03-02}"]),
        ("plans/min-plan/ip-2027.yaml", ["min-plan", "ip-2027.yaml"]),
        ("namn: &quot;LSS-lagen&quot;", ["LSS-lagen"]),
        ("tillganglighets-redogorelse, - och a -", []),  # it would be wider than a phone
    ],
)
def test_in_what_is_typed_a_short_word_with_a_hyphen_is_whole(words: str, whole: list[str]) -> None:
    pieces = unbroken.typed(words)
    assert pieces[1::2] == whole
    assert "".join(pieces) == words


@pytest.mark.parametrize("words", ["a-", "-", "a-b ", "&lt;-"])
def test_a_long_text_to_be_typed_is_looked_through_in_one_go(words: str) -> None:
    assert "".join(unbroken.typed(words * 100_000)) == words * 100_000


@pytest.mark.parametrize("words", ["1", "1 kap. ", "10 § ", " "])
def test_a_text_as_long_as_a_plan_may_be_is_looked_through_in_one_go(words: str) -> None:
    """In the square of its length it would take hours."""
    assert len(unbroken.text(words * 200_000)) == len(words * 200_000)
