"""Individuella planer: YAML → an accessible site and tagged PDFs.

>>> from datetime import date
>>> from ipsite import check
>>> for problem in check("plans", date(2026, 11, 22)):
...     print(problem.file, problem.line, problem.message)
"""

__all__ = ["Problem", "check"]

TYPE_CHECKING = False  # nothing is loaded here, not even typing: a command has not begun to listen for Ctrl-C yet
if TYPE_CHECKING:
    from ipsite.checking import check
    from ipsite.problem import Problem
else:

    def __getattr__(name):
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from ipsite.checking import check
        from ipsite.problem import Problem

        globals().update(check=check, Problem=Problem)
        return globals()[name]
