"""tools/mutate.py: faults put into a module, and what the tests and the list of explanations say of them."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest
from site_helpers import ROOT

TARGETS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["mutation"]["tests"]


def tool(name: str) -> ModuleType:
    """A module in the folder `tools`, which is no part of the package."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


mutants = tool("mutants")
mutate = tool("mutate")


def changes(source: str) -> list[str]:
    return [mutant.change for mutant in mutants.Module(source, "toy.py").mutants]


# --- The faults ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("x = a < b", ["a < b → a <= b"]),
        ("x = a is not b", ["a is not b → a is b"]),
        ("x = a + b", ["a + b → a - b"]),
        ("x = not a", ["not a → a"]),
        ("x = -a", ["-a → a"]),
        ("x = a and b", ["a and b → b", "a and b → a"]),
        ("x = a or b or c", ["a or b or c → b or c", "a or b or c → a or c", "a or b or c → a or b"]),
        ("x = 1", ["1 → 2"]),
        ("x = True", ["True → False"]),
        ("x = ''", ["'' → 'XX'"]),
        ("x = b'a'", ["b'a' → b'XXa'"]),
        ("x = None", []),
        ("x = {'a', 'b'}", ["{'a', 'b'} → {'b'}", "{'a', 'b'} → {'a'}", "'a' → 'XXaXX'", "'b' → 'XXbXX'"]),
        ("x = [*a, b]", ["[*a, b] → [b]", "[*a, b] → [*a]"]),
        ("x = (*a, b)", ["(*a, b) → (b,)"]),
        ("x = a, b", []),
        ("x = {k: a}", ["{k: a} → {}"]),
        ("x = a[b:]", ["b: → :"]),
        ("x = f(a, b=c)", ["f(a, b=c) → f(a)"]),
        ("x = any(a)", ["any(a) → all(a)"]),
        ("x = a.startswith(b)", ["a.startswith(b) → a.endswith(b)"]),
        ("x = a.strip()", ["a.strip() → a"]),
        ("x = [b for b in a if b]", ["a → ()", "b → True", "b → False"]),
        ("x = a if b else c", ["b → True", "b → False"]),
        ("x = re.compile('ab')", ["'ab' → 'b'", "'ab' → 'a'"]),
        (r"x = r'\d'", [r"'\\d' → 'd'"]),
        ("if a:\n    f()", ["a → True", "a → False", "f() → pass"]),
        ("if a and b:\n    f()", ["a and b → b", "a and b → a", "a and b → False", "f() → pass"]),
        ("while a:\n    break", ["a → False", "break → pass"]),
        ("for a in b:\n    continue", ["b → ()", "continue → break"]),
        ("a.b = c", ["a.b = c → pass"]),
        ("a += b", ["a += b → pass", "a += b → a -= b"]),
        ("raise a", ["raise a → pass"]),
        ("def f():\n    return a", ["return a → return None"]),
        (
            "with suppress(A, B):\n    f()",
            ["suppress(A, B) → suppress(B)", "suppress(A, B) → suppress(A)", "f() → pass"],
        ),
        ("try:\n    f()\nexcept A:\n    g()", ["f() → pass", "except A: → except ():", "g() → pass"]),
    ],
)
def test_what_may_stand_instead(source: str, expected: list[str]) -> None:
    assert changes(source) == expected


@pytest.mark.parametrize(
    "source",
    [
        '"""Words to who reads the code: 1 + 1."""',
        "import a\nfrom b import c",
        "if TYPE_CHECKING:\n    x = 1 + 1",
        "def f(a: 'b | c') -> 'b': pass",
        "@cache(1)\ndef f(): pass",
        "x: list['a']",
        "Way = str | int",
        "MayRead = Callable[[Way], bool]",
    ],
)
def test_what_no_behaviour_follows_from_is_left_as_it_is(source: str) -> None:
    assert changes(source) == []


def test_faults_that_read_the_same_are_told_apart() -> None:
    assert changes("x = [1, 1]")[2:] == ["1 → 2", "1 → 2 (2)"]


def test_a_fault_is_in_the_code_that_is_compiled_and_only_while_it_is_tried() -> None:
    module = mutants.Module("x = 1\n", "toy.py")

    def value(mutant: object) -> object:
        names: dict[str, object] = {}
        with module.code(mutant) as code:
            exec(code, names)
        return names["x"]

    assert [value(None), value(module.mutants[0]), value(None)] == [1, 2, 1]


# --- A run --------------------------------------------------------------------------------------------------------

CODE = """\
def least(numbers):
    found = numbers[0]
    for number in numbers:
        if number < found:
            found = number
    return found
"""
TESTS = """\
from toy.few import least


def test_least():
    assert least([2, 1, 3]) == 1
"""


