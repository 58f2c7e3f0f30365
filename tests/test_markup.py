"""markup.py: what is left of HTML when only its words are wanted."""

from __future__ import annotations

import pytest

from ipsite import markup


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>Ett <strong>be</strong>slut</p>", "Ett beslut"),
        ("Vem<br>gör vad", "Vem gör vad"),
        ("<td>ett</td><td>två</td>", "ett två"),
        ("<A HREF='x'>Be</A>slut<BR>ett", "Beslut ett"),
        ("<abbr title='x'>LSS</abbr>-<br>lagen", "LSS- lagen"),
        ("Tillgänglighets\N{SOFT HYPHEN}redogörelse", "Tillgänglighetsredogörelse"),
        ("  a &lt;b&gt;\n&amp; c ", "a <b> & c"),
        ("utan taggar", "utan taggar"),
        ("", ""),
    ],
)
def test_words_are_whole_and_apart(html: str, words: str) -> None:
    assert markup.words(html) == words


def test_a_tag_that_may_stand_inside_a_word_leaves_no_space_and_any_other_does() -> None:
    assert markup.without_tags("a<b>b</b>c<body>d<br>e") == "abc d e"
