"""Compile sources to bytecode beside them; run by the packaged CPython.

`python.exe bytecode.py ROOT SHARE SHARES`: the `.pyc` of `a/b.py` is `a/b.pyc`, names its source `a/b.py` and holds the
hash of it, which is not checked. Each of `SHARES` processes takes every `SHARES`-th file. Sources stay; the build
removes them. A source that does not compile is kept out of the program by a line on stdout.

Docstrings are left out: a window would hold 3 MiB of them. Assertions stay, unlike with `-OO`.
"""

import ast
import marshal
import sys
from importlib.util import MAGIC_NUMBER, source_hash
from pathlib import Path

_UNCHECKED_HASH = 1
_DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def main(root: Path, share: int, shares: int) -> int:
    """Compile one share of the sources below a folder."""
    for place, source in enumerate(sorted(root.rglob("*.py"))):
        if place % shares == share:
            name = source.relative_to(root).as_posix()
            content = source.read_bytes()
            try:
                code = compile(_without_docstrings(content), name, "exec", dont_inherit=True)
            except (SyntaxError, ValueError) as error:
                print(f"not compiled: {name}: {type(error).__name__}")
                continue
            head = MAGIC_NUMBER + _UNCHECKED_HASH.to_bytes(4, "little") + source_hash(content)
            source.with_suffix(".pyc").write_bytes(head + marshal.dumps(code))
    return 0


def _without_docstrings(content: bytes) -> ast.Module:
    """Return the syntax tree of a source without its docstrings."""
    tree = ast.parse(content)
    for node in ast.walk(tree):
        if isinstance(node, _DOCUMENTED) and ast.get_docstring(node, clean=False) is not None:
            docstring = node.body.pop(0)
            if not node.body:
                node.body.append(ast.copy_location(ast.Pass(), docstring))
    return tree


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))
