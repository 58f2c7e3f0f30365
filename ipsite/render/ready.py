"""Loaded once, by the process that the workers of a pool are copies of: WeasyPrint, styles and fonts."""

from __future__ import annotations

import signal

signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that started it all

from ipsite.render.pdf import prepare  # noqa: E402

prepare()
