"""Small faults in a module, one at a time: what `tools/mutate.py` puts in, to see whether a test notices.

A mutant is a piece of code that stands where another stood. What no behaviour follows from is left as it is:
annotations, docstrings, imports, decorators and what only a type checker reads.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from copy import copy
from dataclasses import dataclass
from types import CodeType

_LEFT_ALONE = {"annotation", "returns", "decorator_list", "type_params", "type_comment"}
_COMPARED = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
_BOUNDS = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)
_COUNTED = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult, ast.Pow: ast.Mult,
    ast.LShift: ast.RShift, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
}  # fmt: skip
_NAMES = {
    "any": "all", "all": "any", "min": "max", "max": "min", "sorted": "list", "startswith": "endswith",
    "endswith": "startswith", "append": "count",
}  # fmt: skip
_TRIMS = {"strip", "lstrip", "rstrip", "lower", "upper", "casefold", "resolve"}  # a call of one may be left out


@dataclass(frozen=True)
class _Slot:
    """Where a node stands in the tree: a field of its parent, and which of its items when the field is a list."""

    parent: ast.AST
    field: str
    index: int | None

    def set(self, node: ast.AST) -> None:
        if self.index is None:
            setattr(self.parent, self.field, node)
        else:
            getattr(self.parent, self.field)[self.index] = node


@dataclass(frozen=True)
class Mutant:
    """One fault: `before` stands in the code, `after` instead of it. `code` is the line as it is written."""

    line: int
    last: int
    code: str
    before: str
    after: str
    number: int  # of those that read the same in this module, from 1
    slot: _Slot
    old: ast.AST
    new: ast.AST

    @property
    def change(self) -> str:
        """The fault in words; with `code` it names the mutant, whatever line the code has come to stand on."""
        again = f" ({self.number})" if self.number > 1 else ""
        return f"{self.before} → {self.after}{again}"


class Module:
    """The code of one module and all its mutants."""

    def __init__(self, source: str, name: str) -> None:
        self.name = name
        self.lines = source.splitlines()
        self.tree = ast.parse(source)
        self.patterns = set(_patterns(self.tree, source))
        self.mutants = list(self._mutants())

    @contextmanager
    def code(self, mutant: Mutant | None) -> Iterator[CodeType]:
        """The module compiled, with a mutant in it."""
        if mutant is None:
            yield compile(self.tree, self.name, "exec")
            return
        mutant.slot.set(mutant.new)
        try:
            yield compile(self.tree, self.name, "exec")
        finally:
            mutant.slot.set(mutant.old)

    def _mutants(self) -> Iterator[Mutant]:
        met: Counter[tuple[str, str, str]] = Counter()
        for slot, node in _nodes(self.tree):
            for new in self._instead(slot, node):
                line = getattr(node, "lineno", None) or slot.parent.lineno  # type: ignore[attr-defined]
                ast.fix_missing_locations(ast.copy_location(new, node))
                told = self.lines[line - 1].strip(), _text(node), _text(new)
                met[told] += 1
                last = getattr(node, "end_lineno", None) or line
                yield Mutant(line, last, *told, met[told], slot, node, new)

    def _instead(self, slot: _Slot, node: ast.AST) -> Iterator[ast.AST]:
        """What may stand where a node stands."""
        tested = slot.field in ("test", "ifs") and not isinstance(slot.parent, ast.Assert)
        match node:
            case ast.Constant(value=str(value)) if id(node) in self.patterns:
                yield from map(ast.Constant, _patterns_without_a_sign(value))
            case ast.Constant():
                yield from _other_values(node)
            case ast.Compare(ops=ops):
                for index, op in enumerate(ops):
                    if not tested or isinstance(op, _BOUNDS) or len(ops) > 1:
                        yield _with(node, ops=[*ops[:index], _COMPARED[type(op)](), *ops[index + 1 :]])
            case ast.BoolOp(values=values):
                for index in range(len(values)):
                    rest = [*values[:index], *values[index + 1 :]]
                    yield _with(node, values=rest) if len(rest) > 1 else rest[0]
            case ast.UnaryOp(op=ast.Not() | ast.USub(), operand=operand) if not tested:
                yield operand
            case ast.BinOp(op=op) if type(op) in _COUNTED:
                yield _with(node, op=_COUNTED[type(op)]())
            case ast.Call():
                yield from _other_calls(node)
            case ast.List(elts=parts) | ast.Set(elts=parts) | ast.Tuple(elts=parts, ctx=ast.Load()):
                whole = isinstance(node, ast.Tuple) and not all(isinstance(part, ast.Constant) for part in parts)
                for index, part in enumerate(parts):
                    if isinstance(part, ast.Starred) or not whole:
                        yield _with(node, elts=[*parts[:index], *parts[index + 1 :]])
            case ast.Dict(keys=keys, values=values):
                for index in range(len(keys)):
                    yield _with(
                        node, keys=[*keys[:index], *keys[index + 1 :]], values=[*values[:index], *values[index + 1 :]]
                    )
            case ast.Slice():
                for bound in ("lower", "upper", "step"):
                    if getattr(node, bound) is not None:
                        yield _with(node, **{bound: None})
            case ast.Return(value=ast.expr() as value) if not isinstance(value, ast.Constant):
                yield _with(node, value=ast.Constant(None))
            case ast.Expr():
                yield ast.Pass()
            case ast.Raise():
                yield ast.Pass()
            case ast.Assign(targets=[ast.Attribute() | ast.Subscript()]) | ast.AugAssign():
                yield ast.Pass()
                if isinstance(node, ast.AugAssign) and type(node.op) in _COUNTED:
                    yield _with(node, op=_COUNTED[type(node.op)]())
            case ast.Continue():
                yield ast.Break()
            case ast.Break():
                yield ast.Pass()
            case ast.ExceptHandler(type=ast.expr()):
                yield _with(node, type=ast.Tuple([], ast.Load()))
            case _:
                pass
        if tested:
            yield from _other_tests(slot, node)
        if slot.field == "iter" and isinstance(node, ast.expr):
            yield ast.Tuple([], ast.Load())


def _with(node: ast.AST, **fields: object) -> ast.AST:
    new = copy(node)
    for name, value in fields.items():
        setattr(new, name, value)
    return new


def _text(node: ast.AST) -> str:
    return " ".join(ast.unparse(node).splitlines()[0].split())


def _nodes(node: ast.AST) -> Iterator[tuple[_Slot, ast.AST]]:
    """Every node that a mutant may stand for, from the top."""
    for field, value in ast.iter_fields(node):
        if field in _LEFT_ALONE:
            continue
        for index, inner in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if not isinstance(inner, ast.AST) or isinstance(inner, ast.Import | ast.ImportFrom):
                continue
            if isinstance(inner, ast.If) and _text(inner.test) == "TYPE_CHECKING":
                continue
            if isinstance(inner, ast.Expr) and isinstance(inner.value, ast.Constant):  # words to who reads the code
                continue
            if isinstance(node, ast.Module) and _names_a_type(inner):
                continue
            yield _Slot(node, field, index), inner
            yield from _nodes(inner)


def _names_a_type(node: ast.AST) -> bool:
    match node:
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.Subscript() | ast.BinOp()):
            return name.strip("_")[:1].isupper() and not name.isupper()
        case _:
            return False


def _other_values(node: ast.Constant) -> Iterator[ast.AST]:
    match node.value:
        case bool(value):
            yield ast.Constant(not value)
        case int(value) | float(value):
            yield ast.Constant(value + 1)
        case str(value):
            yield ast.Constant(f"XX{value}XX" if value else "XX")
        case bytes(value):
            yield ast.Constant(b"XX" + value)
        case _:
            pass


def _other_tests(slot: _Slot, node: ast.AST) -> Iterator[ast.AST]:
    """A test that always or never holds. What a part left out of «and» and «or» tells already is not told again."""
    if not (isinstance(node, ast.BoolOp) and isinstance(node.op, ast.And)) and not isinstance(slot.parent, ast.While):
        yield ast.Constant(True)
    if not (isinstance(node, ast.BoolOp) and isinstance(node.op, ast.Or)):
        yield ast.Constant(False)


def _other_calls(node: ast.Call) -> Iterator[ast.AST]:
    for index, keyword in enumerate(node.keywords):
        if keyword.arg is not None:
            yield _with(node, keywords=[*node.keywords[:index], *node.keywords[index + 1 :]])
    match node.func:
        case ast.Name(id=name) if name in _NAMES:
            yield _with(node, func=ast.Name(_NAMES[name], ast.Load()))
        case ast.Attribute(attr=name) if name in _NAMES:
            yield _with(node, func=_with(node.func, attr=_NAMES[name]))
        case ast.Attribute(value=value, attr=name) if name in _TRIMS and not node.keywords:
            yield value
        case ast.Name(id="suppress"):
            for index in range(len(node.args)):
                yield _with(node, args=[*node.args[:index], *node.args[index + 1 :]])
        case _:
            pass


def _patterns(tree: ast.AST, source: str) -> Iterator[int]:
    """The ids of the constants that are regular expressions: given to `re`, or written r"…"."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id="re"), attr=name), args=[first, *_]) if name != "escape":
                yield from (id(inner) for inner in ast.walk(first) if isinstance(inner, ast.Constant))
            case ast.Constant(value=str()) if (ast.get_source_segment(source, node) or "")[:2] in ("r'", 'r"'):
                yield id(node)
            case _:
                pass


def _patterns_without_a_sign(pattern: str) -> list[str]:
    """A regular expression with one sign left out, as many as there are that still can be read."""
    found = dict.fromkeys(pattern[:index] + pattern[index + 1 :] for index in range(len(pattern)))
    readable = []
    for text in found:
        with suppress(re.error):
            re.compile(text)
            readable.append(text)
    return readable
