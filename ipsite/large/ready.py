"""Loaded once, by the process that the workers of a pool are copies of: what it takes to read plans and make pages."""

from __future__ import annotations

from ipsite import schema
from ipsite.large import making
from ipsite.render.environment import environment

__all__ = ["making"]

for kind in schema.KINDS:
    schema.fields(kind)
for template in environment().list_templates(extensions=["j2"]):
    environment().get_template(template)
