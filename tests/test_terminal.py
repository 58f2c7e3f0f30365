"""What the terminal says of a command that was not written right: Swedish, what is wrong, and how right looks."""

from __future__ import annotations

import errno
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from site_helpers import Project, smallest

import ipsite
from ipsite.cli import main
from ipsite.commands import swedish
from ipsite.mkdocs import live

ENGLISH = re.compile(
    r"\b(?:Usage|Error|Try|Missing|Invalid|No such|Options?|Commands?|Aborted|Show|exit|DIRECTORY|FILE|INTEGER"
    r"|PATH|TEXT)\b"
)
WRONG = {
    "new": "NAMN saknas.",
    "new plan --kind hej": "--kind ska vara något av: individuell plan, sip, genomförandeplan.",
    "new plan till": "Det står för mycket: till.",
    "new plan --ask=ja": "--ask ska stå ensamt, utan något efter sig.",
    "chek": "Kommandot chek finns inte. Menade du check?",
    "xyz": "Kommandot xyz finns inte.",
    "hjälp": "Kommandot hjälp finns inte. Menade du --help?",
    "Jämför": "Kommandot Jämför finns inte. Menade du diff?",
    "share alva": "Kommandot share finns inte. Menade du pdf --for?",
    "build --fro alva": "--fro finns inte. Menade du --for?",
    "build --for": "Skriv något efter --for.",
    "build --jobs 0": "--jobs ska vara ett tal, minst 1.",
    "serve --port sju": "--port ska vara ett tal, 1024–65535.",
    "check --today igår": "--today: skriv dagen som ÅÅÅÅ-MM-DD, till exempel 2026-11-22.",
    "build --today 9999-12-31": "--today: dagen ska ligga mellan 1970 och 2105.",
    "pdf --today 0001-01-01": "--today: dagen ska ligga mellan 1970 och 2105.",
    "pdf --plans README.md": "--plans ska vara en mapp, inte en fil.",
    "build -f plans": "--config-file ska vara en fil, inte en mapp.",
    "scan site": "site finns inte.",
}


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plans").mkdir()
    (tmp_path / "README.md").touch()
    return tmp_path


@pytest.mark.parametrize("written", WRONG)
def test_a_command_not_written_right_is_told_in_swedish(written: str) -> None:
    said = CliRunner().invoke(main, written.split(), prog_name="ipsite")
    assert said.exit_code == 2
    assert said.output.splitlines()[0] == f"Fel: {WRONG[written]}"
    assert not ENGLISH.search(said.output)


@pytest.mark.parametrize("command", ["build", "pdf", "diff plan", "scan plans"])
@pytest.mark.parametrize("key", ["", " "])
def test_a_reader_without_a_name_gets_nothing(command: str, key: str) -> None:
    """As from a variable in a script that has no value: the copy would be the person's own."""
    said = CliRunner().invoke(main, [*command.split(), "--for", key])
    assert said.exit_code == 2
    assert said.output.startswith("Fel: --for: skriv läsarens nyckel. Den står under «personer» i planen.\n")


def test_the_way_to_more_help_is_named() -> None:
    said = CliRunner().invoke(main, ["new"], prog_name="ipsite").output
    assert said.splitlines()[1:] == ["Så här: ipsite new [VAL] NAMN", "Mer hjälp: ipsite new --help"]


@pytest.mark.parametrize("name", ["", *main.commands])
def test_help_has_no_english(name: str) -> None:
    said = CliRunner().invoke(main, [*name.split(), "--help"], prog_name="ipsite")
    assert said.exit_code == 0
    assert "Visa den här hjälpen." in said.output
    assert not ENGLISH.search(said.output)


def test_every_everyday_word_leads_to_a_command_that_is_there() -> None:
    assert {words.split()[0] for words in swedish._EVERYDAY.values()} <= {*main.commands, "--help"}
    assert not set(swedish._EVERYDAY) & set(main.commands)


