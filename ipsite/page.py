"""What the theme's templates cannot mend: the HTML of Markdown's bodies and of Material's frame.

Three pure functions that the MkDocs shell calls: `finish_content` for a body that Markdown made, `finish_page` for a
whole page, `finish_body` for a body that goes into a frame finished before. Every replacement in the frame must hit as
often as it is meant to; otherwise `PageError` names it, so that a new version of Material stops the build instead of a
reader.
"""

import html as entities
import re
from collections import Counter
from typing import NamedTuple

from ipsite import markup
from ipsite.links import as_files

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "base-uri 'none'; form-action 'self' file:"
)
"""Content-Security-Policy of every page: nothing from elsewhere, nothing inline. In Firefox, a form on a page that was
opened from a folder may not be sent to the page beside it unless «file:» says so."""


class PageError(ValueError):
    """A page that is not as this module expects it; the message says what was missed or is forbidden."""


# --- Bodies made by Markdown --------------------------------------------------------------------------------------

_VOID = re.compile(r"<(area|br|col|hr|img|input|source|wbr)\b((?:[^<>\"']|\"[^\"]*\"|'[^']*')*?)\s*/>")
_HEADING_OR_TABLE = re.compile(r"<h[1-6]\b[^>]*>(?P<heading>.*?)</h[1-6]>|<table>(?P<table>.*?)</table>", re.DOTALL)
_HEAD_CELL = re.compile(r"<th(?P<attributes>(?:\s[^>]*)?)>(?P<content>.*?)</th>", re.DOTALL)
_BODY_ROW = re.compile(r"(?<=<tr>)(?P<cells>(?:\s*<td(?:\s[^>]*)?>.*?</td>)+)(?=\s*</tr>)", re.DOTALL)
_BODY_CELL = re.compile(r"<td(?P<attributes>(?:\s[^>]*)?)>(?P<content>.*?)</td>", re.DOTALL)
_BOLD = re.compile(r"\s*<strong>((?:(?!</strong>).)*)</strong>\s*", re.DOTALL)
_LONE_LINK = re.compile(r"(<(li|p)>\s*<a )((?:(?!class=)[^>])*>(?:(?!</a>).)*)(</a>)([.?!]?)(?=\s*</\2>)", re.DOTALL)
_NOTICE = re.compile(r'(<div class="admonition (\w+)[^"]*">\s*<p class="admonition-title">)(\w+)(?=</p>)')
_NOTICE_TITLES = {"note": "Bra att veta", "info": "Bra att veta", "tip": "Tips", "example": "Exempel",
                  "warning": "Viktigt", "danger": "Varning"}  # fmt: skip
_ALIGNMENT = re.compile(r' style="text-align: (left|center|right);?"')
_TASK = re.compile(r"<li>(?P<open>\s*(?:<p>)?)\[(?P<mark>[ xX])\] ")
_NOTE_CALL = re.compile(r'<a class="footnote-ref" href="(?P<href>[^"]*)">(?P<number>\d+)</a>')
_NOTE_RETURN = re.compile(r'<a class="footnote-backref" href="(?P<href>[^"]*)"[^>]*>[^<]*</a>')


def finish_content(html: str) -> str:
    """Mend a body that Markdown made: void tags, tables, task lists and footnotes.

    Only the forms that Markdown writes are touched (a bare `<table>`, a `<li>` that begins with `[ ]`), so a body made
    by our own templates, whose tables carry classes and captions, passes unharmed.
    """
    html = _VOID.sub(r"<\1\2>", html)
    html = _wrap_tables(html)
    html = _TASK.sub(_task_as_text, html)
    html = _NOTICE.sub(_notice_in_swedish, html)
    html = _NOTE_CALL.sub(r'<a class="footnote-ref" href="\g<href>" aria-label="Not \g<number>">\g<number></a>', html)
    html = _NOTE_RETURN.sub(r'<a class="footnote-backref" href="\g<href>">Tillbaka till texten</a>', html)
    if re.search(r"<input\b[^>]*checkbox", html):
        raise PageError("task list: an extension made check boxes without a name; no extension is needed")
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
        raise PageError("table: a table, or the alignment of a cell, was left as Markdown wrote it")
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
        raise PageError(f"notice: give «!!! {kind}» a title in Swedish")
    return f"{opening}{_NOTICE_TITLES[kind]}"


def _task_as_text(match: re.Match[str]) -> str:
    state = "open" if match["mark"] == " " else "done"
    words = "Inte klart:" if state == "open" else "Klart:"
    return f'<li class="ip-task ip-task--{state}">{match["open"]}<span class="ip-task__state">{words}</span> '


# --- Whole pages --------------------------------------------------------------------------------------------------


class _Mend(NamedTuple):
    """One replacement in Material's frame and how many times it must hit. Where nothing is put in the place, the white
    space before goes too; a pattern that began with white space would be tried at each of a page's thousand."""

    name: str
    pattern: re.Pattern[str]
    text: str
    times: int = 1


