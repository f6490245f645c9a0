"""Text files and pipes name their encoding.

On Windows the default is not UTF-8.
"""

import ast

import pytest

from tests.architecture.project import ROOT, parse, relative

FOLDERS = ("app", "hub", "benchmarks", "packaging", "tests")
FILES = ("main.py", "install.py", "setup.py")
TEXT_METHODS = {"read_text": 1, "write_text": 2}
"""Methods of a path, with the number of positional arguments that include the encoding."""


def offences_in(tree: ast.AST) -> list[int]:
    """Return the lines of calls that leave the encoding to the system."""
    managed = {id(item.context_expr) for node in ast.walk(tree) if isinstance(node, ast.With) for item in node.items}
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return [call.lineno for call in calls if lacks_encoding(call, id(call) in managed)]


def lacks_encoding(call: ast.Call, is_managed: bool) -> bool:
    names = {keyword.arg for keyword in call.keywords}
    if {"encoding", None} & names:
        return False
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name in TEXT_METHODS:
        return len(call.args) < TEXT_METHODS[name]
    if name == "open":
        return opens_text(call, is_managed)
    return any(is_true(keyword) for keyword in call.keywords if keyword.arg in ("text", "universal_newlines"))


def opens_text(call: ast.Call, is_managed: bool) -> bool:
    """Return whether `open` opens a text file, and not a dialog or an archive."""
    of_path = isinstance(call.func, ast.Attribute)
    modes = [
        *(call.args[:1] if of_path else call.args[1:2]),
        *(keyword.value for keyword in call.keywords if keyword.arg == "mode"),
    ]
    texts = [mode.value for mode in modes if isinstance(mode, ast.Constant) and isinstance(mode.value, str)]
    if texts:
        return "b" not in texts[0] and set(texts[0]) <= set("rwaxt+")
    return (is_managed and not call.args) if of_path else len(call.args) == 1


def is_true(keyword: ast.keyword) -> bool:
    return isinstance(keyword.value, ast.Constant) and keyword.value.value is True


def test_text_files_name_their_encoding() -> None:
    paths = [
        *(path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py"))),
        *map(ROOT.joinpath, FILES),
    ]
    offences = [f"{relative(path)}:{line}" for path in paths for line in offences_in(parse(path))]
    assert len(paths) > 500 and offences == []


@pytest.mark.parametrize(
    "line",
    [
        "file.read_text()",
        "file.write_text(text)",
        "open('x')",
        "open('x', 'w')",
        "path.open('a')",
        "with path.open() as f: pass",
        "path.open(mode='r')",
        "subprocess.run(command, text=True)",
    ],
)
def test_missing_encoding_is_reported(line: str) -> None:
    assert offences_in(ast.parse(line)) == [1]


@pytest.mark.parametrize(
    "line",
    [
        "file.read_text('utf-8')",
        "file.write_text(text, encoding='utf-8')",
        "open('x', 'rb')",
        "path.open('a+b')",
        "dialog.open()",
        "subprocess.run(command, text=True, encoding='utf-8')",
        "archive.open(name)",
    ],
)
def test_named_encoding_is_accepted(line: str) -> None:
    assert offences_in(ast.parse(line)) == []
