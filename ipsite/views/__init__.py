"""Plan → what a template may see: frozen dataclasses, one module for each kind of page."""
