#!/usr/bin/env python3
"""Mutation testing: does a test notice a fault? `python tools/mutate.py [MODULE …]`, or `make mutation`.

Each mutant of a module (see `mutants.py`) is run in a process of its own, forked from one that has loaded everything
heavy: the module is compiled with the fault in it and the tests of the module run until one fails. Those that run the
changed line come first. Nothing on the disk is changed, so tests that start another Python do not meet the mutant.

A mutant that no test notices must be explained in docs/utveckling/mutationer.md; one that is not makes this fail, and
so does an explanation of something that a test notices. `--again` runs only those that were not noticed last time.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import importlib.util
import json
import os
import pickle
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time
import tomllib
import traceback
import warnings
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from importlib.machinery import ModuleSpec, SourceFileLoader
from pathlib import Path
from types import CodeType, MappingProxyType
from typing import Any

from mutants import Module, Mutant

ROOT = Path(__file__).resolve().parents[1]
SETTINGS = "pyproject.toml"  # under [tool.mutation]: each module and its tests, and what is heavy to load
EXPLAINED = Path("docs/utveckling/mutationer.md")
KEPT = Path(".mutation")

NOTICED, NOT_NOTICED, TOO_LONG, NEVER_RAN = "upptäckt", "överlevde", "för lång tid", "avbröts"
_MEMORY = 4 << 30
_SLOW = 1.0  # a test that takes more seconds than this is run after the others


class _Finder:
    """Gives one module its changed code; everything else is found as always."""

    def __init__(self, name: str, code: CodeType) -> None:
        self.name, self.code = name, code

    def find_spec(self, name: str, _path: object = None, _target: object = None) -> ModuleSpec | None:
        if name != self.name:
            return None
        place = str(path_of(name))
        loader = SourceFileLoader(name, place)
        loader.get_code = lambda _name: self.code  # type: ignore[method-assign]
        return importlib.util.spec_from_file_location(name, place, loader=loader)


class _Tests:
    """A pytest plugin: no shrinking of what Hypothesis finds, the tests that matter first, a time for each."""

    def __init__(
        self, first: frozenset[str] = frozenset(), seconds: Mapping[str, float] = MappingProxyType({}), limit: float = 0
    ) -> None:
        self.first, self.seconds, self.limit = first, seconds, limit
        self.took: dict[str, float] = {}

    def pytest_configure(self) -> None:
        from hypothesis import Phase, settings

        phases = (Phase.explicit, Phase.generate)
        settings.register_profile("mutation", settings(), phases=phases, database=None)
        settings.load_profile("mutation")

    def pytest_collection_modifyitems(self, items: list[Any]) -> None:
        items.sort(key=lambda item: (item.nodeid not in self.first, self.seconds.get(item.nodeid, 0) > _SLOW))

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        if self.limit:
            _end_after(self.limit + 10 * self.seconds.get(nodeid, 0))
        self.took[nodeid] = -time.monotonic()

    def pytest_runtest_logfinish(self, nodeid: str) -> None:
        self.took[nodeid] += time.monotonic()


def path_of(name: str) -> Path:
    """The file of a module."""
    return Path(*name.split(".")).with_suffix(".py")


def _end_after(seconds: float) -> None:
    """End this process when it has worked for so long, or waited ten times as long. A busy machine changes nothing."""
    for kind, timer, most in (
        (signal.SIGPROF, signal.ITIMER_PROF, seconds),
        (signal.SIGALRM, signal.ITIMER_REAL, 10 * seconds),
    ):
        signal.signal(kind, signal.SIG_DFL)
        signal.setitimer(timer, most)


def _pytest(files: Sequence[str], plugin: _Tests, *more: str) -> int:
    import pytest

    known = "ignore:Module already imported so cannot be rewritten"  # that is what makes it quick
    options = ["-x", "-q", "-W", known, "-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:faulthandler", *more]
    return int(pytest.main([*options, *files], plugins=[plugin]))


def _forked(work: Callable[[], int], output: Path) -> int:
    """The wait status of a process of its own that does `work`, with what it says in the file `output`."""
    process = os.fork()
    if process == 0:
        os.setsid()
        status = 70
        try:
            there = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            for stream in (1, 2):
                os.dup2(there, stream)
            status = work()
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(status)
    _, status = os.waitpid(process, 0)
    with suppress(ProcessLookupError):
        os.killpg(process, signal.SIGKILL)  # what it started, if anything
    return status


class Baseline:
    """How the tests go without a mutant: how long each takes, and which lines of the module it runs."""

    def __init__(self, module: Module, name: str, files: Sequence[str], folder: Path) -> None:
        there = folder / "baseline"
        status = _forked(lambda: self._measure(module, name, files, there), folder / "output")
        if status != 0:
            raise SystemExit(
                f"{name}: testerna går inte igenom utan mutant.\n{(folder / 'output').read_text()[-3000:]}"
            )
        self.seconds, self.lines = pickle.loads(there.read_bytes())

    @staticmethod
    def _measure(module: Module, name: str, files: Sequence[str], there: Path) -> int:
        from coverage import Coverage

        class Measured(_Tests):
            def pytest_runtest_logstart(self, nodeid: str) -> None:
                measured.switch_context(nodeid)
                super().pytest_runtest_logstart(nodeid)

        measured = Coverage(include=[str(path_of(name))], data_file=None, config_file=False)
        measured.start()
        tests = Measured()
        with module.code(None) as code:
            sys.meta_path.insert(0, _Finder(name, code))  # type: ignore[arg-type]
        status = _pytest(files, tests)
        measured.stop()
        data = measured.get_data()
        lines: dict[int, set[str]] = {}
        for file in data.measured_files():
            lines.update({line: set(tests) for line, tests in data.contexts_by_lineno(file).items()})
        there.write_bytes(pickle.dumps((tests.took, lines)))
        return status

    def first(self, mutant: Mutant) -> frozenset[str]:
        """The tests to begin with: those that run the line, or any of the module when it is run as it is loaded."""
        lines = [self.lines.get(line, set()) for line in range(mutant.line, mutant.last + 1)]
        return frozenset().union(*lines) - {""} or frozenset().union(*self.lines.values()) - {""}


def outcome(module: Module, mutant: Mutant, name: str, files: Sequence[str], before: Baseline, limit: float) -> str:
    """What became of a mutant."""
    with module.code(mutant) as code:

        def work() -> int:
            _end_after(3 * limit)  # to load the module and its tests
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            with suppress(ValueError, OSError):  # not on macOS
                resource.setrlimit(resource.RLIMIT_DATA, (_MEMORY, _MEMORY))
            sys.meta_path.insert(0, _Finder(name, code))  # type: ignore[arg-type]
            first = before.first(mutant)
            for file in sorted(files, key=lambda file: not any(test.startswith(file) for test in first)):
                if status := _pytest([file], _Tests(first, before.seconds, limit), "--tb=no", "--assert=plain"):
                    return status
            return 0

        status = _forked(work, Path(os.devnull))
    if os.WIFSIGNALED(status):
        return TOO_LONG if os.WTERMSIG(status) in (signal.SIGPROF, signal.SIGALRM) else NOTICED
    return {0: NOT_NOTICED, 1: NOTICED, 2: NOTICED, 4: NOTICED}.get(os.WEXITSTATUS(status), NEVER_RAN)


def explained() -> dict[tuple[str, str, str], str]:
    """The rows of the list: module, code and mutation → why nobody can notice."""
    found = {}
    for line in (ROOT / EXPLAINED).read_text("utf-8").splitlines() if (ROOT / EXPLAINED).exists() else ():
        cells = [cell.replace(r"\|", "|").strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        if len(cells) == 4 and cells[0].startswith("`"):
            module, code, change = (re.sub(r"^(`+) ?(.*?) ?\1$", r"\2", cell) for cell in cells[:3])
            found[module, code, change] = cells[3]
    return found


def row(name: str, mutant: Mutant) -> str:
    """How a mutant stands in the list, to be copied there."""

    def cell(text: str) -> str:
        mark = "``" if "`" in text else "`"
        return f"{mark}{text}{mark}".replace("|", r"\|")

    return f"| {cell(name)} | {cell(mutant.code)} | {cell(mutant.change)} | … |"


def _load_what_is_below(name: str) -> None:
    """Load all of the package that has nothing of the module in it."""
    package = name.split(".")[0]
    ask = f"import grimp; graph = grimp.build_graph({package!r}, cache_dir=None); print(*graph.modules)"
    ask += f"; print(*graph.find_downstream_modules({name!r}))"
    told = subprocess.run([sys.executable, "-c", ask], check=True, capture_output=True, text=True)
    everything, above = (set(line.split()) for line in told.stdout.splitlines())
    if package not in above:
        for other in sorted(everything - above - {name, f"{package}.__main__"}):
            importlib.import_module(other)
    gc.collect()
    gc.freeze()  # so that a fork does not copy what nobody changes


def run(name: str, files: Sequence[str], *, again: bool, limit: float) -> bool:
    """Run all mutants of a module. Whether each was noticed or is explained."""
    began = time.monotonic()
    _load_what_is_below(name)
    assert name not in sys.modules
    module = Module(path_of(name).read_text("utf-8"), str(ROOT / path_of(name)))
    why = {key[1:]: text for key, text in explained().items() if key[0] == name}
    kept = KEPT / f"{name}.json"
    wanted = module.mutants
    if again and kept.exists():
        left = {tuple(key) for key in json.loads(kept.read_text("utf-8"))}
        wanted = [mutant for mutant in wanted if (mutant.code, mutant.change) in left]
    counts: Counter[str] = Counter()
    survivors: list[Mutant] = []
    with tempfile.TemporaryDirectory() as made:
        before = Baseline(module, name, files, Path(made))
        for number, mutant in enumerate(wanted, 1):
            became = outcome(module, mutant, name, files, before, limit)
            counts[became] += 1
            if sys.stderr.isatty() or number % 50 == 0:
                end = "" if sys.stderr.isatty() else "\n"
                print(f"\r{name} {number}/{len(wanted)} {dict(counts)}", end=end, file=sys.stderr, flush=True)
            if became in (NOT_NOTICED, NEVER_RAN):
                survivors.append(mutant)
                if (mutant.code, mutant.change) not in why:
                    print(f"{path_of(name)}:{mutant.line} {became}\n{row(name, mutant)}", flush=True)
    alive = {(mutant.code, mutant.change) for mutant in survivors}
    KEPT.mkdir(exist_ok=True)
    kept.write_text(json.dumps(sorted(alive), ensure_ascii=False, indent=1), "utf-8")
    stale = [] if again else [key for key in why if key not in alive]
    for code, change in stale:
        print(f"{name}: förklarad, men ingen mutant som överlever: {code}: {change}")
    unexplained = alive - set(why)
    counted = ", ".join(f"{words} {counts[words]}" for words in (NOTICED, TOO_LONG, NOT_NOTICED, NEVER_RAN))
    took = time.monotonic() - began
    print(f"{name}: {len(wanted)} mutanter, {counted}, utan förklaring {len(unexplained)}. {took:.0f} s.", flush=True)
    return not unexplained and not stale


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the modules that are asked for, or all."""
    os.chdir(ROOT)
    settings = tomllib.loads(Path(SETTINGS).read_text("utf-8"))["tool"]["mutation"]
    targets = settings["tests"]
    parser = argparse.ArgumentParser(description="Märker testerna ett fel i koden?")
    parser.add_argument("modules", nargs="*", metavar="MODUL", help=f"en eller flera av: {', '.join(targets)}")
    parser.add_argument("--again", action="store_true", help="bara de som överlevde förra gången")
    parser.add_argument(
        "--seconds", type=float, default=20, help="tid för ett test, utöver tio gånger vad det brukar ta"
    )
    options = parser.parse_args(arguments)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for heavy in settings["heavy"]:
            with suppress(ImportError):
                importlib.import_module(heavy)
    failed = 0
    for name in options.modules or targets:  # each in a process of its own, since it loads what the next may change
        sys.stdout.flush()
        if (process := os.fork()) == 0:
            try:
                files = [f"tests/{file}" for file in targets[name]]
                status = 0 if run(name, files, again=options.again, limit=options.seconds) else 1
            except BaseException as stop:
                status = 1
                if not isinstance(stop, KeyboardInterrupt):
                    traceback.print_exc()
            sys.stdout.flush()
            os._exit(status)
        failed |= os.waitpid(process, 0)[1]
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
