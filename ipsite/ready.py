"""Loaded once, by the process that the workers of a pool are copies of: what it takes to read plans and make pages."""

from __future__ import annotations

import signal

signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that started it all

from ipsite import making, schema  # noqa: E402
from ipsite.render.environment import environment  # noqa: E402

__all__ = ["making"]

for kind in schema.KINDS:
    schema.fields(kind)
for template in environment().list_templates(extensions=["j2"]):
    environment().get_template(template)
