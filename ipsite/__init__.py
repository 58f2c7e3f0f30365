"""Individuella planer: YAML → an accessible site and tagged PDFs.

>>> from datetime import date
>>> from ipsite import check
>>> for problem in check("plans", date(2026, 11, 22)):
...     print(problem.file, problem.line, problem.message)
"""

from ipsite.check import check
from ipsite.problem import Problem

__all__ = ["Problem", "check"]