def test_the_list_of_commands_breaks_no_sentence_off() -> None:
    said = CliRunner().invoke(main, ["--help"], prog_name="ipsite").output
    lines = said[said.index("Kommandon:") :].splitlines()[1:]
    assert [line.split()[0] for line in lines] == list(main.commands)  # each on a line of its own
    assert lines[0].split()[0] == "init"  # in the order of first use
    assert all(line.endswith((".", "?")) and not line.endswith("...") for line in lines)


def test_the_guard_knows_english() -> None:
    assert ENGLISH.search("Error: Missing argument")


def test_the_preview_tells_where_to_look_and_what_stopped_it(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[Path, int]] = []

    def stopped(config_file: Path, port: int, begin: Callable[[], None]) -> None:
        asked.append((config_file, port))
        begin()
        raise live.NoPreview("Port 8123 används redan.")

    monkeypatch.setattr(live, "serve", stopped)
    (place / "mkdocs.yml").touch()
    said = CliRunner().invoke(main, ["serve", "--port", "8123"])
    assert (said.exit_code, asked) == (1, [(Path("mkdocs.yml"), 8123)])
    assert said.stdout == "Öppna http://127.0.0.1:8123/ i webbläsaren. Avsluta med Ctrl+C.\n"
    assert "Port 8123 används redan." in said.stderr


