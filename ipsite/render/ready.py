"""Loaded once, by the process that the workers of a pool are copies of: WeasyPrint, styles and fonts."""

from __future__ import annotations

from ipsite.render.pdf import prepare

prepare()
