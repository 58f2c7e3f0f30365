"""load.py: bytes of a plan file → data with places, or one clear problem."""

from __future__ import annotations

import copy
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plan_samples import PLANS, read_text, source_of, take

from ipsite import portfolio
from ipsite.load import MAX_VALUES, parse, read
from ipsite.problem import Place, is_name
from ipsite.references import check_references
from ipsite.validate import restored, validate

VALID = portfolio.find(PLANS / "valid")[0]


def test_finds_the_valid_examples() -> None:
    found, problems = portfolio.find(PLANS / "valid")
    assert problems == []
    assert len(found) > 20


@pytest.mark.parametrize("file", VALID, ids=lambda file: file.id)
def test_a_valid_example_has_no_problem_of_reading_form_or_reference(file: portfolio.PlanFile) -> None:
    source, problems = read(file.path, file.file, file.id)
    assert problems == []
    assert source is not None
    assert validate(source) + check_references(restored(source), [plan.id for plan in VALID]) == []


class TestText:
    @pytest.mark.parametrize("name", ["bom", "crlf", "bom-and-crlf", "nfd", "no-newline-at-end"])
    def test_is_the_same_however_the_file_was_saved(self, name: str) -> None:
        raw = (PLANS / "valid" / f"{name}.yaml").read_bytes()
        plain = source_of((PLANS / "valid" / "minimal-ip.yaml").read_bytes())
        data = source_of(raw).data
        assert {key: value for key, value in data.items() if key != "mål"} == plain.data

    @pytest.mark.parametrize(
        ("name", "sign"),
        [("bom", b"\xef\xbb\xbf"), ("crlf", b"\r\n"), ("nfd", "mål".encode().replace(b"\xc3\xa5", b"a\xcc\x8a"))],
    )
    def test_the_examples_still_hold_the_bytes_they_are_for(self, name: str, sign: bytes) -> None:
        assert sign in (PLANS / "valid" / f"{name}.yaml").read_bytes()

    def test_is_composed(self) -> None:
        assert list(source_of("ma\u030al: Pa\u030a va\u0308g").data.items()) == [("mål", "På väg")]

    def test_places_are_the_same_with_bom_and_crlf(self) -> None:
        plain = source_of("titel: A\nperson:\n  namn: B\n")
        other = source_of("\ufefftitel: A\r\nperson:\r\n  namn: B\r\n".encode())
        for way in [("titel",), ("person", "namn")]:
            assert other.value_place(way) == plain.value_place(way)
            assert other.key_place(way) == plain.key_place(way)

    def test_column_of_a_wrong_byte_counts_signs_and_not_the_bom(self) -> None:
        _, problems = read_text(b"\xef\xbb\xbf" + "titel: Å\nnamn: ".encode() + b"\xe5")
        assert (problems[0].code, problems[0].line, problems[0].column) == ("IP002", 2, 7)


class TestScalars:
    @pytest.mark.parametrize(
        "text",
        [
            "0701234567", "+46 70 123 45 67", "10:30", "190:20:30", "no", "nej", "ja", "yes", "on", "off", "n", "y",
            "No", "TRUE", "True", "~", "Null", "NULL", "0x1F", "0o17", "0b1", "017", "1_000", ".5", "5.", "+1", "1e",
            ".inf", ".NaN", "2026-05-01",
            "2026-05-01 13:00", "=", "<<", "114 55", "9 § 10 LSS", "1e:5", "1e5;", "1e999999",
        ],
    )  # fmt: skip
    def test_that_json_does_not_know_is_text(self, text: str) -> None:
        assert source_of(f"x: {text}\n").data == {"x": text}

    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("1", 1),
            ("-1", -1),
            ("0", 0),
            ("1.5", 1.5),
            ("1.0", 1),
            ("2e3", 2000),
            ("2E3", 2000),
            ("2e+3", 2000),
            ("1e10", 10_000_000_000),
            ("25e-1", 2.5),
            ("-0.25", -0.25),
            ("10.50", 10.5),
            ("9007199254740991", 2**53 - 1),
            ("9007199254740992", float(2**53)),
            ("-9007199254740993", -float(2**53)),
            ("12345678901234567890", 12345678901234567890.0),
            ("true", True),
            ("false", False),
            ("null", None),
            ("", None),
        ],
    )
    def test_that_json_knows_is_read_as_json_reads_it(self, text: str, value: object) -> None:
        data = source_of(f"x: {text}\n").data
        assert data == {"x": value}
        assert type(data["x"]) is type(value)

    @pytest.mark.parametrize("text", ['"1"', "'true'", '"null"', '"~"', "'1.10'"])
    def test_within_quotes_is_text(self, text: str) -> None:
        assert source_of(f"x: {text}\n").data == {"x": text[1:-1]}

    def test_in_a_block_is_text_without_blanks_around_it(self) -> None:
        assert source_of("x: |\n  1\n\ny: >-\n  a\n  b\n").data == {"x": "1", "y": "a b"}

    def test_a_number_of_a_million_digits_is_no_trouble(self) -> None:
        assert source_of("x: " + "9" * 1_000_000).data["x"]


