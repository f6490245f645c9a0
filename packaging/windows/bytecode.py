"""Compile sources to bytecode beside them; run by the packaged CPython.

`python.exe bytecode.py ROOT SHARE SHARES`: the `.pyc` of `a/b.py` is `a/b.pyc`, names its source `a/b.py` and holds the
hash of it, which is not checked. Each of `SHARES` processes takes every `SHARES`-th file. Sources stay; the build
removes them. A source that does not compile is kept out of the program by a line on stdout.
"""

import py_compile
import sys
from pathlib import Path


def main(root: Path, share: int, shares: int) -> int:
    """Compile one share of the sources below a folder."""
    for place, source in enumerate(sorted(root.rglob("*.py"))):
        if place % shares == share:
            name = source.relative_to(root).as_posix()
            try:
                py_compile.compile(
                    str(source),
                    str(source.with_suffix(".pyc")),
                    name,
                    doraise=True,
                    invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
                )
            except py_compile.PyCompileError as error:
                print(f"not compiled: {name}: {error.exc_type_name}")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))
