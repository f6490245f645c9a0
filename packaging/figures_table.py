"""Figures of the code base: the table in docs/architecture.md.

`python packaging/figures_table.py` updates it.
The other rows are measurements of well-known desktop and library code bases with the same rules.
"""

import ast
import re
import statistics
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "architecture.md"
BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"
_HEAD = (
    "| code base | files | lines | file median / p95 / max | largest folder | functions | "
    "function median / p95 / max | over 50 lines | public docstrings | typed arguments |",
    "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
)
_OTHERS = (
    "| anki (qt) | 137 | 33,502 | 97 / 1,293 / 1,906 | 65 | 2,491 | 6 / 37 / 216 | 50 | 12 % | 97 % |",
    "| qutebrowser | 209 | 58,882 | 163 / 1,050 / 2,041 | 32 | 3,195 | 9 / 41 / 146 | 83 | 74 % | 56 % |",
    "| dangerzone | 48 | 9,376 | 136 / 484 / 1,779 | 13 | 523 | 6 / 43 / 218 | 22 | 34 % | 96 % |",
    "| datasette | 75 | 29,181 | 155 / 1,433 / 3,314 | 40 | 1,075 | 9 / 90 / 492 | 106 | 29 % | 21 % |",
    "| httpx | 23 | 8,827 | 248 / 1,277 / 2,019 | 17 | 446 | 9 / 47 / 133 | 14 | 46 % | 100 % |",
    "| Zim | 149 | 64,515 | 251 / 1,184 / 4,226 | 33 | 3,842 | 8 / 39 / 293 | 96 | 45 % | 1 % |",
    "| Quod Libet | 387 | 90,795 | 150 / 686 / 1,501 | 63 | 5,622 | 6 / 43 / 536 | 201 | 35 % | 9 % |",
)
Function = ast.FunctionDef | ast.AsyncFunctionDef


class Figures(NamedTuple):
    """Measurements of one package."""

    file_lines: Sequence[int]
    largest_folder: int
    body_lines: Sequence[int]
    public: int
    documented: int
    arguments: int
    typed: int


def measure(folder: Path) -> Figures:
    """Return the figures of every module below a folder."""
    paths = sorted(path for path in folder.rglob("*.py") if "__pycache__" not in path.parts)
    folders = Counter(path.parent for path in paths if path.name != "__init__.py")
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in paths]
    functions = [node for tree in trees for node in ast.walk(tree) if isinstance(node, Function)]
    public = [node for tree in trees for node in _public_functions(tree)]
    arguments = [argument for node in functions for argument in _arguments(node)]
    return Figures(
        file_lines=[len(path.read_text(encoding="utf-8").splitlines()) for path in paths],
        largest_folder=max(folders.values()),
        body_lines=[_body_lines(node) for node in functions],
        public=len(public),
        documented=sum(ast.get_docstring(node) is not None for node in public),
        arguments=len(arguments),
        typed=sum(argument.annotation is not None for argument in arguments),
    )


def table(figures: Figures) -> str:
    """Return the Markdown table with our row first."""
    functions = len(figures.body_lines)
    cells = (
        "**Một Cửa** (`app/`)",
        f"{len(figures.file_lines)}",
        f"{sum(figures.file_lines):,}",
        _spread(figures.file_lines),
        f"{figures.largest_folder}",
        f"{functions:,}",
        _spread(figures.body_lines),
        f"{sum(lines > 50 for lines in figures.body_lines)}",
        f"{100 * figures.documented // figures.public} %",
        f"{100 * figures.typed // figures.arguments} %",
    )
    return "\n".join((*_HEAD, f"| {' | '.join(cells)} |", *_OTHERS))


def page(text: str, figures: Figures) -> str:
    """Return the page with the table replaced."""
    return re.sub(f"(?<={BEGIN}\n).*?(?={END})", lambda _: table(figures) + "\n", text, flags=re.DOTALL)


def _public_functions(tree: ast.Module) -> Iterator[Function]:
    for node in tree.body:
        if isinstance(node, Function) and not node.name.startswith("_"):
            yield node
        elif isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            for member in node.body:
                if isinstance(member, Function) and not member.name.startswith("_"):
                    yield member


def _arguments(node: Function) -> Iterator[ast.arg]:
    names = node.args
    for argument in (*names.posonlyargs, *names.args, *names.kwonlyargs):
        if argument.arg not in ("self", "cls"):
            yield argument


def _body_lines(node: Function) -> int:
    body = node.body[1:] if ast.get_docstring(node) is not None else node.body
    return body[-1].end_lineno - body[0].lineno + 1 if body and body[-1].end_lineno else 0


def _spread(values: Sequence[int]) -> str:
    ordered = sorted(values)
    return f"{statistics.median_low(ordered)} / {ordered[int(len(ordered) * 0.95)]} / {ordered[-1]}"


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8"), measure(ROOT / "app")), encoding="utf-8")
    sys.stdout.write(PAGE.name + "\n")
