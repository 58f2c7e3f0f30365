"""What of a site came of which plans, as rows for the `record` of it, and read back from there."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, astuple, replace
from datetime import date
from typing import Any

from ipsite.circles import Places
from ipsite.filling import Frames
from ipsite.frame import Frame, Key
from ipsite.views.brief import Brief

FAMILY, CROWD = "family", "crowd"  # how the plans of a site are held
FAMILYS = ""  # the circle of all files of a family's site


def frames_as_json(frames: Frames) -> dict[str, Any]:
    """Frames as `record` keeps them."""
    made = [[astuple(key), frame.pieces, frame.between] for key, frame in frames.made.items()]
    return {"made": made, "folders": frames.folders, "own": sorted(frames.own), "for_servers": frames.for_servers}


def frames_from_json(known: Mapping[str, Any]) -> Frames:
    """Frames that `record` has kept."""
    made = {Key(*key): Frame(tuple(pieces), (inner, outer)) for key, pieces, (inner, outer) in known["made"]}
    return Frames(made, tuple(known["folders"]), frozenset(known["own"]), bool(known["for_servers"]))


def places_as_json(where: Places) -> str:
    """Where the pages of a circle stand, as `record` keeps it."""
    return json.dumps([dict(where.to_do), dict(where.people), sorted(where.alone)], ensure_ascii=False)


def places_from_json(text: str) -> Places:
    """Where the pages of a circle stand, as `record` has kept it."""
    to_do, people, alone = json.loads(text)
    return Places(to_do, people, frozenset(alone))


def brief_as_json(brief: Brief) -> str:
    """A plan in brief, as `record` keeps it."""
    known = asdict(brief) | {"review": brief.review and brief.review.isoformat()}
    return json.dumps(known, ensure_ascii=False)


def brief_from_json(text: str) -> Brief:
    """A plan in brief, as `record` has kept it."""
    known = Brief(**json.loads(text))
    review = date.fromisoformat(str(known.review)) if known.review else None
    return replace(known, names=tuple(known.names), review=review)
