"""Reading plan files: bytes → data with the place of every key and value.

YAML is read as JSON would be: only JSON's own forms are numbers, true, false and null, so that
`0701234567`, `10:30`, `no` and `2026-05-01` stay the text that was written. The text is read from
the C parser's events, which costs no more than PyYAML's own loader and keeps every place.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple, NoReturn

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]  # missing from its stubs

from ipsite import faults, raw, slips
from ipsite.decode import decode
from ipsite.problem import START, Place, Problem, field_path

MAX_DEPTH = 32
MAX_VALUES = 50_000  # with every alias counted as what it stands for, and a text as more the longer it is
SIGNS = 100  # of a text that count as one value more, as do its line breaks: each costs about as much on paper

Step = str | int
Way = tuple[Step, ...]  # from the top of a plan to one value

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?\Z")
_LITERALS = {"": None, "null": None, "true": True, "false": False}


class Mark(NamedTuple):
    """The place of one value and, for a mapping, of its keys; `inner` marks what is inside it."""

    place: Place
    keys: Mapping[str, Place] = MappingProxyType({})
    inner: Mapping[Step, Mark] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Source:
    """A plan file that could be read.

    `data` is plain JSON data. `written` keeps what stood in the file for each value that was read
    as a number, true or false, so that a text field can have it back ("1.10"). `text` is the whole file,
    comments too.
    """

    file: str
    id: str
    data: dict[str, Any]
    mark: Mark
    written: dict[Way, str]
    text: str

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
        return parse(raw.read(path), file, plan_id)
    except OSError:
        return None, [faults.file_problem("IP001", file)]


def parse(content: bytes, file: str, plan_id: str) -> tuple[Source | None, list[Problem]]:
    """Bytes of a plan file → its data with places, or the problems that stop it from being read."""
    text = decode(content, file)
    if isinstance(text, Problem):
        return None, [text]
    builder = _Builder(text, file)
    try:
        data, mark = builder.document()
    except _Stop as stop:
        return None, [*builder.problems, stop.problem]
    except yaml.YAMLError as error:
        return None, [*builder.problems, faults.yaml_problem(error, text, file)]
    if builder.problems:
        return None, builder.problems
    return Source(file, plan_id, data, mark, builder.written, text), []


@dataclass
class _Stop(Exception):
    """Ends the reading of a file at a fault after which the rest cannot be trusted."""

    problem: Problem


class _Anchor(NamedTuple):
    """A value that an alias may stand for; `size` counts the values in it, `height` their levels."""

    data: Any
    mark: Mark
    path: Way
    size: int
    height: int


class _Builder:
    """Builds data and marks from the events of the C parser, one value at a time.

    A class because the walk carries state: anchors seen, values counted, problems met.
    """

    def __init__(self, text: str, file: str) -> None:
        self.parser = CParser(text)
        self.file = file
        self.problems: list[Problem] = []
        self.written: dict[Way, str] = {}
        self.anchors: dict[str, _Anchor] = {}
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

    def count(self, more: int, place: Place, path: Way) -> None:
        self.values += more
        if self.values > MAX_VALUES:
            self.stop("IP017", place, path)

    def value(self, event: Any, path: Way, depth: int) -> tuple[Any, Mark]:
        place, before, kind = _place(event), self.values, type(event)
        text = event.value if kind is yaml.ScalarEvent else ""
        self.count(1 + text.count("\n") + len(text) // SIGNS, place, path)
        if depth > MAX_DEPTH:
            self.stop("IP010", place)
        if kind is yaml.AliasEvent:
            return self.alias(event, place, path, depth)
        if event.tag is not None:
            self.stop("IP008", place, path)
        data = None
        if kind is yaml.ScalarEvent:
            data, mark = self.scalar(event, path), Mark(place)
        elif kind is yaml.SequenceStartEvent:
            data, mark = self.sequence(place, path, depth)
        else:
            data, mark = self.mapping(place, path, depth)
        if event.anchor is not None:
            self.anchors[event.anchor] = _Anchor(data, mark, path, self.values - before, _height(data))
        return data, mark

    def alias(self, event: Any, place: Place, path: Way, depth: int) -> tuple[Any, Mark]:
        if event.anchor not in self.anchors:
            self.stop("IP009", place, path)
        anchor = self.anchors[event.anchor]
        if depth + anchor.height > MAX_DEPTH:
            self.stop("IP010", place)
        self.count(anchor.size, place, path)
        return self.copied(anchor.data, anchor.path, path), Mark(place, anchor.mark.keys, anchor.mark.inner)

    def copied(self, data: Any, origin: Way, path: Way) -> Any:
        """A value of its own for an alias: what one field makes of it must not change the other."""
        if isinstance(data, dict):
            return {key: self.copied(value, (*origin, key), (*path, key)) for key, value in data.items()}
        if isinstance(data, list):
            return [self.copied(value, (*origin, index), (*path, index)) for index, value in enumerate(data)]
        if origin in self.written:
            self.written[path] = self.written[origin]
        return data

    def scalar(self, event: Any, path: Way) -> Any:
        text: str = event.value.strip()  # blanks around a text never carry meaning
        if not event.implicit[0]:  # quoted or a block: always text
            return text
        if text in _LITERALS:
            if text in ("true", "false"):
                self.written[path] = text
            return _LITERALS[text]
        if not _NUMBER.match(text):
            return text
        number = float(text)
        if not math.isfinite(number):
            return text
        self.written[path] = text
        return int(number) if abs(number) < 2**53 and number == int(number) else number

    def sequence(self, place: Place, path: Way, depth: int) -> tuple[list[Any], Mark]:
        items: list[Any] = []
        inner: dict[Step, Mark] = {}
        while type(event := self.parser.get_event()) is not yaml.SequenceEndEvent:
            item, inner[len(items)] = self.value(event, (*path, len(items)), depth + 1)
            items.append(item)
        return items, Mark(place, {}, inner)

    def mapping(self, place: Place, path: Way, depth: int) -> tuple[dict[str, Any], Mark]:
        data: dict[str, Any] = {}
        keys: dict[str, Place] = {}
        inner: dict[Step, Mark] = {}
        while type(event := self.parser.get_event()) is not yaml.MappingEndEvent:
            key_place = _place(event)
            if type(event) is not yaml.ScalarEvent or event.tag is not None:
                self.stop("IP015", key_place, path)
            key: str = event.value
            value, mark = self.value(self.parser.get_event(), way := (*path, key), depth + 1)
            if key in data:
                self.problems.append(slips.duplicate_key(self.file, key_place, field_path(way), key))
            else:
                data[key], keys[key], inner[key] = value, key_place, mark
        return data, Mark(place, keys, inner)


def _height(data: Any) -> int:
    inner = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return 1 + max(map(_height, inner)) if inner else 0


def _place(event: Any) -> Place:
    return Place(event.start_mark.line + 1, event.start_mark.column + 1)
