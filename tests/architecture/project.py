"""Files and folders of the project, and processes that check them."""

import ast
import os
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BINARIES = Path(sys.executable).parent
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PACKAGES = [name for name in ("app", "hub", "benchmarks") if (ROOT / name / "__init__.py").exists()]
Completed = subprocess.CompletedProcess[str]


def source_files() -> list[Path]:
    """Return the Python files of the programs, without their tests."""
    packaged = [path for name in (*PACKAGES, "packaging") for path in (ROOT / name).rglob("*.py")]
    return sorted([*ROOT.glob("*.py"), *packaged])


def files_of_tests() -> list[Path]:
    """Return the Python files of the tests."""
    return sorted((ROOT / "tests").rglob("*.py"))


def relative(path: Path) -> str:
    """Return a path from the root of the project, with slashes."""
    return path.relative_to(ROOT).as_posix()


def parse(path: Path) -> ast.Module:
    """Return the syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"))


def run(command: list[str], *, cwd: Path = ROOT, text: str | None = None, **environment: str) -> Completed:
    """Run a command to its end; `text` is its standard input."""
    return subprocess.run(
        command,
        cwd=cwd,
        env={**os.environ, **environment},
        input=text,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def run_python(program: str, **environment: str) -> Completed:
    """Run the text of a Python program; each warning is an error."""
    return run([sys.executable, "-W", "error", "-c", program], **environment)
