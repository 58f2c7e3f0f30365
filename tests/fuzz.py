"""Random bytes and broken plans against the reader, for as long as asked: `python tests/fuzz.py 600`.

Not collected by pytest. Whatever is read must give problems or a plan, within a second, and never raise.
"""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path

from ipsite.load import parse
from ipsite.model import plan as build_plan
from ipsite.references import check_references
from ipsite.validate import restored, validate

PIECES = [
    b"\t",
    b": ",
    b"- ",
    b"'",
    b'"',
    b"{",
    b"}",
    b"[",
    b"]",
    b"&a ",
    b"*a",
    b"!x ",
    b"\n",
    b"\r\n",
    b"#",
    b"|",
    b">",
    b"? ",
    b"---\n",
    b"...\n",
    b"\xff",
    b"\x00",
    "å".encode(),
    b"\xc3",
    b"%YAML 9\n",
    b"<<: ",
    b"null",
    b"1e999",
    b"0x10",
    b"\xef\xbb\xbf",
    "å".encode(),
    b"~",
    b"@",
    b"`",
    b"\xf0\x9f\xa6\x84",
]


def mutated(raw: bytes, chance: random.Random) -> bytes:
    """`raw` with a few bytes cut, doubled, moved or put in."""
    data = bytearray(raw)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(data) + 1)
        until = min(len(data), at + chance.randint(1, 40))
        kind = chance.randrange(5)
        if kind == 0:
            data[at:at] = chance.choice(PIECES)
        elif kind == 1:
            del data[at:until]
        elif kind == 2:
            data[at:at] = data[at:until] * chance.randint(1, 4)
        elif kind == 3:
            data[at:until] = chance.randbytes(until - at)
        else:
            data[at:until] = chance.choice(PIECES) * chance.randint(1, 3)
    return bytes(data)


def one(raw: bytes) -> str:
    """Read and check one input; what came of it."""
    source, problems = parse(raw, "fuzz.yaml", "fuzz")
    if source is None:
        assert problems, "neither source nor problem"
        return "unreadable"
    form = validate(source)
    check_references(source, ["fuzz"])
    if form:
        return "wrong form"
    build_plan(restored(source))
    return "whole"


def main(seconds: float, seed: int) -> None:
    """Fuzz until the time is up and print what came of it."""
    chance = random.Random(seed)
    here = Path(__file__).parent
    plans = [file.read_bytes() for file in sorted([*here.parent.glob("plans/**/*.yaml"), *here.glob("**/*.yaml")])]
    counts: dict[str, int] = {}
    slowest = 0.0
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        wild = chance.random() < 0.2
        raw = chance.randbytes(chance.randint(0, 400)) if wild else mutated(chance.choice(plans), chance)
        start = time.process_time()
        try:
            outcome = one(raw)
        except Exception:
            Path("fuzz-failure.bin").write_bytes(raw)
            raise
        took = time.process_time() - start
        if took >= 1:
            Path("fuzz-failure.bin").write_bytes(raw)
            raise AssertionError(f"{took:.2f} s of processor time")
        slowest = max(slowest, took)
        counts[outcome] = counts.get(outcome, 0) + 1
    print(f"{sum(counts.values())} inputs in {seconds:.0f} s, {counts}, slowest {slowest * 1000:.0f} ms, seed {seed}")


if __name__ == "__main__":
    main(float(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1)
