"""The files that run before installation, with a `.venv` of their own."""

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

import install

REPOSITORY = Path(__file__).resolve().parents[2]
PRINT_INTERPRETER = "import sys\n\n\ndef main() -> int:\n    print(sys.executable, *sys.argv[1:])\n    return 7\n"


@pytest.fixture
def sandbox(tmp_path: Path) -> Path:
    """Copy the start files, with a program that prints its interpreter."""
    for name in ("install.py", "main.py", "pyproject.toml", "requirements.txt"):
        shutil.copy(REPOSITORY / name, tmp_path)
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "__init__.py").touch()
    (tmp_path / "app" / "bootstrap.py").write_text(PRINT_INTERPRETER, encoding="utf-8")
    return tmp_path


def run(command: list[str], **environment: str) -> subprocess.CompletedProcess[str]:
    variables = {**os.environ, **environment}
    return subprocess.run(command, env=variables, capture_output=True, encoding="utf-8", check=False)


def own_python(sandbox: Path) -> Path:
    return sandbox / install.VENV_PYTHON.relative_to(install.HERE)


def make_environment(sandbox: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(sandbox / ".venv")], check=True)


def link_packages(sandbox: Path) -> None:
    """Link the test environment's packages, pip among them, into `.venv`."""
    lent = sysconfig.get_path("purelib")
    purelib = sysconfig.get_path("purelib", vars={"base": str(sandbox / ".venv")})
    (Path(purelib) / "lent.pth").write_text(lent, encoding="utf-8")


def stamp(sandbox: Path) -> None:
    program = "import install; install.STAMP.write_text(install.state(), encoding='utf-8')"
    subprocess.run([sys.executable, "-c", program], cwd=sandbox, check=True)


@pytest.mark.parametrize(
    ("words", "status"), [(["--help"], 0), (["-h"], 0), (["setup"], 2), (["--json", "demo"], 2), (["TEST"], 2)]
)
def test_unknown_command_lists_the_commands(sandbox: Path, words: list[str], status: int) -> None:
    ended = run([sys.executable, str(sandbox / "install.py"), *words])
    assert (ended.returncode, ended.stdout) == (status, "")
    assert "Cách dùng" in ended.stderr and not (sandbox / ".venv").exists()


def test_complete_installation_is_not_repeated(sandbox: Path) -> None:
    """The demo's words and exit status pass through; this `.venv` has no pip."""
    make_environment(sandbox)
    stamp(sandbox)
    ended = run([sys.executable, str(sandbox / "install.py"), "demo", "--json", "--out", "Hồ sơ"])
    assert ended.stdout.split() == [str(own_python(sandbox)), "demo", "--json", "--out", "Hồ", "sơ"]
    assert ended.returncode == 7


@pytest.mark.skipif(bool(install.extra_packages("province")), reason="PostgreSQL is not installed")
def test_province_is_run_by_the_installed_interpreter(sandbox: Path) -> None:
    make_environment(sandbox)
    stamp(sandbox)
    (sandbox / "packaging").mkdir()
    program = "import sys\nprint(sys.executable, *sys.argv[1:])\nsys.exit(5)\n"
    (sandbox / "packaging" / "province.py").write_text(program, encoding="utf-8")
    ended = run([sys.executable, str(sandbox / "install.py"), "province", "--days", "1"])
    assert (ended.stdout.split(), ended.returncode) == ([str(own_python(sandbox)), "--days", "1"], 5)


def test_missing_network_is_reported_in_one_sentence(sandbox: Path) -> None:
    make_environment(sandbox)
    link_packages(sandbox)
    with (sandbox / "requirements.txt").open("a", encoding="utf-8") as file:
        file.write(f"\nnot-installed-here==1.0 --hash=sha256:{'0' * 64}\n")
    ended = run([sys.executable, str(sandbox / "install.py"), "demo"], PIP_NO_INDEX="1", PIP_FIND_LINKS="")
    assert (ended.returncode, ended.stdout) == (3, "")
    assert "Không cài đặt được: pip không tải" in ended.stderr.splitlines()[-1]
    assert "Traceback" not in ended.stderr and not (sandbox / ".venv" / "installed").exists()


@pytest.mark.parametrize("name", ["requirements.txt", "pyproject.toml"])
def test_changed_pins_cause_an_installation(sandbox: Path, name: str) -> None:
    program = "import install; print(install.state())"
    before = subprocess.run([sys.executable, "-c", program], cwd=sandbox, capture_output=True, check=True).stdout
    with (sandbox / name).open("a", encoding="utf-8") as file:
        file.write("\n# another pin\n")
    after = subprocess.run([sys.executable, "-c", program], cwd=sandbox, capture_output=True, check=True).stdout
    assert before and before != after


def test_python_without_packages_starts_the_programs_own(sandbox: Path) -> None:
    """`-S` hides all packages from both Pythons; the second must not restart."""
    make_environment(sandbox)
    ended = run([sys._base_executable, "-S", str(sandbox / "main.py"), "search", "Đào Thị Ẫm", "--limit", "5"])
    assert ended.stdout.split() == [str(own_python(sandbox)), "search", "Đào", "Thị", "Ẫm", "--limit", "5"]
    assert ended.returncode == 7


def test_python_with_packages_runs_the_program(sandbox: Path) -> None:
    make_environment(sandbox)
    ended = run([sys.executable, str(sandbox / "main.py"), "check"])
    assert ended.stdout.split() == [sys.executable, "check"]
