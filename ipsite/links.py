"""Links that work both from a web server and from a folder opened as files.

A server gives `planer/index.html` for `planer/`; a folder opened as files does not. So every link to a
folder of the site names the file. Pure text to text.
"""

from __future__ import annotations

import re

_HREF = re.compile(r'(<a\b[^>]*?\shref=")([^"]*)(")')


def as_file(address: str) -> str:
    """ "../planer/#alva" → "../planer/index.html#alva"; other addresses stay as they are."""
    path, mark, fragment = address.partition("#")
    if not path or ":" in path or "?" in path or path.startswith("/"):
        return address
    if path.rpartition("/")[2] in (".", ".."):
        path += "/"
    if not path.endswith("/"):
        return address
    return f"{path.removeprefix('./')}index.html{mark}{fragment}"


def as_files(html: str) -> str:
    """All links of a page to folders of the site made links to files."""
    return _HREF.sub(lambda match: f"{match[1]}{as_file(match[2])}{match[3]}", html)
