"""Rules for use cases and for long calls.

No use case calls another. Rights are checked once. Calls with more than six arguments use keywords.
"""

import ast
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from app.services import permissions
from app.usecases.dossiers.bulk import BulkSend, bulk_send
from tests.architecture.project import ROOT, parse, relative
from tests.support.offices import MORNING, Desk

APP = ROOT / "app"


# --- no use case calls another


def declares_right(node: ast.AST) -> bool:
    """Return whether a function is a use case.

    Use cases are decorated with `@requires(…)` or `@public(…)`.
    """
    return isinstance(node, ast.FunctionDef) and any(
        isinstance(decorator, ast.Call)
        and isinstance(decorator.func, ast.Name)
        and decorator.func.id in ("requires", "public")
        for decorator in node.decorator_list
    )


def calls_of_use_cases(source: str) -> list[str]:
    """Return `line: name` of each call of a use case.

    Use cases are the ones that the module defines or imports.
    """
    tree = ast.parse(source)
    names = {node.name for node in tree.body if isinstance(node, ast.FunctionDef) and declares_right(node)}
    names |= {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("app.usecases")
        for alias in node.names
    }
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return [f"{call.lineno}: {base}" for call in calls if (base := called_root(call.func)) in names]


def called_root(function: ast.expr) -> str:
    """Return the first name of `name(…)` or `module.name(…)`."""
    while isinstance(function, ast.Attribute):
        function = function.value
    return function.id if isinstance(function, ast.Name) else ""


def test_use_cases_call_no_other_use_case() -> None:
    paths = sorted((APP / "usecases").rglob("*.py"))
    sources = {relative(path): path.read_text(encoding="utf-8") for path in paths}
    defined = [node for source in sources.values() for node in ast.walk(ast.parse(source)) if declares_right(node)]
    calls = {name: lines for name, source in sources.items() if (lines := calls_of_use_cases(source))}
    assert len(defined) > 60
    assert calls == {}


CALLED_BY_A_PRIVATE_FUNCTION = """
@requires(Right.PRINT)
def one(query, context, work):
    return _two(query)

def _two(query):
    return one(query)
"""
CALLED_BY_A_USE_CASE = """
@public("why")
def one(query, context, work):
    ...

@requires(Right.PRINT)
def two(query, context, work):
    return one(query, context, work)
"""
IMPORTED = """
from app.usecases.sync import export

def two():
    return export.sync_status(1)
"""
STORAGE_FUNCTION_OF_THE_SAME_NAME = """
@public("why")
def one(query, context, work):
    return storage.one(work)
"""


@pytest.mark.parametrize(
    ("source", "calls"),
    [
        (CALLED_BY_A_PRIVATE_FUNCTION, ["7: one"]),
        (CALLED_BY_A_USE_CASE, ["8: one"]),
        (IMPORTED, ["5: export"]),
        (STORAGE_FUNCTION_OF_THE_SAME_NAME, []),
    ],
)
def test_call_of_a_use_case_is_reported(source: str, calls: list[str]) -> None:
    assert calls_of_use_cases(source) == calls


# --- rights are checked once for each act


def test_bulk_send_checks_the_right_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    checks: Counter[str] = Counter()

    def counted(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def wrapper(*arguments: Any) -> Any:
            checks[name] += 1
            return function(*arguments)

        return wrapper

    codes = tuple(desk.take_in().code for _ in range(3))
    for name in ("require_right", "held_rights"):
        monkeypatch.setattr(permissions, name, counted(name, getattr(permissions, name)))
    assert desk.office.write(bulk_send, BulkSend(codes, "Tư pháp"), MORNING).codes == codes
    assert checks == {"require_right": 1, "held_rights": 1}


# --- calls with more than six positional arguments use keywords


def own_names() -> set[str]:
    """Return the names of all functions, methods and classes defined in `app`."""
    kinds = (ast.FunctionDef, ast.ClassDef)
    trees = (parse(path) for path in APP.rglob("*.py"))
    return {node.name for tree in trees for node in ast.walk(tree) if isinstance(node, kinds)}


def long_positional_calls(source: str, names: set[str]) -> list[int]:
    """Return the lines with too many positional arguments.

    Only calls of `names` with more than six positional arguments count.
    Functions of the same module with `*parts` take any number.
    """
    tree = ast.parse(source)
    names = names - {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.args.vararg}
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    return [
        call.lineno
        for call in calls
        if called_name(call.func) in names and not is_called_on_a_constant(call.func) and positional_count(call) > 6
    ]


def called_name(function: ast.expr) -> str:
    """Return the last name of `name(…)` or `module.name(…)`."""
    if isinstance(function, ast.Name):
        return function.id
    return function.attr if isinstance(function, ast.Attribute) else ""


def is_called_on_a_constant(function: ast.expr) -> bool:
    """Return whether a method of a module constant is called.

    An example is `_HEADER.pack` of a `struct.Struct`.
    """
    return isinstance(function, ast.Attribute) and called_root(function).isupper()


def positional_count(call: ast.Call) -> int:
    """Count positional arguments.

    A starred tuple counts with its length, another starred value as one.
    """
    return sum(
        len(argument.value.elts) if isinstance(argument, ast.Starred) and isinstance(argument.value, ast.Tuple) else 1
        for argument in call.args
    )


def test_calls_with_more_than_six_arguments_use_keywords() -> None:
    names = own_names()
    calls = [
        f"{relative(path)}:{line}"
        for path in sorted(APP.rglob("*.py"))
        for line in long_positional_calls(path.read_text(encoding="utf-8"), names)
    ]
    assert {"Context", "Transition", "DossierDetail"} <= names
    assert calls == []


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("Context(1, 2, 3, 4, 5, 6)", []),
        ("Context(1, 2, 3, 4, 5, 6, 7)", [1]),
        ("Context(1, 2, 3, 4, 5, 6, training=7)", []),
        ("context.Context(1, *(2, 3, 4, 5, 6, 7))", [1]),
        ("_HEADER.Context(1, 2, 3, 4, 5, 6, 7)", []),
        ("date(1, 2, 3, 4, 5, 6, 7)", []),
        ("def Context(*parts): ...\nContext(1, 2, 3, 4, 5, 6, 7)", []),
    ],
)
def test_call_with_seven_positional_arguments_is_reported(source: str, lines: list[int]) -> None:
    assert long_positional_calls(source, {"Context"}) == lines
