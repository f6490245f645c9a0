"""Definitions of modules have a use in the programs themselves.

A definition is used if its module reads its name outside it, if another module imports it, or if it is read as an
attribute. Tables are read by the migrations as a whole.
"""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.project import ROOT, relative

_LOADED_BY_NAME = {
    "app/models/journal.py: Seal",
    "app/models/journal.py: SealHead",
    "hub/bootstrap.py: application",
}
"""Tables that the migrations read from the metadata, and the factory that uvicorn imports by its name."""


def test_every_definition_is_used() -> None:
    folders = [ROOT / name for name in ("app", "hub", "packaging")]
    files = [file for folder in folders for file in folder.rglob("*.py") if "versions" not in file.parts]
    trees = {file: ast.parse(file.read_text(encoding="utf-8")) for file in (*files, ROOT / "main.py")}
    nodes = [node for tree in trees.values() for node in ast.walk(tree)]
    attributes = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    imported = {(node.module, alias.name) for node in nodes if isinstance(node, ast.ImportFrom) for alias in node.names}
    unused = {
        f"{relative(file)}: {name}"
        for file, tree in trees.items()
        for name in unread_definitions(tree)
        if "packaging" not in file.parts and name not in attributes and (module_name(file), name) not in imported
    }
    assert len(trees) > 900 and unused == _LOADED_BY_NAME


def test_definitions_that_their_module_does_not_read_are_found() -> None:
    lines = (
        "__all__ = ['fact']",
        "_KINDS: dict[str, int] = {}",
        "Seal = Table(_KINDS)",
        "class Row(Base):",
        "    size = 3",
        "def fact(n: int) -> int:",
        "    return n * fact(n - 1)",
        "if __name__ == '__main__':",
        "    print(Row())",
    )
    assert list(unread_definitions(ast.parse("\n".join(lines)))) == ["Seal", "fact"]


def unread_definitions(tree: ast.Module) -> Iterator[str]:
    """Yield the names that a module reads nowhere outside their definition."""
    reads = _reads(tree)
    for statement in tree.body:
        inside = _reads(statement)
        for name in _defined(statement):
            if name != "__all__" and reads[name] == inside[name]:
                yield name


def _defined(statement: ast.stmt) -> list[str]:
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return [statement.name]
    targets = statement.targets if isinstance(statement, ast.Assign) else []
    if isinstance(statement, ast.AnnAssign):
        targets = [statement.target]
    return [target.id for target in targets if isinstance(target, ast.Name)]


def _reads(tree: ast.AST) -> Counter[str]:
    names = (node for node in ast.walk(tree) if isinstance(node, ast.Name))
    return Counter(node.id for node in names if isinstance(node.ctx, ast.Load))


def module_name(file: Path) -> str:
    """Return the dotted name by which a module is imported."""
    path = file.relative_to(ROOT).with_suffix("")
    return ".".join(path.parts[:-1] if path.name == "__init__" else path.parts)
