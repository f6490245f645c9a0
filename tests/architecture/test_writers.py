"""Files are written, renamed and removed by app/disk.py alone."""

import ast
from pathlib import Path

import pytest

from tests.architecture.project import ROOT, relative

_WRITING_MODES, _LONGEST_MODE = frozenset("wax+"), 5
_METHODS = frozenset(
    (
        *("write_text", "write_bytes", "unlink", "rename", "rmdir"),
        *("mkdir", "touch", "hardlink_to", "symlink_to", "chmod"),
    )
)
_MODULES = {
    "os": frozenset(
        (
            *("replace", "rename", "remove", "unlink", "truncate", "link"),
            *("symlink", "mkdir", "makedirs", "rmdir", "chmod"),
        )
    ),
    "shutil": frozenset(("copy", "copy2", "copyfile", "copytree", "move", "rmtree", "make_archive")),
    "tempfile": frozenset(("NamedTemporaryFile", "mkstemp", "mkdtemp", "TemporaryFile", "TemporaryDirectory")),
}
_IMPORTED = _MODULES["tempfile"] | {"copyfile", "copytree", "rmtree"}
"""Names that may be imported alone."""
OTHER_WRITERS = {
    (
        "app/office/self_check.py",
        "TemporaryDirectory",
    ): "the window and the office that the check makes and throws away",
    ("app/machine/log_file.py", "open"): "the log is appended to while the program runs; it is no data of the office",
    ("app/machine/program_folder.py", "rmdir"): "a folder with other files stays",
    ("app/storage/locks.py", "open"): "a lock file has no content",
    ("app/storage/rollback_guard.py", "open"): "the mark is overwritten in place, 200 bytes after each action",
    ("app/storage/files/backup_file.py", "copyfile"): "copies in the folder of an unfinished backup",
    ("app/storage/files/backup_file.py", "TemporaryDirectory"): "the folder of an unfinished backup",
}


def writers(source: str) -> list[str]:
    """Return the calls that write, rename or remove files."""
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    return [name for call in calls if (name := _writer(call))]


def _writer(call: ast.Call) -> str:
    function = call.func
    if isinstance(function, ast.Name) and function.id in _IMPORTED:
        return function.id
    if isinstance(function, ast.Name):
        return "open" if function.id == "open" and _writes(call.args[1:2], call.keywords) else ""
    if not isinstance(function, ast.Attribute):
        return ""
    name, owner = function.attr, ast.unparse(function.value)
    if owner in _MODULES:
        return name if name in _MODULES[owner] else ""
    if name == "open":
        return name if _writes(call.args[:1], call.keywords) else ""
    is_rename = name == "replace" and len(call.args) == 1 and not call.keywords
    return name if name in _METHODS or is_rename else ""


def _writes(mode: list[ast.expr], keywords: list[ast.keyword]) -> bool:
    """Return whether a mode, or a choice of modes, writes."""
    modes = [*mode, *(word.value for word in keywords if word.arg == "mode")]
    parts = (part.value for each in modes for part in ast.walk(each) if isinstance(part, ast.Constant))
    return any(isinstance(part, str) and len(part) < _LONGEST_MODE and _WRITING_MODES & set(part) for part in parts)


def test_files_are_written_by_one_module() -> None:
    sources = [file for file in (ROOT / "app").rglob("*.py") if "migrations" not in file.parts]
    calls = {
        (relative(file), name)
        for file in sources
        if relative(file) != "app/disk.py"
        for name in writers(Path(file).read_text("utf-8"))
    }
    assert calls - OTHER_WRITERS.keys() == set()
    assert OTHER_WRITERS.keys() - calls == set()


@pytest.mark.parametrize(
    "line",
    [
        'open(file, "w")',
        'file.open("ab")',
        'file.open(mode="xb")',
        "file.unlink()",
        "os.replace(a, b)",
        "a.replace(b)",
        "shutil.rmtree(folder)",
        'file.write_text("x")',
        "tempfile.mkstemp()",
        "TemporaryDirectory()",
        "folder.mkdir()",
    ],
)
def test_new_writer_is_noticed(line: str) -> None:
    assert len(writers(line)) == 1


@pytest.mark.parametrize("line", ['open(file, "rb")', "file.open()", 'text.replace("a", "b")', "replace(row, a=1)"])
def test_reading_is_no_writing(line: str) -> None:
    assert writers(line) == []