SETTINGS = """\
[tool.mutation]
heavy = []
[tool.mutation.tests]
"toy.few" = ["test_few.py"]
[tool.pytest.ini_options]
"""


class Toy:
    """A project with one module."""

    def __init__(self, folder: Path, tests: str) -> None:
        self.folder = folder
        for name in ("tools/mutate.py", "tools/mutants.py"):
            self.write(name, (ROOT / name).read_text("utf-8"))
        self.write("toy/__init__.py", "")
        self.write("toy/few.py", CODE)
        self.write("tests/test_few.py", tests)
        self.write("pyproject.toml", SETTINGS)

    def write(self, name: str, text: str) -> None:
        (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / name).write_text(text, "utf-8")

    def run(self, *options: str) -> tuple[int, str]:
        made = subprocess.run(
            [sys.executable, "tools/mutate.py", "--seconds", "1", *options],
            cwd=self.folder, env={"PYTHONPATH": ".", "PATH": "/usr/bin:/bin"}, capture_output=True, text=True,
        )  # fmt: skip
        return made.returncode, made.stdout + made.stderr


@pytest.fixture
def toy(tmp_path: Path) -> Toy:
    return Toy(tmp_path, TESTS)


def rows(told: str) -> list[str]:
    return [line for line in told.splitlines() if line.startswith("|")]


LESS = "| `toy.few` | `if number < found:` | `number < found → number <= found` | {} |"
FIRST = "| `toy.few` | `found = numbers[0]` | `0 → 1` | {} |"
ALONE = "\n\ndef test_alone():\n    assert least([1]) == 1\n"
EXPLAINED = "docs/utveckling/mutationer.md"


def test_faults_that_no_test_notices_are_told_with_their_place(toy: Toy) -> None:
    status, told = toy.run()
    assert status == 1
    assert rows(told) == [FIRST.format("…"), LESS.format("…")]
    assert "toy/few.py:2 överlevde" in told
    assert "toy.few: 6 mutanter, upptäckt 4, för lång tid 0, överlevde 2, avbröts 0, utan förklaring 2" in told
    assert (toy.folder / "toy" / "few.py").read_text("utf-8") == CODE


def test_an_explanation_lets_a_fault_pass_and_a_new_test_ends_it(toy: Toy) -> None:
    table = "\n".join([FIRST.format("En tom plats."), LESS.format("Två lika tal är samma tal.")])
    toy.write(EXPLAINED, table)
    status, told = toy.run()
    assert (status, rows(told)) == (0, [])
    toy.write("tests/test_few.py", TESTS + ALONE)
    status, told = toy.run()
    assert status == 1
    assert "förklarad, men ingen mutant som överlever: found = numbers[0]: 0 → 1" in told


def test_a_fault_without_an_end_is_stopped(toy: Toy) -> None:
    toy.write("toy/few.py", "def countdown(number):\n    while number:\n        number -= 1\n    return number\n")
    toy.write("tests/test_few.py", "from toy.few import countdown\n\ndef test(): assert countdown(3) == 0\n")
    status, told = toy.run()
    assert status == 0
    assert "toy.few: 5 mutanter, upptäckt 2, för lång tid 3, överlevde 0" in told


def test_only_those_that_were_not_noticed_can_be_tried_again(toy: Toy) -> None:
    toy.run()
    toy.write("tests/test_few.py", TESTS + ALONE)
    status, told = toy.run("--again")
    assert (status, rows(told)) == (1, [LESS.format("…")])
    assert "toy.few: 2 mutanter, upptäckt 1" in told


def test_tests_that_fail_without_a_fault_say_nothing_of_faults(toy: Toy) -> None:
    toy.write("tests/test_few.py", TESTS.replace("== 1", "== 2"))
    status, told = toy.run()
    assert status == 1
    assert "testerna går inte igenom utan mutant" in told
    assert "assert 1 == 2" in told


# --- This project -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", TARGETS)
def test_every_explanation_is_of_a_fault_that_can_be_put_in(name: str) -> None:
    source = (ROOT / mutate.path_of(name)).read_text("utf-8")
    possible = {(name, mutant.code, mutant.change) for mutant in mutants.Module(source, name).mutants}
    explained = {key: why for key, why in mutate.explained().items() if key[0] == name}
    assert explained.keys() - possible == set()
    assert all(len(why) > 20 for why in explained.values())


def test_every_module_and_test_file_of_a_run_is_there() -> None:
    assert [name for name in TARGETS if not (ROOT / mutate.path_of(name)).is_file()] == []
    named = {file.split("::")[0] for files in TARGETS.values() for file in files}
    assert [file for file in named if not (ROOT / "tests" / file).is_file()] == []


def test_every_explanation_is_of_a_module_that_is_run() -> None:
    assert {name for name, _, _ in mutate.explained()} <= set(TARGETS)