_FRAME = (
    _Mend("check boxes behind the labels", re.compile(r'<input class="md-toggle" [^>]*>'), "", times=2),
    _Mend("overlay", re.compile(r'<label class="md-overlay" for="__drawer"></label>'), ""),
    _Mend("dialog", re.compile(r'<div class="md-dialog" .*?</div>\s*</div>', re.DOTALL), ""),
    _Mend("announcement", re.compile(r'<div data-md-component="announce">\s*</div>'), ""),
    _Mend(
        "skip link",
        re.compile(r'<div data-md-component="skip">.*?</div>', re.DOTALL),
        '<nav class="ip-skip" aria-label="Genväg">'
        '<a class="ip-skip__link" href="#ip-innehall">Gå till innehållet</a></nav>',
    ),
    _Mend(
        "main",
        re.compile(r'<main class="md-main"[^>]*>'),
        '<main class="ip-main" id="ip-innehall" tabindex="-1">',
    ),
)
_POLICY = _Mend(
    "policy", re.compile(r'<meta charset="utf-8">'),
    f'<meta charset="utf-8">\n      <meta http-equiv="Content-Security-Policy" content="{POLICY}">',
)  # fmt: skip
_UNNAMED_SVG = re.compile(r"<svg(?=[\s>])(?![^>]*\s(?:aria-|role=))")

_TAG = re.compile(r"<([a-zA-Z][\w:-]*)((?:[^<>\"']++|\"[^\"]*\"|'[^']*')*)>")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_INLINE = re.compile(r"(?:^|[\s/])(style|on[a-z]+)\s*=", re.IGNORECASE)
_FETCHED = re.compile(r"\s(?:src|srcset|poster|data)\s*=\s*[\"']?\s*(?:https?:)?//", re.IGNORECASE)
_FOREIGN_LINK = re.compile(r"\shref\s*=\s*[\"']?\s*(?:https?:)?//", re.IGNORECASE)
_SUSPECT = re.compile(r"<(?:style|script|link)|//", re.IGNORECASE)
_HARMLESS = re.compile(r"(?!(?:style|on[a-z]+)=)[a-z][a-z0-9-]*=")
_FETCHING = frozenset(("src=", "srcset=", "poster=", "data="))
_NAME_OF_SVG = "http://www.w3.org/2000/svg"
_NOT_FETCHED = re.compile(r"\srel\s*=\s*[\"']?(?:canonical|alternate|prev|next)\b", re.IGNORECASE)


def finish_page(html: str, *, live: bool = False) -> str:
    """Mend Material's frame around a page and refuse what the policy forbids.

    `live` leaves the policy out, and only that: MkDocs' own preview server adds an inline script to reload the page.
    """
    for mend in _FRAME if live else (*_FRAME, _POLICY):
        html = _mended(html, mend)
    if missing := re.search(r' data-ip-missing="([^"]*)"', html):
        raise PageError(
            f"Sidan «{missing[1]}» finns inte i mappen «docs». "
            "Den nämns i sidfoten i mkdocs.yml, eller överst på en sida."
        )
    return finish_body(html)


def _mended(html: str, mend: _Mend) -> str:
    *before, last = mend.pattern.split(html)
    if len(before) != mend.times:
        raise PageError(f"{mend.name}: expected {mend.times} in the page, found {len(before)}; has Material changed?")
    if not mend.text:
        before = [piece.rstrip() for piece in before]
    return mend.text.join((*before, last))


def finish_body(html: str) -> str:
    """What `finish_page` does to every part of a page, its frame or its body."""
    # Not a part of a sentence, so a target of full size. It holds the stop too, which could else get a line of its own.
    html = _LONE_LINK.sub(r'\1class="ip-lone" \3\5\4', html)
    html = _UNNAMED_SVG.sub('<svg aria-hidden="true" focusable="false"', html)
    if not _is_plain(html):
        _refuse_forbidden(html)
    return as_files(html)


def _refuse_forbidden(html: str) -> None:
    """Raise if anything in the page is inline script or style, or would be fetched from another host."""
    for name, attributes in _TAG.findall(html):
        name, bare = name.lower(), _QUOTED.sub("", attributes)
        if name == "style" or (name == "script" and not re.search(r"\ssrc\s*=", bare)):
            raise PageError(f"inline: <{name}> in the page, which the policy forbids")
        if inline := _INLINE.search(bare):
            raise PageError(f"inline: {inline[1]} on <{name}>, which the policy forbids")
        fetched = _FETCHED.search(attributes)
        if name == "link" and not _NOT_FETCHED.search(attributes):
            fetched = fetched or _FOREIGN_LINK.search(attributes)
        if fetched:
            raise PageError(f"other host: <{name}> would be fetched from another site")


def _is_plain(html: str) -> bool:
    """Whether it is easy to see that nothing in the page is forbidden, as in most bodies: every = is that of a value in
    double quotes, no value has a tag in it, and no attribute or element is one that could be forbidden."""
    *pieces, last = html.split('"')
    before, values = set(pieces[0::2]), pieces[1::2]
    if len(pieces) % 2 or "'" in html or "=" in last or "<" in "".join(values):
        return False
    names = {text[text.rfind(" ") + 1 :].lower() for text in before}
    if any(text.find("=") != len(text) - 1 for text in before) or not all(map(_HARMLESS.fullmatch, names)):
        return False
    addresses = [value for value in values if "//" in value and value != _NAME_OF_SVG]
    if addresses and (names & _FETCHING or any(map(_FETCHED.search, addresses))):
        return False
    return not _SUSPECT.search("\n".join((*before, last)))