def test_what_was_written_is_kept_of_numbers_true_and_false() -> None:
    source = source_of("a: 1.10\nb: true\nc: false\nd: null\ne:\nf: text\ng: '1'\nh: 1e999999\n")
    assert source.written == {("a",): "1.10", ("b",): "true", ("c",): "false"}


def test_texts_can_be_had_as_written_and_checking_their_form_changes_nothing() -> None:
    read = source_of((PLANS / "valid" / "text-as-written.yaml").read_bytes())
    before = copy.deepcopy(read.data)
    source = restored(read)
    assert validate(read) == validate(source) == []
    assert read.data == before != source.data
    assert restored(source) == source
    written = {
        ("titel",): "1.10",
        ("person", "namn"): "007",
        ("person", "kallas"): "~",
        ("person", "kommun"): "no",
        ("person", "region"): "nej",
        ("person", "så_kommunicerar_jag"): "yes",
        ("personer", "mamma", "namn"): "true",
        ("personer", "mamma", "roll"): "10:30",
        ("personer", "mamma", "organisation"): "0x1F",
        ("personer", "mamma", "telefon"): "0701234567",
        ("personer", "god_man", "namn"): "1e3",
        ("anledning",): "true",
        ("mål", 0, "mål"): "2026-05-01",
        ("mål", 0, "mina_ord"): "null",
        ("mål", 0, "lättläst"): "-0",
        ("mål", 0, "så_märks_det"): "1_000",
        ("insatser", 0, "lagrum"): "9.10",
        ("insatser", 0, "omfattning"): "190:20:30",
        ("insatser", 0, "beslut", "diarienummer"): "1234567890" * 5,
        ("insatser", 0, "så_vill_jag_ha_det"): ["1", "2.50", "false", "on", "123 45", ".5"],
        ("möten", 0, "plats"): "114 55",
    }
    assert {way: take(source.data, way) for way in written} == written
    assert source.data["möten"][0]["längd_minuter"] == 60


class TestAliases:
    def test_stand_for_a_value_of_their_own(self) -> None:
        data = source_of("a: &a {x: [1]}\nb: *a\n").data
        data["a"]["x"].append(2)
        assert data["b"] == {"x": [1]}

    def test_keep_what_was_written(self) -> None:
        source = source_of("a: &a {x: [1.10, text]}\nb: *a\n")
        assert source.written == {("a", "x", 0): "1.10", ("b", "x", 0): "1.10"}

    def test_have_their_own_place_and_the_anchors_inside(self) -> None:
        source = source_of("a: &a\n  x: 1\nb: *a\n")
        assert source.value_place(("b",)) == Place(3, 4)
        assert source.value_place(("b", "x")) == Place(2, 6)
        assert source.key_place(("b", "x")) == Place(2, 3)

    def test_may_be_anchored_anew(self) -> None:
        assert source_of("a: &a 1\nb: &a 2\nc: *a\n").data == {"a": 1, "b": 2, "c": 2}


