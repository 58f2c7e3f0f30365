"""Reading plan files: bytes → data with the place of every key and value.

YAML is read as JSON would be: only JSON's own forms are numbers, true, false and null, so that
`0701234567`, `10:30`, `no` and `2026-05-01` stay the text that was written. The text is read from
the C parser's events, which costs no more than PyYAML's own loader and keeps every place.
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]  # missing from its stubs

from ipsite import faults
from ipsite.problem import START, Place, Problem, field_path

MAX_BYTES = 1 << 20
MAX_DEPTH = 32
MAX_VALUES = 50_000  # with every alias counted as what it stands for

Step = str | int
Way = tuple[Step, ...]  # from the top of a plan to one value

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?\Z")
_LITERALS = {"": None, "null": None, "true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Mark:
    """The place of one value and, for a mapping, of its keys; `inner` marks what is inside it."""

    place: Place
    keys: dict[str, Place] = field(default_factory=dict)
    inner: dict[Step, Mark] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Source:
    """A plan file that could be read.

    `data` is plain JSON data. `written` keeps what stood in the file for each value that was read
    as a number, true or false, so that a text field can have it back ("1.10").
    """

    file: str
    id: str
    data: dict[str, Any]
    mark: Mark
    written: dict[Way, str]

    def value_place(self, path: Way) -> Place:
        """The place of the value at `path`, or of the nearest one around it."""
        mark = self.mark
        for step in path:
            if step not in mark.inner:
                break
            mark = mark.inner[step]
        return mark.place

    def key_place(self, path: Way) -> Place:
        """The place of the key at `path`; for an item of a list, of the item itself."""
        if not path:
            return START
        mark = self.mark
        for step in path[:-1]:
            if step not in mark.inner:
                return mark.place
            mark = mark.inner[step]
        last = path[-1]
        return mark.keys.get(str(last)) or self.value_place(path)


def read(path: Path, file: str, plan_id: str) -> tuple[Source | None, list[Problem]]:
    """Read one file. `file` is its name in messages. Gives no source when nothing can be used."""
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            return None, [faults.file_problem("IP003", file)]
        raw = path.read_bytes()
    except OSError:
        return None, [faults.file_problem("IP001", file)]
    return parse(raw, file, plan_id)


def parse(raw: bytes, file: str, plan_id: str) -> tuple[Source | None, list[Problem]]:
    """Bytes of a plan file → its data with places, or the problems that stop it from being read."""
    if len(raw) > MAX_BYTES:
        return None, [faults.file_problem("IP003", file)]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8-sig", errors="replace")
        return None, [faults.file_problem("IP002", file, _end_of(before))]
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    if not text.strip():
        return None, [faults.file_problem("IP004", file)]
    if unreadable := faults.FORBIDDEN_CHARACTER.search(text):
        return None, [faults.file_problem("IP012", file, _end_of(text[: unreadable.start()]))]
    builder = _Builder(text, file)
    try:
        data, mark = builder.document()
    except _Stop as stop:
        return None, [*builder.problems, stop.problem]
    except yaml.YAMLError as error:
        return None, [*builder.problems, faults.yaml_problem(error, text, file)]
    if builder.problems:
        return None, builder.problems
    return Source(file, plan_id, data, mark, builder.written), []


def _end_of(before: str) -> Place:
    return Place(before.count("\n") + 1, len(before) - before.rfind("\n"))


class _Stop(Exception):
    """Ends the reading of a file at a fault after which the rest cannot be trusted."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


