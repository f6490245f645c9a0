"""An installed wheel runs the demonstration outside the source tree."""

import json
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

venv = pytest.importorskip("venv")  # an embedded Python has none

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ("app", "resources", "pyproject.toml", "setup.py", "README.md", "LICENSE")


def run(*command: object, cwd: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        capture_output=True,
        encoding="utf-8",
        check=False,
        stdin=subprocess.DEVNULL,
    )


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Create a new environment with the wheel.

    The dependencies come from the environment that runs the tests.
    """
    folder = tmp_path_factory.mktemp("wheel")
    source, wheels, environment = folder / "source", folder / "wheels", folder / "environment"
    source.mkdir()
    for name in SOURCES:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, source / name)
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")
    offline = ("--no-deps", "--no-index")
    build = run(*pip, "wheel", *offline, "--no-build-isolation", "--wheel-dir", wheels, source, cwd=folder)
    assert build.returncode == 0, build.stderr
    (wheel,) = wheels.glob("motcua-*.whl")
    venv.create(environment, with_pip=False)
    binaries = environment / ("Scripts" if sys.platform == "win32" else "bin")
    install = run(*pip, "--python", binaries / "python", "install", *offline, wheel, cwd=folder)
    assert install.returncode == 0, install.stderr
    site = run(binaries / "python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder).stdout
    (Path(site.strip()) / "dependencies.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return binaries


def test_wheel_imports_its_own_package(installed: Path, tmp_path: Path) -> None:
    program = "import app, app.resource_files as files; print(app.__file__, files.RESOURCES)"
    output = run(installed / "python", "-c", program, cwd=tmp_path).stdout.split()
    assert all(path.startswith(str(installed.parent)) for path in output) and len(output) == 2


def test_wheel_runs_the_demonstration(installed: Path, tmp_path: Path) -> None:
    demo = run(installed / "motcua", "demo", "--json", "--out", tmp_path / "demo", cwd=tmp_path)
    assert demo.returncode == 0, demo.stderr
    assert json.loads(demo.stdout.splitlines()[-1]) and list((tmp_path / "demo").rglob("*.pdf"))