class TestPlaces:
    SOURCE = source_of(
        "titel: A\n\n# en kommentar\nmål:\n  - mål: B\n    vem: [x, y]\n  -\n    mål: C\nperson: {namn: D}\n"
    )

    @pytest.mark.parametrize(
        ("way", "key", "value"),
        [
            ((), (1, 1), (1, 1)),
            (("titel",), (1, 1), (1, 8)),
            (("mål",), (4, 1), (5, 3)),
            (("mål", 0), (5, 5), (5, 5)),
            (("mål", 0, "mål"), (5, 5), (5, 10)),
            (("mål", 0, "vem", 1), (6, 14), (6, 14)),
            (("mål", 1), (8, 5), (8, 5)),
            (("person", "namn"), (9, 10), (9, 16)),
        ],
    )
    def test_of_keys_and_values(self, way: tuple[str | int, ...], key: Place, value: Place) -> None:
        assert self.SOURCE.key_place(way) == key
        assert self.SOURCE.value_place(way) == value

    @pytest.mark.parametrize("way", [("mål", 0, "klart"), ("mål", 0, "klart", 3, "x")])
    def test_of_what_is_not_there_is_that_of_the_nearest_around_it(self, way: tuple[str | int, ...]) -> None:
        assert self.SOURCE.value_place(way) == self.SOURCE.key_place(way) == (5, 5)


def test_every_duplicate_key_is_told() -> None:
    _, problems = read_text("a: 1\nb: {c: 1, c: 2, c: 3}\na: 2\n")
    assert [(problem.code, problem.line, problem.where) for problem in problems] == [
        ("IP006", 2, "b.c"), ("IP006", 2, "b.c"), ("IP006", 3, "a"),
    ]  # fmt: skip


def test_duplicate_keys_are_told_beside_a_fault_further_down() -> None:
    _, problems = read_text("a: 1\na: 2\nb: [\n")
    assert [problem.code for problem in problems] == ["IP006", "IP005"]


def test_duplicate_keys_are_told_beside_what_ends_the_reading() -> None:
    _, problems = read_text("a: 1\na: 2\nb: !x 1\na: 3\n")
    assert [(problem.code, problem.line, problem.where) for problem in problems] == [
        ("IP006", 2, "a"),
        ("IP008", 3, "b"),
    ]


def test_a_composed_and_a_decomposed_key_are_the_same_key() -> None:
    assert [problem.code for problem in read_text("mål: 1\nma\u030al: 2\n")[1]] == ["IP006"]


@pytest.mark.parametrize(("levels", "codes"), [(31, []), (32, []), (33, ["IP010"])])
def test_nesting_up_to_thirty_two_levels_is_read(levels: int, codes: list[str]) -> None:
    _, problems = read_text(f"x: {'[' * levels}{']' * levels}\n")
    assert [problem.code for problem in problems] == codes
    assert [(problem.line, problem.column, problem.where) for problem in problems] == [(1, 36, "")] * len(codes)


def test_values_up_to_the_limit_are_read() -> None:
    """Fifty thousand with the plan itself and its list, and then one more."""
    assert read_text("x: [" + "1," * 49_998 + "]")[0] is not None
    [problem] = read_text("x: [" + "1," * 49_999 + "]")[1]
    assert (problem.code, problem.line, problem.column) == ("IP017", 1, 5 + 2 * 49_998)


@pytest.mark.parametrize(("more", "codes"), [(0, []), (1, ["IP017"])])
def test_a_text_counts_as_more_the_longer_it_is(more: int, codes: list[str]) -> None:
    """The plan and its text are two; the line breaks and each hundred signs are the rest."""
    for text in ("x" * 100 * (4_000 + more), "å" * (100 * (4_000 + more) + 99)):
        assert [problem.code for problem in read_text(f"x: {text}\ny: [{'1,' * 45_997}]")[1]] == codes
    lines = "".join("  a\n" for _ in range(2_000 + more))
    signs = (2 * (2_000 + more)) // 100
    values = MAX_VALUES - 3 - 2_000 - signs
    assert [problem.code for problem in read_text(f"x: |\n{lines}y: [{'1,' * values}]")[1]] == codes


def test_a_long_text_that_many_aliases_stand_for_is_refused() -> None:
    """Half a megabyte in the file, a hundred on the page."""
    [problem] = read_text(f"x: &x {'a' * 500_000}\ny: [{'*x ,' * 200}]")[1]
    assert problem.code == "IP017"


@pytest.mark.parametrize(("more", "codes"), [(9, []), (10, ["IP017"])])
def test_an_alias_counts_as_one_value_and_those_that_it_stands_for(more: int, codes: list[str]) -> None:
    """The plan, two lists and eight ones are eleven; an alias is one and nine; and so many more ones."""
    text = f"a: &a [{'1,' * 8}]\nb: [{'*a ,' * 4998}{'1,' * more}]\n"
    assert [problem.code for problem in read_text(text)[1]] == codes


