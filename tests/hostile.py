"""`ipsite` watched from within, for `test_hostile.py`: what it opens, asks for and starts, and what that costs.

    python hostile.py TOLD ARGUMENTS…

Runs `ipsite ARGUMENTS` in this process with a limit on memory, and writes to TOLD, as JSON, every file that was opened
and every event of Python's that leads out of the program.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from pathlib import Path

_OUT = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork", "urllib.", "http.", "ftplib.",
        "smtplib.", "webbrowser.", "pty.")  # fmt: skip
MEMORY = 3_000_000_000  # bytes of addresses; what is in use is told


def most_memory() -> int:
    """The most this program has had, in kilobytes; the system's own count begins with what started the program had."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(status.read_text("utf-8").partition("VmHWM:")[2].split()[0])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def main(told: Path, arguments: list[str]) -> None:
    opened: set[str] = set()
    events: list[str] = []

    def look(event: str, values: tuple[object, ...]) -> None:
        if event == "open" and isinstance(values[0], str | bytes):
            opened.add(os.path.abspath(os.fsdecode(values[0])))  # noqa: PTH100 - resolves no links
        elif event.startswith(_OUT) and event != "socket.gethostname":
            events.append(f"{event} {values!r}"[:200])

    from click.testing import CliRunner

    import ipsite.render.pdf as _looks_for_libraries_with_programs_before_the_watch_begins  # noqa: F401
    from ipsite import cli

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    sys.addaudithook(look)
    start = time.monotonic()
    made = CliRunner().invoke(cli.main, arguments)
    seconds = time.monotonic() - start
    answer = {
        "code": made.exit_code,
        "output": made.output,
        "fault": repr(made.exception) if made.exception and not isinstance(made.exception, SystemExit) else "",
        "opened": sorted(opened),
        "events": events,
        "seconds": seconds,
        "megabytes": most_memory() // 1024,
    }
    told.write_text(json.dumps(answer), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
