"""The rules of the house (docs/utveckling/arkitektur.md) as tests; each guard has a canary that proves it can fail."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from jinja2 import meta
from site_helpers import ROOT

import ipsite
from ipsite.render.environment import environment

PACKAGE = ROOT / "ipsite"
MODULES = {path.relative_to(PACKAGE).with_suffix("").as_posix(): path for path in sorted(PACKAGE.rglob("*.py"))}
TEMPLATES = {path.name: path for path in sorted((PACKAGE / "templates").iterdir()) if path.is_file()}
CONTRACTS: list[dict[str, Any]] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
    "contracts"
]


def text(path: Path) -> str:
    return path.read_text("utf-8")


# --- Who may import whom ------------------------------------------------------------------------------------------


def lint_imports(folder: Path) -> str:
    """What import-linter says of the package in `folder`."""
    code = "from importlinter.cli import lint_imports_command as run; run()"
    made = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, '.'); {code}", "--no-cache"],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return made.stdout + made.stderr


def kept(said: str) -> dict[str, bool]:
    """Each contract by its name, and whether it is kept."""
    return {name: word == "KEPT" for name, word in re.findall(r"^(.+?) (KEPT|BROKEN)", said, re.MULTILINE)}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the package to break."""
    shutil.copytree(PACKAGE, tmp_path / "ipsite", ignore=shutil.ignore_patterns("__pycache__", "theme", "paper"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def add_import(folder: Path, importer: str, imported: str) -> None:
    module = folder.joinpath(*importer.split("."))
    path = module / "__init__.py" if module.is_dir() else module.with_suffix(".py")
    path.write_text(f"{text(path)}\nimport {imported}\n", "utf-8")


def breach(contract: dict[str, Any]) -> tuple[str, str]:
    """An import that `contract` forbids: who imports, and what."""
    if contract["type"] == "layers":
        highest, *_, lowest = contract["layers"]
        package = contract["containers"][0]
        return f"{package}.{re.split(r'[ |:]', lowest)[0]}", f"{package}.{re.split(r'[ |:]', highest)[0]}"
    if contract["type"] == "independence":
        first, second, *_ = contract["modules"]
        return first, second
    return "ipsite.slug", contract["protected_modules"][0]


def test_every_module_imports_only_what_its_place_allows() -> None:
    said = lint_imports(ROOT)
    assert kept(said) == {contract["name"]: True for contract in CONTRACTS}, said


def test_every_contract_sees_an_import_that_it_forbids(copy: Path) -> None:
    for contract in CONTRACTS:
        add_import(copy, *breach(contract))
    assert kept(lint_imports(copy)) == {contract["name"]: False for contract in CONTRACTS}


def test_a_module_without_a_place_among_the_layers_is_seen(copy: Path) -> None:
    (copy / "ipsite" / "newcomer.py").write_text('"""New."""\n', "utf-8")
    assert "ipsite.newcomer" in lint_imports(copy)


OUTSIDE = {"mkdocs", "weasyprint", "yaml", "jsonschema", "jinja2", "click", "PIL"}


def test_every_outside_library_has_a_contract() -> None:
    protected = {name for contract in CONTRACTS for name in contract.get("protected_modules", ())}
    imported = {name for path in MODULES.values() for name in imports(text(path))}
    assert protected >= OUTSIDE
    assert imported - protected - set(sys.stdlib_module_names) - {"ipsite"} == set()


def imports(source: str) -> Iterator[str]:
    """The top names of what a module imports, wherever in it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


# --- Sizes --------------------------------------------------------------------------------------------------------

LINES_OF_MODULE, LINES_OF_FUNCTION, LINES_OF_TEMPLATE = 250, 40, 80
# The reason stands beside each cap that is raised: name → (lines, reason).
RAISED: dict[str, tuple[int, str]] = {}


def too_long(name: str, source: str, lines: int) -> bool:
    cap, reason = RAISED.get(name, (lines, "-"))
    return source.count("\n") > cap or not reason


def long_functions(source: str) -> list[str]:
    return [
        node.name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= LINES_OF_FUNCTION
    ]


def test_no_module_is_longer_than_one_can_hold_in_mind() -> None:
    assert {name: text(p).count("\n") for name, p in MODULES.items() if too_long(name, text(p), LINES_OF_MODULE)} == {}


def test_no_function_is_longer_than_a_screen() -> None:
    assert {name: found for name, path in MODULES.items() if (found := long_functions(text(path)))} == {}


def test_no_template_is_longer_than_two_screens() -> None:
    assert [name for name, path in TEMPLATES.items() if too_long(name, text(path), LINES_OF_TEMPLATE)] == []


def test_a_module_a_function_or_a_template_that_is_too_long_is_seen() -> None:
    assert too_long("x", "\n" * 251, 250)
    assert not too_long("x", "\n" * 250, 250)
    assert long_functions("def f():\n" + "    x = 1\n" * 40) == ["f"]
    assert long_functions("class A:\n    async def f(self):\n" + "        x = 1\n" * 40) == ["f"]
    assert long_functions("def f():\n" + "    x = 1\n" * 39) == []


# --- What a function tells of itself ------------------------------------------------------------------------------


def ours_to_raise() -> set[str]:
    """The names of the exceptions that the package has of its own."""
    return {
        name
        for path in MODULES.values()
        for name in re.findall(r"(?m)^class (\w+)\((?:\w+Error|Exception|BrokenExecutor)\)", text(path))
    }


def untold(source: str) -> list[tuple[str, str]]:
    """Public functions that raise an exception of ours, and which, that their docstrings do not name."""
    functions = (node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef))
    return [
        (node.name, name)
        for node in functions
        if not node.name.startswith("_")
        for name in re.findall(r"\braise (?:\w+\.)?(\w+)", ast.unparse(node))
        if name in ours_to_raise() and name not in (ast.get_docstring(node) or "")
    ]


def test_a_function_says_what_it_raises() -> None:
    assert len(ours_to_raise()) > 20
    assert {name: found for name, path in MODULES.items() if (found := untold(text(path)))} == {}


def test_an_exception_that_is_not_told_of_would_be_seen() -> None:
    assert untold('def f():\n    """Do."""\n    raise PageError("x")') == [("f", "PageError")]
    assert untold('def f():\n    """Do. Raises `PageError`."""\n    raise page.PageError("x")') == []


# --- Templates ----------------------------------------------------------------------------------------------------


def unescaped(source: str) -> list[str]:
    """Ways in which a template can let text through as HTML."""
    return re.findall(r"\|\s*safe\b|\bautoescape\b|\bMarkup\b|\|\s*forceescape\b|\|\s*xmlattr\b", source)


def names_seen(source: str) -> set[str]:
    """The names that a template takes from outside, but for templates that it imports."""
    return meta.find_undeclared_variables(environment().parse(source))


def test_no_template_lets_text_through_as_html() -> None:
    assert {name: found for name, path in TEMPLATES.items() if (found := unescaped(text(path)))} == {}
    marked = [name for name, path in MODULES.items() if re.search(r"\bMarkup\b", text(path))]
    assert marked == ["render/svg"]  # which draws, and is the one writer of HTML that is no template (decision 0045)


# What stands in HTML and is not written by a template, and why.
WRITERS = {
    "render/svg": "draws (decision 0045)",
    "page": "mends what Material has made",
    "markdown_body": "mends what Markdown has made",
    "glossary": "leads words of texts that are finished to the glossary",
    "guide": "puts such texts into one document, so that links lead inside it",
    "letter": "frames letters in Markdown",
    "frame": "marks where a page of ours goes",
    "search": "tells figures from texts by how they begin and end",
    "translation": "knows what MkDocs says of «<class 'str'>»",
}
_TAG = re.compile(r"(?<!\?P)(?<!\\g)<(?:[a-z][a-z1-6]*(?=[\s>/]|$)|/[a-z]|!doctype)", re.IGNORECASE)


def tags_in(source: str) -> list[str]:
    """Tags in the texts of a module, but for its docstrings and the patterns that it looks for."""
    tree = ast.parse(source)
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    patterns = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("re.")
        for inner in ast.walk(node.args[0])
    }
    texts = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in told | patterns)
    return [node.value for node in texts if isinstance(node.value, str) and _TAG.search(node.value)]


def test_html_is_written_by_templates_and_by_those_who_are_named() -> None:
    assert {name for name, path in MODULES.items() if tags_in(text(path))} == set(WRITERS)
    assert all(WRITERS.values())


@pytest.mark.parametrize(
    "fault",
    [
        "x = '<p>' + words",
        'x = f"""<!doctype html>\n<title>{words}"""',
        "x = f'<li data-to=\"#{key}\">'",
        "def f():\n    return f'<h{level}>{words}</h{level}>'",
        "x = re.sub(pattern, r'<b>\\1</b>', words)",
    ],
)
def test_html_that_a_module_writes_would_be_seen(fault: str) -> None:
    assert tags_in(fault)


def test_patterns_docstrings_and_arrows_are_not_taken_for_html() -> None:
    assert tags_in('"""A <p>."""\nimport re\nx = re.compile(r"<p>(?P<a>.)")\ny = "a < b, -> c, <- d"') == []
    assert tags_in('x = re.sub("<p>", "", words)\ny = r"\\g<href>"') == []


def test_a_template_sees_one_name() -> None:
    # document.html.j2 is included where blocks.html.j2 is imported, and imports it itself.
    assert {name: names_seen(text(path)) - {"view"} for name, path in TEMPLATES.items()} == {
        name: set() for name in TEMPLATES
    }


@pytest.mark.parametrize("fault", ["{{ x|safe }}", "{{ x | safe }}", "{% autoescape false %}{% endautoescape %}"])
def test_text_let_through_would_be_seen(fault: str) -> None:
    assert unescaped(fault)


def test_a_second_name_in_a_template_would_be_seen() -> None:
    assert names_seen("{{ view.title }}{{ plan.title }}") == {"view", "plan"}


# --- No clock, chance, network or environment in the pipeline -----------------------------------------------------

# The shells, which give the day and the settings as arguments, and why each may look at the world.
SHELLS = {
    "cli": "the terminal",
    "commands/": "the terminal",
    "mkdocs/plugin": "MkDocs: a word of chance that marks a frame",
    "mkdocs/site": "MkDocs",
    "mkdocs/live": "MkDocs' preview",
    "mkdocs/preview": "MkDocs' preview: looks at files again and again",
    "mkdocs/options": "MkDocs: the number of processors",
    "state": "is run by itself, too, with a folder to look at",
    "clock": "the day, and SOURCE_DATE_EPOCH",
    "doctor": "tells how the machine is, which is all it does",
    "render/pdf": "tells fontconfig where the package's fonts lie",
    "render/recipe": "tells apart the machines that papers are made on, so that none takes what another kept",
}
IMPURE_MODULES = {
    *(
        "time",
        "random",
        "secrets",
        "uuid",
        "socket",
        "ssl",
        "http",
        "ftplib",
        "smtplib",
        "getpass",
        "locale",
        "platform",
    ),
    *("requests", "httpx", "urllib3", "asyncio", "webbrowser"),
}
IMPURE_CALLS = {
    *("date.today", "datetime.now", "datetime.utcnow", "datetime.today", "os.environ", "os.environb", "os.getenv"),
    *("os.urandom", "os.getpid", "os.getlogin", "os.uname", "Path.home", "sys.argv", "urllib.request", "input"),
}


def impure(source: str) -> list[str]:
    """What a module reads of the world around it."""
    tree = ast.parse(source)
    found = [name for name in imports(source) if name in IMPURE_MODULES]
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            found += [f"{node.module}.{a.name}" for a in node.names if f"{node.module}.{a.name}" in IMPURE_CALLS]
            found += [str(node.module)] if node.module in IMPURE_CALLS else []
        elif isinstance(node, ast.Import):
            found += [alias.name for alias in node.names if alias.name in IMPURE_CALLS]
        elif isinstance(node, ast.Attribute):
            dotted = ast.unparse(node)
            found += [name for name in IMPURE_CALLS if dotted == name or dotted.endswith(f".{name}")]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in IMPURE_CALLS:
            found.append(node.func.id)
    return found


def test_the_pipeline_reads_no_clock_no_chance_no_network_and_no_environment() -> None:
    pure = {name: path for name, path in MODULES.items() if not is_shell(name)}
    assert len(pure) > 20
    assert {name: found for name, path in pure.items() if (found := impure(text(path)))} == {}


def is_shell(name: str) -> bool:
    return name in SHELLS or f"{name.partition('/')[0]}/" in SHELLS


def test_no_module_is_taken_for_a_shell_since_its_name_begins_like_one() -> None:
    assert is_shell("cli")
    assert is_shell("commands/pdf")
    assert [
        name for name in ("clipped", "statement", "mkdocs/theme", "render/pdfs", "views/cli") if is_shell(name)
    ] == []


@pytest.mark.parametrize(
    "fault",
    [
        "from datetime import date\nx = date.today()",
        "import datetime\nx = datetime.datetime.now()",
        "import os\nx = os.environ['HOME']",
        "from os import environ",
        "import os\nx = os.getenv('HOME')",
        "import random",
        "from secrets import token_hex",
        "import urllib.request",
        "from urllib.request import urlopen",
        "from time import time",
        "from pathlib import Path\nx = Path.home()",
        "def f():\n    import socket",
        "x = input()",
    ],
)
def test_a_look_at_the_world_would_be_seen(fault: str) -> None:
    assert impure(fault)


def test_what_is_pure_is_not_taken_for_a_look_at_the_world() -> None:
    assert impure("from datetime import date\nimport os\nx = date(2026, 1, 1)\nos.walk('.')\nbaked.today()") == []


# --- What others rely on, and how the tests are laid out ----------------------------------------------------------


def test_the_public_names_are_these() -> None:
    assert ipsite.__all__ == ["Problem", "check"]
    assert all(hasattr(ipsite, name) for name in ipsite.__all__)


# Modules whose tests have another name than theirs, and packages that are tested as one.
TESTED_IN = {
    "__init__": "test_house",
    "__main__": "test_terminal",
    "cli": "test_check",
    "checking": "test_check",
    "mkdocs/__init__": "test_house",
    "mkdocs/finished": "test_crowd",
    "mkdocs/framing": "test_framing",
    "mkdocs/live": "test_live",
    "mkdocs/options": "test_plugin",
    "mkdocs/plugin": "test_plugin",
    "mkdocs/preview": "test_live",
    "mkdocs/site": "test_plugin",
    "mkdocs/text_pages": "test_publisher",
    "mkdocs/theme": "test_framing",
    "commands/__init__": "test_check",
    "commands/common": "test_check",
    "commands/build": "test_built",
    "commands/check": "test_check",
    "commands/diff": "test_compare",
    "commands/doctor": "test_doctor",
    "commands/init": "test_scaffold",
    "commands/new": "test_scaffold",
    "commands/pdf": "test_papers",
    "commands/scan": "test_scan",
    "commands/serve": "test_live",
    "pairing": "test_changes",
    "right_form": "test_form",
    "agenda": "test_to_do",
    "plan_pages": "test_build",
    **dict.fromkeys(("filling", "search_files"), "test_crowd"),
    **{f"large/{name}": "test_crowd" for name in ("__init__", "crowd", "known", "making", "ready")},
    **{
        f"rebuild/{name}": "test_refresh"
        for name in ("__init__", "changed_crowd", "parts", "refresh", "renewed", "reserve")
    },
    **dict.fromkeys(("rebuild/built", "rebuild/record", "state"), "test_built"),
    "commands/swedish": "test_terminal",
    "contents": "test_live",
    "gather": "test_live",
    "clock": "test_plugin",
    "collector": "test_check",
    "artifact": "test_build",
    "settings": "test_build",
    "hidden": "test_scan",
    "survey": "test_scan",
    "theme_files": "test_scan",
    "protect": "test_papers",
    "excerpt": "test_report",
    "ignore": "test_rules",
    "readability": "test_texts",
    "review": "test_texts",
    "validate": "test_form",
    "letter": "test_letters",
    "letters_easy": "test_letters",
    "render/pdf": "test_paper",
    "render/paper": "test_paper",
    "render/ready": "test_pool",
    "workers": "test_pool",
    "interrupts": "test_printing",
    "render/recipe": "test_store",
    "commands/progress": "test_printing",
    "render/tags": "test_paper_tags",
    "render/elements": "test_paper_tags",
    "render/marks": "test_paper_tags",
    "render/structure": "test_paper_tags",
    "render/words": "test_paper_tags",
    "render/archive": "test_paper_tags",
    "render/widgets": "test_blanks",
    "render/typeface": "test_blanks",
    "render/paint": "test_figures",
}


def untested(modules: Iterable[str], tests: set[str]) -> list[str]:
    """The modules that have no tests of their own name, or of that of their package, nor where the table says."""
    return [name for name in modules if TESTED_IN.get(name, f"test_{name.rpartition('/')[0] or name}") not in tests]


def test_every_module_has_its_tests() -> None:
    tests = {path.stem for path in (ROOT / "tests").glob("test_*") if path.is_dir() or path.suffix == ".py"}
    assert untested(MODULES, tests) == []
    assert untested(["nobody_knows", "rules/new"], tests) == ["nobody_knows"]
    assert untested(["pairing"], tests - {"test_changes"}) == ["pairing"]


def test_the_table_of_tests_tells_of_what_is_there_and_of_nothing_that_goes_without_saying() -> None:
    assert set(TESTED_IN) <= set(MODULES)
    assert [name for name, tests in TESTED_IN.items() if tests == f"test_{name.rpartition('/')[0] or name}"] == []


def test_no_file_of_the_project_names_a_path_of_a_machine() -> None:
    marked = re.compile(r"(?<![\w.])/(?:home|Users|root|work)/\w")
    places = [*MODULES.values(), *TEMPLATES.values(), *(ROOT / "tests").glob("*.py"), ROOT / "pyproject.toml"]
    assert [path.name for path in places if marked.search(text(path))] == []
    assert marked.search("open('/home/" + "someone')")


def test_every_decision_has_a_number_of_its_own_which_its_heading_says() -> None:
    records = {path.name: text(path).splitlines()[0] for path in (ROOT / "docs/utveckling/beslut").glob("*.md")}
    numbers = Counter(name.partition("-")[0] for name in records)
    assert {number for number, times in numbers.items() if times > 1} == set()
    assert {name for name, heading in records.items() if heading.split()[:2] != ["#", name.partition("-")[0]]} == set()
    assert len(records) > 10
