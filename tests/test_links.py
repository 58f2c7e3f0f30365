"""Links work from a server and from a folder opened as files."""

from __future__ import annotations

import pytest

from ipsite.links import as_file, as_files


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("planer/", "planer/index.html"),
        ("../planer/", "../planer/index.html"),
        ("../planer/alva/#mal", "../planer/alva/index.html#mal"),
        (".", "index.html"),
        ("./", "index.html"),
        ("..", "../index.html"),
        ("../..", "../../index.html"),
        ("./#x", "index.html#x"),
    ],
)
def test_a_folder_becomes_its_file(address: str, file: str) -> None:
    assert as_file(address) == file


@pytest.mark.parametrize(
    "address",
    ["", "#x", "a.html", "plan.pdf", "https://example.com/", "mailto:a@example.com", "/planer/", "//example.com/",
     "sok.html?q=a/", "../bild.png"],
)  # fmt: skip
def test_other_addresses_stay(address: str) -> None:
    assert as_file(address) == address


def test_only_links_are_changed_in_a_page() -> None:
    html = '<link href="a/"><a class="x" href="b/#c">b/</a><img src="d/"><p data-x="e/">href="f/"</p>'
    assert as_files(html) == html.replace('"b/#c"', '"b/index.html#c"')