@pytest.mark.parametrize(("more", "codes"), [(49_979, []), (49_980, ["IP017"])])
def test_an_alias_that_is_the_last_value_counts_too(more: int, codes: list[str]) -> None:
    text = f"a: &a [{'1,' * 8}]\nb: [{'1,' * more}*a ]\n"
    assert [problem.code for problem in read_text(text)[1]] == codes


@pytest.mark.parametrize(
    ("value", "height"),
    [("1", 0), ("[]", 0), ("{}", 0), ("[1]", 1), ("{x: 1}", 1), ("{x: {y: 1}, z: 1}", 2), ("[1, [1], 1]", 2)],
)
def test_an_alias_is_as_deep_as_what_it_stands_for(value: str, height: int) -> None:
    """Thirty-two levels are read: those around the alias, the field's own, and those of what it stands for."""
    most = 32 - 1 - height
    for levels, codes in ((most, []), (most + 1, ["IP010"])):
        problems = read_text(f"a: &a {value}\nb: {'[' * levels}*a {']' * levels}\n")[1]
        assert [problem.code for problem in problems] == codes
        assert [(problem.line, problem.column) for problem in problems] == [(2, 4 + levels)] * len(codes)


@pytest.mark.parametrize("key", ["!x a", "[a]", "{a: b}", "*a"])
def test_a_key_that_is_no_plain_text_is_told(key: str) -> None:
    assert [problem.code for problem in read_text(f"x: &a 1\n{key} : 1\n")[1]] == ["IP015"]


@pytest.mark.parametrize("text", ["---\n", "--- # bara en kommentar\n", "--- ''\n"])
def test_a_document_with_nothing_in_it_is_an_empty_file(text: str) -> None:
    assert [problem.code for problem in read_text(text)[1]] == ["IP004"]


@pytest.mark.parametrize("text", ["hej\n", "- a\n", "--- 0\n"])
def test_a_document_that_is_something_else_than_fields_is_told_as_such(text: str) -> None:
    assert [problem.code for problem in read_text(text)[1]] == ["IP011"]


def _tower() -> str:
    floors = (f"x{i}: &a{i} {'[' * 20}*a{i - 1}{']' * 20}\n" for i in range(1, 3000))
    return "x0: &a0 1\n" + "".join(floors)


def _bomb() -> str:
    rows = (f"{c}: &{c} [{','.join(['*' + chr(ord(c) - 1)] * 9)}]\n" for c in "bcdefghijklmnop")
    return "a: &a [1,1,1,1,1,1,1,1,1]\n" + "".join(rows)


HOSTILE: dict[str, tuple[Callable[[], str | bytes], str]] = {
    "five thousand levels of lists": (lambda: "x: " + "[" * 5000 + "]" * 5000, "IP010"),
    "five thousand levels of dashes": (lambda: "x:\n  " + "- " * 5000, "IP010"),
    "five thousand levels of braces": (lambda: "x: " + "{a: " * 5000 + "}" * 5000, "IP010"),
    "as many levels as a file can indent": (lambda: "".join(" " * i + "a:\n" for i in range(1400)), "IP010"),
    "a million open brackets": (lambda: "x: " + "[" * 1_000_000, "IP010"),
    "half a million keys in keys": (lambda: "? " * 500_000, "IP015"),
    "aliases that multiply": (_bomb, "IP017"),
    "aliases that grow into a tower": (_tower, "IP010"),
    "an alias to what it stands in": (lambda: "x: &x [*x]\n", "IP009"),
    "marks that take long to put in order": (lambda: "x: a" + "\u0300\u0316" * 250_000, "IP012"),
    "tens of thousands of directives": (
        lambda: "".join(f"%TAG !{i:x}! t\n" for i in range(60_000)) + "--- {a: b}",
        "IP016",
    ),
    "directives after the end": (lambda: "a: b\n...\n" + "%YAML 1.1\n" * 60_000 + "--- {a: b}", "IP016"),
    "more values than a plan can have": (lambda: "x: [" + "1," * 400_000 + "]", "IP017"),
    "as many duplicate keys as may be": (lambda: "a: 1\n" * 49_000, "IP006"),
    "more bytes than a plan can have": (lambda: b"x" * (1 << 20) + b"x", "IP003"),
    "a key of a million signs": (lambda: "k" * 1_000_000 + ": 1", "IP011"),
    "a quoted text that never ends": (lambda: "x: '" + "\n" * 1_000_000, "IP005"),
    "two hundred thousand documents": (lambda: "--- {a: b}\n" * 90_000, "IP007"),
    "nothing but new lines": (lambda: "\n" * 1_000_000, "IP004"),
    "nothing but comments": (lambda: "#\n" * 500_000, "IP004"),
    "lone surrogates": (lambda: b"x: \xed\xa0\x80", "IP002"),
    "overlong bytes": (lambda: b"x: \xc0\xaf", "IP002"),
    "a byte order mark in the text": (lambda: "x: a\ufeffb", "IP012"),
    "two byte order marks": (lambda: "\ufeff\ufeffx: a", "IP012"),
    "UTF-32": (lambda: "x: å\n".encode("utf-32"), "IP002"),
    "a call into Python": (lambda: "x: !!python/object/apply:os.system ['true']", "IP008"),
}


