"""No decision in code depends on a form number, a year or a decree.

The search reads every test of `if`, `while`, `and`, comprehension and `match`, every comparison, the keys of every
table of constants, and every index. The content of a law is in resources/ or in the office's rules.
"""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.architecture.project import ROOT

LAW_TEXT = re.compile(
    r"(19|20)[0-9]{2}([-/][0-9]{1,2}([-/][0-9]{1,2})?)?"  # a year or a day
    r"|Mẫu số.*|Biểu số.*"
    r"|.*\b[0-9]+([./][0-9]+)*/(19|20)[0-9]{2}(/[A-ZĐ].*)?"  # the number of an instrument
    r"|.*\b(NĐ|TT|QĐ|NQ)[- ]?(CP|TTg|BTC|BTP|BCA|VPCP)\b.*"
)
YEARS = range(2010, 2060)
TRACE = re.compile(r"\b(19|20)[0-9]{2}|Mẫu số|Biểu số|\b(NĐ|TT|QĐ|NQ)[- ]")
"""What a source has that the search could find; the others are not parsed."""
DAYS = frozenset(("date", "datetime"))


def deciding_nodes(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield the expressions that choose what the code does."""
    for node in ast.walk(tree):
        if isinstance(node, ast.If | ast.IfExp | ast.While):
            yield node.test
        elif isinstance(node, ast.Compare | ast.BoolOp | ast.MatchValue):
            yield node
        elif isinstance(node, ast.comprehension):
            yield from node.ifs
        elif isinstance(node, ast.Subscript):
            yield node.slice
        elif isinstance(node, ast.Dict):
            yield from (key for key in node.keys if key is not None)


def law_in(expression: ast.AST) -> Iterator[str]:
    """Yield the years, days, form numbers and instruments in an expression."""
    for node in ast.walk(expression):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and LAW_TEXT.fullmatch(node.value):
            yield f"{node.lineno}: {node.value}"
        if isinstance(node, ast.Constant) and type(node.value) is int and node.value in YEARS:
            yield f"{node.lineno}: {node.value}"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in DAYS and node.args:
            first = node.args[0]
            if isinstance(first, ast.Constant) and first.value in YEARS:
                yield f"{node.lineno}: {ast.unparse(node)}"


def decisions_on_law(source: str) -> set[str]:
    if not TRACE.search(source):
        return set()
    return {match for expression in deciding_nodes(ast.parse(source)) for match in law_in(expression)}


def test_no_decision_depends_on_a_form_a_year_or_a_decree() -> None:
    decisions = {
        f"{file.relative_to(ROOT)}:{decision}"
        for folder in ("app", "hub")
        for file in sorted((ROOT / folder).rglob("*.py"))
        for decision in decisions_on_law(file.read_text(encoding="utf-8"))
    }
    assert decisions == set()


@pytest.mark.parametrize(
    "source",
    [
        'x = 1 if form_set == "2018" else 2',
        "if day >= date(2027, 1, 1):\n    pass",
        "while year > 2025:\n    pass",
        '_NUMBERS = {"2025": {"receipt": "01"}}',
        'if label.startswith("Mẫu số 01"):\n    pass',
        'y = [f for f in forms if f.decree == "TT 03/2025/TT-VPCP"]',
        'match form_set:\n    case "2018":\n        pass',
        'a = start and name == "NĐ 254/2026/NĐ-CP"',
        'number = numbers["2025"]',
        'title = TITLES.get(form_set) if form_set in {"2018", "2025"} else None',
    ],
)
def test_the_search_finds_each_shape(source: str) -> None:
    assert decisions_on_law(source)
