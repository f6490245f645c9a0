"""Check of words that the code base no longer uses, and of summaries.

`python -m tests.architecture.language app/ui docs` prints the offences below any path. Scanned are docstrings,
comments, names that the code defines, and Markdown text. String literals are not scanned because they hold Vietnamese
sentences and names that outsiders rely on. Text in quotes or backticks is not scanned either. A summary is the first
line of a docstring; ruff checks its full stop and the blank line after it.
"""

import ast
import io
import re
import sys
import tokenize
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from tests.architecture.project import ROOT

MAX_SUMMARY_LENGTH = 72

PROSE = {
    r"told|tells?": "show, return, have",
    r"said|says?|unsaid": "have, show, report",
    r"\w*manieth": "number, n-th",
    r"lying": "above, in, at",
    r"lies|lie": "be, is in",
    r"stands?|stood|standing(?! order)": "be, is in, exist",
    r"windings?": "paused or recalled",
    r"nobody|somebody|whoever|everybody": "no user, a person, each user",
    r"reckon\w*": "calculate",
    r"anew": "again",
    r"mend(s|ed|ing)?": "repair, correct",
    r"strangers?": "unknown code",
    r"nought": "zero",
    r"beforehand": "in advance, before",
    r"(go|goes|going|went|gone) up": "is sent, upload",
    r"he|his|him|himself|she|hers|herself": "they, the user",
    r"in the same breath": "also, in the same transaction",
    r"a life": "a history",
    r"(the|this|our) (house|room)s?": "program, package",
    r"room cards?|houses|walls?(?! clocks?| calendar)|doors?": "package, layer, entry point",
    r"rings?": "fail, report",
    r"(?<!capital )(?<!ASCII )(?<!apology )(?<!official )letters(?! (and|or) digits)": "characters",
    r"thinks?|calmly|remembers|lives in": "estimate, store, is in",
    r"(files?|registers?|backups?|printers?|windows|tables?|pages?) (does not |do not )?knows?": "have, hold, report",
    r"(each|every|one|first|last|no|a|single) letters?(?! (or|to)\b)": "character",
}
"""Words of docstrings, comments and Markdown, with their replacements."""

NAMES = frozenset(
    (
        *("told", "said", "found", "made", "given", "kept", "wished", "asked", "mended", "anew", "nobody", "somebody"),
        *("whoever", "stranger", "nought", "beforehand", "wish", "wishes", "unsaid", "wanted", "owed", "owing", "gone"),
    )
)
"""Names that variables, parameters, functions and classes must not have."""

NAME_PARTS = re.compile(
    r"(?:^|_)(told|tells?|said|says|unsaid|reckon\w*?|anew|mend(?:s|ed|ing)?|nobody|somebody|everybody|whoever"
    r"|strangers?|nought|beforehand|manieth|lies|stands|winding|house|whose|he|his|him)(?=_|$)"
)
"""Parts of names that the code defines."""

ALLOWED_NAMES = frozenset(
    (
        *("winding", "kept_copy", "stranger", "strangers", "owed", "owing", "said", "found", "made", "given", "kept"),
        *("NUMBER_GIVEN_BEFORE",),
    )
)
"""Frozen names of fields: class bodies may define them because they are columns or JSON keys."""

_PROSE = [(re.compile(rf"(?<![\w`])(?:{words})(?![\w`])", re.IGNORECASE), hint) for words, hint in PROSE.items()]
_QUOTED = re.compile(r"`[^`\n]*`|«[^»]*»|“[^”]*”|\"[^\"\n]*\"|https?://\S+|<[^>\n]+>")
_FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
Function = ast.FunctionDef | ast.AsyncFunctionDef
Documented = ast.Module | ast.ClassDef | Function


class Offence(NamedTuple):
    """Word or summary to change, with its place."""

    place: str
    problem: str


def offences(paths: Iterable[Path]) -> list[Offence]:
    """Return the offences of files and folders, in order."""
    return [offence for path in paths for file in _files(path) for offence in file_offences(file)]


def file_offences(file: Path) -> list[Offence]:
    """Return the offences of one file."""
    text = file.read_text(encoding="utf-8")
    problems = source_problems(text) if file.suffix == ".py" else _text_problems(1, _FENCE.sub(_blank, text))
    place = file.relative_to(ROOT).as_posix() if file.is_relative_to(ROOT) else file.name
    return [Offence(f"{place}:{line}", problem) for line, problem in sorted(problems)]


def source_problems(text: str) -> Iterator[tuple[int, str]]:
    """Yield line and problem of each offence in Python source."""
    tree = ast.parse(text)
    for line, comment in _comments(text):
        yield from _text_problems(line, comment)
    for line, name, is_field in _defined_names(tree):
        yield from _name_problems(line, name, is_field)
    for node in ast.walk(tree):
        for doc in _docs(node):
            yield from _text_problems(doc.lineno, str(doc.value))
        yield from _summary_problems(node)


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    return sorted(file for file in path.rglob("*") if file.suffix in (".py", ".md") and file.is_file())


def _blank(match: re.Match[str]) -> str:
    """Return the line breaks of a match, so that line numbers stay valid."""
    return "\n" * match.group().count("\n")


def _comments(text: str) -> Iterator[tuple[int, str]]:
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


def _docs(node: ast.AST) -> Iterator[ast.Constant]:
    """Yield the docstring of a node and the strings below its assignments."""
    for statement in getattr(node, "body", ()) if isinstance(node, Documented) else ():
        value = statement.value if isinstance(statement, ast.Expr) else None
        if isinstance(value, ast.Constant) and isinstance(value.value, str):
            yield value


def _text_problems(first_line: int, text: str) -> Iterator[tuple[int, str]]:
    for line, words in enumerate(_QUOTED.sub(_blank, text).splitlines(), first_line):
        for pattern, hint in _PROSE:
            for match in pattern.finditer(words):
                yield line, f"«{match.group()}» (write: {hint}) in: {words.strip()[:80]}"


def _defined_names(tree: ast.Module) -> Iterator[tuple[int, str, bool]]:
    """Yield line and name of each definition, and whether it is a field."""
    fields = {
        id(target)
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        for statement in node.body
        for target in _targets(statement)
    }
    for node in ast.walk(tree):
        if isinstance(node, Function | ast.ClassDef):
            yield node.lineno, node.name, False
        elif isinstance(node, ast.arg):
            yield node.lineno, node.arg, False
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.lineno, node.id, id(node) in fields
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.lineno, node.attr, False
        elif isinstance(node, ast.alias) and node.asname:
            yield node.lineno, node.asname, False


def _targets(statement: ast.stmt) -> list[ast.expr]:
    if isinstance(statement, ast.Assign):
        return statement.targets
    return [statement.target] if isinstance(statement, ast.AnnAssign) else []


def _name_problems(line: int, name: str, is_field: bool) -> Iterator[tuple[int, str]]:
    if is_field and name in ALLOWED_NAMES:
        return
    snake = _CAMEL.sub("_", name).lower()
    if snake.strip("_") in NAMES or NAME_PARTS.search(snake):
        yield line, f"name `{name}`"


def _summary_problems(node: ast.AST) -> Iterator[tuple[int, str]]:
    if not isinstance(node, Documented):
        return
    doc = ast.get_docstring(node)
    if doc and len(doc.splitlines()[0]) > MAX_SUMMARY_LENGTH:
        yield node.body[0].lineno, f"summary of {len(doc.splitlines()[0])} characters: {doc.splitlines()[0][:60]}…"


if __name__ == "__main__":
    for place, problem in offences([ROOT / argument for argument in sys.argv[1:]]):
        print(f"{place}: {problem}")
