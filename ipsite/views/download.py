"""A file to fetch, as pages link to it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Download:
    """A file to fetch: where, and what the link says, with kind and size."""

    address: str
    label: str
