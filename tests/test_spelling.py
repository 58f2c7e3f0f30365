"""Spelling of what readers meet: text pages, the schema's texts, rules and messages.

hunspell's Swedish dictionary, and tests/spelling/egna.dic for what it lacks: one word on each line. A word there that
no text uses any more is a fault too.
"""

from __future__ import annotations

import ast
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from mkdocs.utils.meta import get_data
from site_helpers import ROOT

from ipsite.letters import filled
from ipsite.rules import RULES

pytestmark = pytest.mark.accessibility

OWN = ROOT / "tests" / "spelling" / "egna.dic"
INSTALL = "Spelling is checked with hunspell and its Swedish dictionary: sudo apt install hunspell hunspell-sv"
GAP = "\x00"  # where a message has a value; words that touch it are not whole
# What is not Swedish prose: code, addresses, attributes, tags, names of files and options, what «…» in messages holds.
NOT_PROSE = re.compile(
    r"```.*?```|`[^`]*`|\]\([^)]*\)|https?://\S+|\S+@\S+|\{[^}]*\}|<[^>\s][^>]*>|«[^»]*»"
    r"|[\w/.-]+\.(?:ya?ml|json|pdf|md|com)\b|(?<!\w)--[a-z-]+|ipsite [a-z]+|\w+/\w*|\w+:(?=\w)",
    re.DOTALL,
)
WORD = re.compile(rf"(?<![\w{GAP}])[^\W\d_]+(?:[-’'][^\W\d_]+)*(?![\w{GAP}])")


def words(text: str) -> set[str]:
    return set(WORD.findall(NOT_PROSE.sub(" ", text).replace("*", "").replace("&shy;", "")))


def unknown(found: set[str]) -> set[str]:
    """The words that hunspell does not know."""
    if not shutil.which("hunspell"):
        pytest.fail(INSTALL, pytrace=False)
    made = subprocess.run(
        ["hunspell", "-d", "sv_SE", "-i", "utf-8", "-l"],
        input="\n".join(sorted(found)),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if made.returncode:
        pytest.fail(f"{INSTALL}\n{made.stderr}", pytrace=False)
    return set(made.stdout.split())


@cache
def own() -> frozenset[str]:
    lines = (line.partition("#")[0].strip() for line in OWN.read_text("utf-8").splitlines())
    return frozenset(filter(None, lines))


def misspelt(found: set[str]) -> set[str]:
    """The words that neither hunspell nor our own list knows; a word may begin a sentence."""
    return {word for word in unknown(found) if own().isdisjoint((word, word[0].lower() + word[1:]))}


# --- What is read -------------------------------------------------------------------------------------------------


def pages() -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "docs").glob("*.md")):
        markdown, meta = get_data(path.read_text("utf-8"))
        yield path.name, f"{meta['title']}\n{meta['description']}\n{filled(markdown)}"


def schemas() -> Iterator[tuple[str, str]]:
    def texts(node: Any) -> Iterator[str]:
        for key, value in node.items() if isinstance(node, dict) else enumerate(node):
            if key in ("title", "description") and isinstance(value, str):
                yield value
            elif isinstance(value, dict | list):
                yield from texts(value)

    for path in sorted((ROOT / "schema").glob("*.json")):
        yield path.name, "\n".join(texts(json.loads(path.read_text("utf-8"))))


def rules() -> Iterator[tuple[str, str]]:
    for rule in RULES.values():
        yield rule.code, f"{rule.title}\n{rule.why}\n{rule.mend}"


def messages() -> Iterator[tuple[str, str]]:
    """The Swedish texts in the program: those with å, ä or ö and more than one word."""
    for path in sorted((ROOT / "ipsite").rglob("*.py")):
        found = (text for text in strings(path) if re.search("[åäö]", text) and re.search(r"\w \w", text))
        yield path.relative_to(ROOT).as_posix(), "\n".join(text for text in found if not re.search(r"[\\^$|]", text))


def strings(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text("utf-8"))
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # docstrings
    parts = told | {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else GAP for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in parts:
            yield node.value


SOURCES = {"pages": pages, "schemas": schemas, "rules": rules, "messages": messages}


# --- The checks ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("source", SOURCES)
def test_every_word_is_rightly_spelt(source: str) -> None:
    found = {name: words(text) for name, text in SOURCES[source]()}
    assert sum(map(len, found.values())) > 100
    wrong = misspelt(set().union(*found.values()))
    assert {name: sorted(wrong & said) for name, said in found.items() if wrong & said} == {}


def test_every_word_of_the_list_is_used_and_unknown_to_hunspell() -> None:
    used = set().union(*(words(text) for read in SOURCES.values() for _, text in read()))
    assert own() - used == set()
    assert own() - unknown(set(own())) == set()


@pytest.mark.parametrize("wrong", ["individuel", "hanläggare", "insattser", "närståande"])
def test_a_misspelling_would_be_seen(wrong: str) -> None:
    assert misspelt(words(f"Du kan fråga din {wrong} om **planen**.")) == {wrong}


def test_code_addresses_and_values_are_not_read() -> None:
    said = "`qwx` [planen](qwx.md) {#qwx} <span class='qwx'> https://qwx.se a@qwx.se «qwx» " + GAP + "qwx"
    assert words(said) == {"planen"}
