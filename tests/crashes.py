"""Builds killed in the middle, for `test_crashes.py`: a process of its own that forks builders and kills them.

    python crashes.py builds PROJECT ROUNDS SEED
    python crashes.py refreshes PROJECT ROUNDS SEED
    python crashes.py steps FOLDER
    python crashes.py writes FOLDER

`builds`: PROJECT has `mkdocs.yml` and a plan with the word RUNDA. Each round writes a word of its own, and builds in a
child that is killed at a moment that nobody chose. `refreshes`: the same where what stands is made anew in parts, and
the build after each killing comes through. `steps`: a child is killed at the first thing that it asks of the
system while it puts a site in place, another at the second, and so on until one comes through, where sites can change
places and where they cannot. `writes`: the same while a new plan is written after an old one in FOLDER. Prints JSON:
what stood after each, and what was wrong.
"""

from __future__ import annotations

import errno
import itertools
import json
import os
import random
import re
import signal
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from ipsite import exchange, publish, scaffold
from ipsite.commands.build import _from_before
from ipsite.mkdocs import site

DAY = date(2026, 11, 22)
WORDS = ("qjämnz", "qojämnz")


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def write_round(plan: Path, word: str) -> bytes:
    text = plan.read_text("utf-8")
    text = re.sub(f"RUNDA|(?:{'|'.join(WORDS)})+", word, text)
    plan.write_text(text, "utf-8")
    return text.encode()


def build(project: Path) -> None:
    made = site.build(project / "mkdocs.yml", site.Wish(papers=False, today=DAY))
    if made.problem:
        sys.exit(made.problem)


def refresh(project: Path) -> None:
    if _from_before(project / "mkdocs.yml", site.Wish(papers=False, today=DAY)) is None:
        build(project)


def started(project: Path, how: Callable[[Path], None]) -> int:
    """A child that builds, and ends without what Python does at the end."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            how(project)
            code = 0
        finally:
            os._exit(code)
    return child


def main(project: Path, rounds: int, seed: int, how: Callable[[Path], None]) -> dict[str, object]:
    chance = random.Random(seed)
    plan = next((project / "plans").rglob("*.yaml"))
    whole, seconds = [], 0.0
    for word in WORDS:
        write_round(plan, word)
        how(project)  # once in this process, so that what is imported is imported
        write_round(plan, word * 2)
        start = time.monotonic()
        os.waitpid(started(project, how), 0)
        seconds = max(seconds, time.monotonic() - start)
        write_round(plan, word)
        how(project)
        whole.append(contents(project / "site"))
    stands, wrong, counts, swept = 1, [], {"old": 0, "new": 0}, 0
    for number in range(rounds):
        wanted = 1 - stands
        written = write_round(plan, WORDS[wanted])
        child = started(project, how)
        time.sleep(chance.uniform(0, 1.1 * seconds))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        swept = max(swept, len(list(project.glob(".site-*"))))
        found = contents(project / "site")
        if plan.read_bytes() != written:
            wrong.append(f"{number}: the plan was changed")
        if found == whole[wanted]:
            stands, counts["new"] = wanted, counts["new"] + 1
        elif found == whole[stands]:
            counts["old"] += 1
        else:
            wrong.append(f"{number}: the site is neither old nor new")
            break
        if how is refresh:
            refresh(project)
            stands = wanted
            if contents(project / "site") != whole[wanted]:
                wrong.append(f"{number}: the build after it gave another site")
                break
    build(project)
    left = [path.name for path in project.glob(".site-*")]
    return {"counts": counts, "wrong": wrong, "left": left, "most left at a time": swept}


# At each step


def a_site(folder: Path, words: str) -> Path:
    (folder / "assets" / "ipsite").mkdir(parents=True)
    (folder / "assets" / "ipsite" / "tokens.css").write_text("")
    (folder / "index.html").write_text(words)
    return folder


def never(_one: Path, _other: Path) -> None:
    raise exchange.NotPossible(errno.ENOSYS, "")


def killed_at(step: int, work: Callable[[], object]) -> int:
    """Do something in a child that is killed at a step (0 for none); how the child ended."""
    child = os.fork()
    if child == 0:
        steps = itertools.count(1)

        def look(event: str, _arguments: object) -> None:
            if event.split(".")[0] in ("open", "os", "shutil", "ctypes", "fcntl", "tempfile") and next(steps) == step:
                os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(look)
        try:
            work()
        finally:
            os._exit(0)
    return os.waitpid(child, 0)[1]


def publish_until(site: Path, step: int) -> int:
    return killed_at(step, lambda: publish.put_in_place(a_site(publish.stage(site), "ny"), site))


def writes_of(project: Path) -> dict[str, object]:
    """What was there of a plan after each crash of `ipsite new --from`, and whether the old one kept its bytes."""
    old, new = project / "plans" / "gammal.yaml", project / "plans" / "ny.yaml"
    before, found, kept = old.read_bytes(), [], True
    for step in range(1, 2000):
        ended = killed_at(step, lambda: scaffold.new_plan(project, "ny", "", DAY, old="gammal"))
        found.append(new.read_text("utf-8") if new.exists() else "")
        kept = kept and old.read_bytes() == before
        if ended == 0:
            break
        new.unlink(missing_ok=True)
    return {"found": sorted(set(found)), "steps": len(found), "kept": kept}


def steps_of(folder: Path) -> dict[str, list[str]]:
    """What stood after each crash: "gammal", "ny", "ingen", or "trasig". The next build must mend all."""
    found: list[str] = []
    mended: list[str] = []
    for step in range(1, 500):
        site = a_site(folder / str(step) / "site", "gammal")
        ended = publish_until(site, step)
        found.append(what_stands(site))
        assert publish_until(site, 0) == 0
        mended.append(what_stands(site) + "".join(path.name for path in site.parent.iterdir() if path != site))
        if ended == 0:
            break
    return {"found": found, "mended": sorted(set(mended))}


def what_stands(site: Path) -> str:
    if not site.exists():
        return "ingen"
    held = contents(site)
    good = set(held) == {"assets/ipsite/tokens.css", "index.html"} and held["index.html"] in (b"ny", b"gammal")
    return held["index.html"].decode() if good else "trasig"


if __name__ == "__main__":
    where = Path(sys.argv[2])
    if sys.argv[1] in ("builds", "refreshes"):
        how = build if sys.argv[1] == "builds" else refresh
        told: object = main(where, int(sys.argv[3]), int(sys.argv[4]), how)
    elif sys.argv[1] == "writes":
        told = writes_of(where)
    else:
        one_step = steps_of(where / "ett")
        vars(publish)["exchange"] = never
        told = {"one step": one_step, "two renamings": steps_of(where / "tva")}
    print(json.dumps(told))