def test_nobody_is_sent_to_a_port_that_another_program_has(place: Path) -> None:
    (place / "mkdocs.yml").touch()
    with socket.socket() as taken:
        taken.bind((live.HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = CliRunner().invoke(main, ["serve", "--port", str(port)])
    assert (said.exit_code, said.stdout) == (1, "")
    assert f"Port {port} används redan." in said.stderr


def test_breaking_off_the_questions_saves_nothing_and_says_so(place: Path) -> None:
    said = CliRunner().invoke(main, ["new", "plan", "--ask"], input="Alva\n")  # then the terminal is closed
    assert said.exit_code == 130
    assert "Avbrutet. Allt är som det var.\n" in said.stderr
    assert list((place / "plans").iterdir()) == []


def test_breaking_off_anywhere_is_told_in_swedish(monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("ipsite.commands.check.problems_of", stopped)
    said = CliRunner().invoke(main, ["check"])
    assert (said.exit_code, said.output) == (130, "\nAvbrutet.\n")


STARTS = {
    "-m": ["-m", "ipsite", "check"],
    "the command": ["-c", "import sys; from ipsite.__main__ import main; sys.exit(main())", "check"],
}


@pytest.mark.parametrize(
    ("number", "why"),
    [
        (errno.EACCES, "du har inte rätt till filen eller mappen"),
        (errno.ENOENT, "filen eller mappen finns inte längre"),
        (errno.ENOSPC, "disken är full"),
    ],
)
def test_what_the_system_refuses_anywhere_is_told_in_swedish(
    number: int, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise OSError(number, os.strerror(number), "plans/alva/ny.yaml")

    monkeypatch.setattr("ipsite.scaffold.place", refused)
    result = CliRunner().invoke(main, ["new", "alva/ny"])
    assert (result.exit_code, result.output) == (1, f"plans/alva/ny.yaml går inte att använda: {why}.\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no disk here that is always full")
@pytest.mark.parametrize("unbuffered", ["", "1"], ids=["when all is said", "at once"])
def test_an_answer_that_cannot_be_written_or_that_nobody_wants_is_no_traceback(
    unbuffered: str, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONUNBUFFERED", unbuffered)
    command = [sys.executable, "-m", "ipsite", "check"]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr.decode()) == (1, "Det gick inte: disken är full.\n")
    closed = ["/bin/sh", "-c", 'exec "$0" -m ipsite check >&-', sys.executable]
    done = subprocess.run(closed, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize(
    ("command", "code"),
    [
        ("check", 0),
        ("init ny", 0),
        ("new --ask ny", 130),
        ("pdf --ask-password", 130),
        ("build --no-pdf", 0),
        ("hej", 2),
    ],
)
@pytest.mark.parametrize("closed", ["<&-", "<&- >&- 2>&-"])
def test_streams_that_are_closed_are_nobody_to_ask_and_nobody_to_tell(
    closed: str, command: str, code: int, tmp_path: Path
) -> None:
    (tmp_path / "plans").rmdir()
    Project(tmp_path).plan(smallest(titel="Flytta"))
    shell = ["/bin/sh", "-c", f'exec "$0" -m ipsite {command} {closed}', sys.executable]
    done = subprocess.run(shell, cwd=tmp_path, capture_output=True, check=False, timeout=60)
    assert (done.returncode, b"Traceback" in done.stderr) == (code, False)
    assert (tmp_path / "site").exists() == (command == "build --no-pdf")


def test_what_is_written_to_a_stream_that_is_closed_ends_up_in_no_file_of_ours(tmp_path: Path) -> None:
    program = """
import os, ipsite.cli
from ipsite.__main__ import main
def command():
    with open("plan", "wb") as file:
        os.write(1, b"hej"), os.write(2, b"hej")
        os.system("echo hej >&2")
ipsite.cli.main = command
main()
"""
    shell = ["/bin/sh", "-c", 'exec "$0" -c "$1" <&- >&- 2>&-', sys.executable, program]
    assert subprocess.run(shell, cwd=tmp_path, capture_output=True, check=False).returncode == 0
    assert (tmp_path / "plan").read_bytes() == b""


def test_settings_that_may_not_be_read_are_told_of(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(name: str) -> None:
        raise PermissionError(errno.EACCES, "denied", name)

    (place / "mkdocs.yml").touch()
    monkeypatch.setattr("ipsite.mkdocs.options.load_config", refused)
    for command in ("doctor", "pdf"):
        result = CliRunner().invoke(main, [command])
        assert result.exit_code == 1
        assert "mkdocs.yml går inte att läsa." in result.output
        assert "Kontrollera att du har rätt till filen." in result.output


def interrupted(
    place: Path, start: str, loaded: str, number: int = signal.SIGINT, ignored: tuple[int, ...] = ()
) -> tuple[int, str]:
    """What a command says and answers that is interrupted while it loads a library."""
    (place / "click.py").write_text(f"import pathlib, time\npathlib.Path('begun').touch()\n{loaded}", "utf-8")

    def as_started() -> None:
        for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(one, signal.SIG_IGN if one in ignored else signal.SIG_DFL)

    process = subprocess.Popen(
        [sys.executable, *STARTS[start]],
        cwd=place,
        env={**os.environ, "PYTHONPATH": f"{place}{os.pathsep}{Path(ipsite.__file__).parent.parent}"},
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=as_started,
    )
    end = time.monotonic() + 30
    while not (place / "begun").exists():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < end
        time.sleep(0.01)
    process.send_signal(number)
    _, told = process.communicate(timeout=30)
    return process.returncode, told


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize(
    "loaded",
    ["time.sleep(20)", "try: time.sleep(20)\nexcept BaseException: raise SystemExit('broken')"],
    ids=["plain", "one that takes it for a fault"],
)
def test_breaking_off_while_a_command_is_loaded_says_the_same(place: Path, start: str, loaded: str) -> None:
    assert interrupted(place, start, loaded) == (130, "\nAvbrutet.\n")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_whatever_ends_a_command_is_heard_as_one_who_breaks_it_off(place: Path, number: int) -> None:
    assert interrupted(place, "-m", "time.sleep(20)", number) == (130, "\nAvbrutet.\n")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP], ids=["in the background", "without a terminal"])
def test_a_command_that_is_to_go_on_is_not_broken_off(place: Path, number: int) -> None:
    assert interrupted(place, "-m", "time.sleep(0.5); raise SystemExit(7)", number, (number,)) == (7, "")


def test_a_command_in_the_background_can_be_ended_all_the_same(place: Path) -> None:
    assert interrupted(place, "-m", "time.sleep(20)", signal.SIGTERM, (signal.SIGINT,)) == (-signal.SIGTERM, "")


def test_nothing_is_loaded_before_a_command_can_be_broken_off() -> None:
    code = "import sys; before = set(sys.modules); import ipsite.__main__; print(*sorted(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.split() == ["ipsite", "ipsite.__main__"]
