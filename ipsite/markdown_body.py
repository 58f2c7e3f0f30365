"""The HTML of a body that Markdown made, mended: what the theme's templates cannot reach.

Only the forms that Markdown writes are touched (a bare `<table>`, a `<li>` that begins with `[ ]`), so a body made
by our own templates, whose tables carry classes and captions, passes unharmed.
"""

from __future__ import annotations

import html as entities
import re
from collections import Counter

from ipsite import markup, unbroken
from ipsite.page import PageError

_VOID = re.compile(r"<(area|br|col|hr|img|input|source|wbr)\b((?:[^<>\"']|\"[^\"]*\"|'[^']*')*?)\s*/>")
_BREAK = re.compile(r"<br>(?!\s)")  # the search index would glue the words around it together
_HEADING_OR_TABLE = re.compile(r"<h[1-6]\b[^>]*>(?P<heading>.*?)</h[1-6]>|<table>(?P<table>.*?)</table>", re.DOTALL)
_HEAD_CELL = re.compile(r"<th(?P<attributes>(?:\s[^>]*)?)>(?P<content>.*?)</th>", re.DOTALL)
_BODY_ROW = re.compile(r"(?<=<tr>)(?P<cells>(?:\s*<td(?:\s[^>]*)?>.*?</td>)+)(?=\s*</tr>)", re.DOTALL)
_BODY_CELL = re.compile(r"<td(?P<attributes>(?:\s[^>]*)?)>(?P<content>.*?)</td>", re.DOTALL)
_BOLD = re.compile(r"\s*<strong>((?:(?!</strong>).)*)</strong>\s*", re.DOTALL)
_NOTICE = re.compile(r'(<div class="admonition (\w+)[^"]*">\s*<p class="admonition-title">)(\w+)(?=</p>)')
_NOTICE_TITLES = {"note": "Bra att veta", "info": "Bra att veta", "tip": "Tips", "example": "Exempel",
                  "warning": "Viktigt", "danger": "Varning"}  # fmt: skip
_ALIGNMENT = re.compile(r' style="text-align: (left|center|right);?"')
_TASK = re.compile(r"<li>(?P<open>\s*(?:<p>)?)\[(?P<mark>[ xX])\] ")
_TYPED = re.compile(r"(<code\b[^>]*>)([^<]*-[^<]*)(?=</code>)")
_NOTE_CALL = re.compile(r'<a class="footnote-ref" href="(?P<href>[^"]*)">(?P<number>\d+)</a>')
_NOTE_RETURN = re.compile(r'<a class="footnote-backref" href="(?P<href>[^"]*)"[^>]*>[^<]*</a>')


def finish_content(html: str) -> str:
    """Mend a body that Markdown made: void tags, tables, task lists, notices, footnotes and what is to be typed.
    Raises PageError."""
    html = _BREAK.sub("<br>\n", _VOID.sub(r"<\1\2>", html))
    html = _wrap_tables(html)
    html = _TASK.sub(_task_as_text, html)
    html = _TYPED.sub(_words_whole, html)
    html = _NOTICE.sub(_notice_in_swedish, html)
    html = _NOTE_CALL.sub(r'<a class="footnote-ref" href="\g<href>" aria-label="Not \g<number>">\g<number></a>', html)
    html = _NOTE_RETURN.sub(r'<a class="footnote-backref" href="\g<href>">Tillbaka till texten</a>', html)
    if re.search(r"<input\b[^>]*checkbox", html):
        raise PageError("Ett tillägg har gjort kryssrutor utan namn. Det behövs inget tillägg för «- [ ] ».")
    return html


def _wrap_tables(html: str) -> str:
    """Give each table a scrolling section that takes focus and is named after the heading above it."""
    heading, used = "", Counter[str]()

    def replace(match: re.Match[str]) -> str:
        nonlocal heading
        if match["table"] is None:
            heading = markup.words(match["heading"])
            return match[0]
        name = f"Tabell: {heading}" if heading else "Tabell"
        used[name] += 1
        if used[name] > 1:  # two sections of the same name cannot be told apart
            name = f"{name} ({used[name]})"
        inner = _finish_cells(_ALIGNMENT.sub(_alignment_class, match["table"]))
        label = entities.escape(name)
        return f'<section class="ip-table" aria-label="{label}" tabindex="0"><table>{inner}</table></section>'

    mended = _HEADING_OR_TABLE.sub(replace, html)
    if used.total() != html.count("<table>") or _ALIGNMENT.search(mended):
        raise PageError("En tabell är skriven så att den inte kan läsas upp rätt. Skriv den i Markdown, med «|».")
    return mended


def _finish_cells(table: str) -> str:
    """Say what each cell heads or belongs to: `scope`, the first cell as the head of its row, and the column's name
    on the others, which site.css shows on narrow screens."""
    columns = [markup.words(head["content"]) for head in _HEAD_CELL.finditer(table)]

    def row(match: re.Match[str]) -> str:
        cells = _BODY_CELL.findall(match["cells"])
        return "\n".join(cell(number, *parts) for number, parts in enumerate(cells))  # apart also for those who search

    def cell(number: int, attributes: str, content: str) -> str:
        if number == 0 and content.strip():
            words = whole[1] if (whole := _BOLD.fullmatch(content)) else content
            return f'<th scope="row"{attributes}>{words}</th>'
        name = columns[number] if number < len(columns) else ""
        column = f' data-ip-column="{entities.escape(name)}{"" if name[-1:] == "?" else ":"}"' if name else ""
        return f"<td{attributes}{column}>{content}</td>"

    return _HEAD_CELL.sub(_head_cell, _BODY_ROW.sub(row, table))


def _head_cell(match: re.Match[str]) -> str:
    attributes, content = match["attributes"], match["content"]
    if not content.strip():  # an empty corner heads nothing
        return f"<td{attributes}></td>"
    scope = "" if " scope=" in attributes else ' scope="col"'
    return f"<th{scope}{attributes}>{content}</th>"


def _alignment_class(match: re.Match[str]) -> str:
    return "" if match[1] == "left" else f' class="ip-{match[1]}"'


def _notice_in_swedish(match: re.Match[str]) -> str:
    """A notice without a title of its own is given its English kind as one."""
    opening, kind, title = match.groups()
    if title != kind.capitalize():
        return match[0]
    if kind not in _NOTICE_TITLES:
        raise PageError(f'Ge rutan en rubrik på svenska: «!!! {kind} "Rubrik"».')
    return f"{opening}{_NOTICE_TITLES[kind]}"


def _words_whole(match: re.Match[str]) -> str:
    pieces = unbroken.typed(match[2])
    pieces[1::2] = [f'<span class="ip-whole">{word}</span>' for word in pieces[1::2]]
    return match[1] + "".join(pieces)


def _task_as_text(match: re.Match[str]) -> str:
    state = "open" if match["mark"] == " " else "done"
    words = "Inte klart:" if state == "open" else "Klart:"
    return f'<li class="ip-task ip-task--{state}">{match["open"]}<span class="ip-task__state">{words}</span> '
