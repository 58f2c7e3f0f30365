"""Bytes of a plan file → its text: UTF-8, NFC, lines that end with LF, nothing in it that cannot be seen."""

from __future__ import annotations

import re
import unicodedata

from ipsite import faults
from ipsite.problem import Place, Problem
from ipsite.raw import MAX_BYTES, is_document

MAX_MARKS = 30  # combining marks on one letter; Unicode's own limit for a stream (UAX 15, section 13)

# What YAML forbids in a stream (YAML 1.2.2, 5.1), lone carriage returns included. Beside them what libyaml
# takes for a new line where an editor does not, and a byte order mark that has strayed into the text.
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_DIRECTIVE = re.compile("^%", re.MULTILINE)  # no plan needs one, and libyaml's time for them grows with their square
_NOT_LATIN = re.compile(f"[^\x00-\u02ff]{{{MAX_MARKS + 1},}}")


def decode(raw: bytes, file: str) -> str | Problem:
    """The text of a file, or what stops it from being read."""
    if is_document(raw):
        return faults.file_problem("IP051", file)
    if len(raw) > MAX_BYTES:
        return faults.file_problem("IP003", file)
    if not raw.strip(b"\0"):  # nothing, or what a computer that lost its power may leave of a file
        return faults.file_problem("IP004", file)
    if b"\0" in raw[:4]:  # UTF-16 or UTF-32, whose plain letters would pass as UTF-8
        return faults.file_problem("IP002", file)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8")  # the codec has taken a BOM away
        return faults.file_problem("IP002", file, _end_of(before))
    text = text.replace("\r\n", "\n")
    if not text.strip():
        return faults.file_problem("IP004", file)
    unreadable = _FORBIDDEN.search(text)
    stop = unreadable.start() if unreadable else _stacked_marks(text)
    if stop is not None:
        return faults.file_problem("IP012", file, _end_of(text[:stop]))
    if directive := _DIRECTIVE.search(text):
        return faults.file_problem("IP016", file, _end_of(text[: directive.start()]))
    return unicodedata.normalize("NFC", text)


def _stacked_marks(text: str) -> int | None:
    """Where more marks stand on one letter than any language has: time to normalise grows with their square."""
    for run in _NOT_LATIN.finditer(text):
        marks = 0
        for index in range(run.start(), run.end()):
            marks = marks + 1 if unicodedata.combining(text[index]) else 0
            if marks > MAX_MARKS:
                return index
    return None


def _end_of(before: str) -> Place:
    return Place(before.count("\n") + 1, len(before) - before.rfind("\n"))