@pytest.mark.parametrize(("make", "code"), HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_input_gives_a_problem_within_a_second(make: Callable[[], str | bytes], code: str) -> None:
    raw = make()
    start = time.process_time()
    source, problems = read_text(raw)
    assert time.process_time() - start < (10 if sys.gettrace() else 1)  # `make coverage` counts every line
    assert source is None
    assert {problem.code for problem in problems} == {code}


class TestRead:
    def test_a_file_of_exactly_one_mebibyte(self, tmp_path: Path) -> None:
        file = tmp_path / "a.yaml"
        file.write_bytes(b"x: " + b"a" * ((1 << 20) - 3))
        assert read(file, "a.yaml", "a")[0] is not None
        file.write_bytes(b"x: " + b"a" * ((1 << 20) - 2))
        assert [problem.code for problem in read(file, "a.yaml", "a")[1]] == ["IP003"]

    def test_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        assert [problem.code for problem in read(tmp_path / "a.yaml", "a.yaml", "a")[1]] == ["IP001"]

    def test_a_folder(self, tmp_path: Path) -> None:
        assert [problem.code for problem in read(tmp_path, "a.yaml", "a")[1]] == ["IP001"]

    def test_a_file_without_the_right_to_read_it(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(*_: object, **__: object) -> None:
            raise PermissionError(13, "denied")

        (tmp_path / "a.yaml").write_text("x: 1")
        monkeypatch.setattr(Path, "open", refuse)
        assert [problem.code for problem in read(tmp_path / "a.yaml", "a.yaml", "a")[1]] == ["IP001"]

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
    def test_a_pipe_that_nobody_writes_to_is_not_waited_for(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "a.yaml")
        assert [problem.code for problem in read(tmp_path / "a.yaml", "a.yaml", "a")[1]] == ["IP001"]


SIGNS = st.sampled_from(
    [*"ab:-?[]{},#&*!|>'\"%@` \n\t0.1~=<\\\0\r\u0085\u2028\ufeffå", "- ", ": ", "---\n", "...\n", "<<: ", "&a ", "*a "]
)


class TestAnythingAtAll:
    """Whatever stands in a file: a source or problems, never an exception, and every place lies in the text."""

    @given(st.binary(max_size=400))
    def test_bytes(self, raw: bytes) -> None:
        _is_read_or_told(raw)

    @given(st.text(max_size=400))
    def test_text(self, text: str) -> None:
        _is_read_or_told(text.encode("utf-8", "surrogatepass"))

    @given(st.lists(SIGNS, max_size=60).map("".join))
    def test_what_looks_like_yaml(self, text: str) -> None:
        _is_read_or_told(text.encode())

    @given(st.lists(SIGNS, max_size=20).map("".join))
    def test_what_begins_like_a_plan(self, text: str) -> None:
        _is_read_or_told(f"slag: sip\ntitel: {text}\nperson:\n  namn: {text}\n".encode())


def _is_read_or_told(raw: bytes) -> None:
    source, problems = parse(raw, "plan.yaml", "plan")
    assert (source is None) == bool(problems)
    lines = raw.decode("utf-8", "replace").replace("\r\n", "\n").count("\n") + 1
    if source is not None:
        problems = validate(source) + check_references(source, [])
    for problem in problems:
        assert 1 <= problem.line <= lines + 1
        assert problem.column >= 1
        assert all(is_name(step.split("[")[0]) or step.startswith("…") for step in problem.where.split(".") if step)