class _Builder:
    """Builds data and marks from the events of the C parser, one value at a time.

    A class because the walk carries state: anchors seen, values counted, problems met.
    """

    def __init__(self, text: str, file: str) -> None:
        self.parser = CParser(text)
        self.file = file
        self.problems: list[Problem] = []
        self.written: dict[Way, str] = {}
        self.anchors: dict[str, tuple[Any, Mark, int]] = {}
        self.values = 0

    def document(self) -> tuple[dict[str, Any], Mark]:
        self.parser.get_event()  # the stream's start
        if self.parser.check_event(yaml.StreamEndEvent):
            self.stop("IP004", START)
        self.parser.get_event()  # the document's start
        event = self.parser.get_event()
        if not isinstance(event, yaml.MappingStartEvent):
            empty = isinstance(event, yaml.ScalarEvent) and not event.value
            self.stop("IP004" if empty else "IP011", _place(event))
        data, mark = self.value(event, (), 0)
        self.parser.get_event()  # the document's end
        if not self.parser.check_event(yaml.StreamEndEvent):
            self.stop("IP007", _place(self.parser.get_event()))
        return data, mark

    def stop(self, code: str, place: Place, path: Way = ()) -> NoReturn:
        raise _Stop(faults.file_problem(code, self.file, place, field_path(path)))

    def value(self, event: Any, path: Way, depth: int) -> tuple[Any, Mark]:
        place = _place(event)
        self.values += 1
        if self.values > MAX_VALUES:
            self.stop("IP009", place, path)
        if depth > MAX_DEPTH:
            self.stop("IP010", place)
        if isinstance(event, yaml.AliasEvent):
            return self.alias(event, place, path)
        if event.tag is not None:
            self.stop("IP008", place, path)
        before = self.values
        result: tuple[Any, Mark]
        if isinstance(event, yaml.ScalarEvent):
            result = self.scalar(event, path), Mark(place)
        elif isinstance(event, yaml.SequenceStartEvent):
            result = self.sequence(place, path, depth)
        else:
            result = self.mapping(place, path, depth)
        if event.anchor is not None:
            self.anchors[event.anchor] = (*result, self.values - before + 1)
        return result

    def alias(self, event: Any, place: Place, path: Way) -> tuple[Any, Mark]:
        if event.anchor not in self.anchors:
            self.stop("IP009", place, path)
        data, mark, size = self.anchors[event.anchor]
        self.values += size
        if self.values > MAX_VALUES:
            self.stop("IP009", place, path)
        return data, mark

    def scalar(self, event: Any, path: Way) -> Any:
        text: str = event.value.strip()  # blanks around a text never carry meaning
        if not event.implicit[0]:  # quoted or a block: always text
            return text
        if text in _LITERALS:
            value = _LITERALS[text]
            if value is not None:
                self.written[path] = text
            return value
        if not _NUMBER.match(text):
            return text
        number = float(text) if re.search("[.eE]", text) or len(text) > 40 else int(text)
        if not math.isfinite(number):
            return text
        self.written[path] = text
        return number

    def sequence(self, place: Place, path: Way, depth: int) -> tuple[list[Any], Mark]:
        items: list[Any] = []
        mark = Mark(place)
        while not isinstance(event := self.parser.get_event(), yaml.SequenceEndEvent):
            index = len(items)
            item, mark.inner[index] = self.value(event, (*path, index), depth + 1)
            items.append(item)
        return items, mark

    def mapping(self, place: Place, path: Way, depth: int) -> tuple[dict[str, Any], Mark]:
        data: dict[str, Any] = {}
        mark = Mark(place)
        while not isinstance(event := self.parser.get_event(), yaml.MappingEndEvent):
            key_place = _place(event)
            if not isinstance(event, yaml.ScalarEvent) or event.tag is not None:
                self.stop("IP015", key_place, path)
            key: str = event.value
            value, inner = self.value(self.parser.get_event(), (*path, key), depth + 1)
            if key in data:
                where = field_path((*path, key))
                self.problems.append(faults.duplicate_key(self.file, key_place, where, key))
                continue
            data[key], mark.keys[key], mark.inner[key] = value, key_place, inner
        return data, mark


def _place(event: Any) -> Place:
    mark = event.start_mark
    return Place(mark.line + 1, mark.column + 1)
