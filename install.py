"""Install Một Cửa beside this file, then run it or its checks.

`python3 install.py demo` runs the demonstration, `province` a receiver with three communes, `test` every check. Only
the standard library is used, because a bare Debian or Windows has nothing else. A second run is quick and needs no
network. Messages go to stderr; stdout belongs to the program. Exit status 3 is a fault of the machine, with one
Vietnamese sentence; otherwise it is that of the program or of the checks.
"""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).resolve().parent
WINDOWS = os.name == "nt"
VENV = HERE / ".venv"
VENV_PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
STAMP = VENV / "installed"
PYTHONS = ((3, 11), (3, 14))
ENVIRONMENT_FAULT = 3

LIBRARIES = (
    *("libgl1", "libegl1", "libglib2.0-0", "libdbus-1-3", "libfontconfig1", "libxkbcommon0"),  # Qt without a screen
    *("libxcb-cursor0", "libxcb-icccm4", "libxcb-keysyms1", "libxcb-shape0", "libxcb-xkb1", "libxkbcommon-x11-0"),
    "libcups2",  # printing
    *("xvfb", "xdotool", "x11-xkb-utils"),  # the tests' X server, its keys and keyboard layouts
    "strace",  # tests/faults: trace writes, fail disks
)
"""Debian packages that the window needs (second line: on a real X server), and the tests."""
POSTGRESQL = "postgresql"
BROWSER = ("chromium", "chromium-driver")
"""Debian packages of the receiver's trial and tests."""

PYTHON = "py" if WINDOWS else "python3"
USAGE = f"""Cách dùng:
  {PYTHON} install.py                cài đặt vào thư mục .venv cạnh chương trình
  {PYTHON} install.py demo [...]     cài đặt, rồi chạy trọn một việc của quầy trên cơ quan tập huấn
  {PYTHON} install.py window [...]   cài đặt, rồi mở cửa sổ
  {PYTHON} install.py province       cài đặt, rồi chạy thử một tỉnh: nơi nhận, ba xã, trang xem
  {PYTHON} install.py test [...]     cài đặt, rồi chạy mọi phép kiểm"""


class InstallError(Exception):
    """A step this machine cannot do, with the remedy in Vietnamese."""


def main(arguments: list[str]) -> int:
    """Install missing parts, then run the task named by the first argument."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    verb, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    if verb not in ("", "demo", "window", "province", "test"):
        print_message(USAGE)
        return 0 if verb in ("-h", "--help") else 2
    try:
        install(extra_packages(verb))
    except InstallError as error:
        print_message(f"Không cài đặt được: {error}")
        return ENVIRONMENT_FAULT
    if verb == "test":
        return run_checks(rest)
    if verb == "province":
        return run(VENV_PYTHON, HERE / "packaging" / "province.py", *rest)
    if verb:
        return run(VENV_PYTHON, HERE / "main.py", *(["demo"] if verb == "demo" else []), *rest)
    print_message(f"Đã sẵn sàng. Mở cửa sổ bằng: {PYTHON} main.py")
    return 0


def print_message(sentence: str) -> None:
    """Print one line to stderr."""
    print(sentence, file=sys.stderr, flush=True)


def run(*command: str | Path) -> int:
    """Run a command with our output; return its exit status."""
    return subprocess.run([str(part) for part in command], check=False).returncode


def prepare(*command: str | Path) -> bool:
    """Run an installation step; show its output only on failure."""
    step = [str(part) for part in command]
    ended = subprocess.run(step, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    if ended.returncode:
        print_message(ended.stdout.decode(errors="replace").rstrip())
    return ended.returncode == 0


def extra_packages(verb: str) -> list[str]:
    """Return the missing Debian packages of the receiver's trial and tests."""
    names: list[str] = []
    has_server = any(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or shutil.which("initdb") is not None
    if verb in ("province", "test") and not has_server:
        names.append(POSTGRESQL)
    if verb == "test" and not all(map(shutil.which, ("chromium", "chromedriver"))):
        names += BROWSER
    return names


def install(extra: list[str]) -> None:
    """Install everything the program and its tests need, and `extra` packages.

    Raises InstallError.
    """
    oldest, newest = PYTHONS
    if not oldest <= sys.version_info[:2] <= newest:
        versions = f"{oldest[0]}.{oldest[1]} đến {newest[0]}.{newest[1]}"
        raise InstallError(
            f"cần Python {versions}, máy đang chạy {sys.version.split()[0]}; hãy cài một bản trong khoảng đó."
        )
    install_libraries(extra)
    if VENV_PYTHON.exists() and STAMP.is_file() and STAMP.read_text(encoding="utf-8") == state():
        return
    make_environment()
    install_packages()
    STAMP.write_text(state(), encoding="utf-8")


def state() -> str:
    """Return a fingerprint of the Python version, the folder and the pins."""
    pins = b"".join((HERE / name).read_bytes() for name in ("requirements.txt", "pyproject.toml"))
    return f"{sys.version_info[:2]} {HERE} {hashlib.sha256(pins).hexdigest()}"


def install_libraries(extra: list[str]) -> None:
    """Install missing system packages on Debian and its derivatives."""
    if shutil.which("dpkg-query") is None or shutil.which("apt-get") is None:
        return
    missing = [*extra, *missing_libraries()]
    if not missing:
        return
    if os.geteuid() != 0:
        request = f"máy còn thiếu gói hệ thống, nhờ người quản trị chạy: sudo apt-get install {' '.join(missing)}"
        if missing[-1].endswith("-venv"):
            raise InstallError(request)
        print_message(f"Lưu ý: {request}")
        return
    print_message(f"Cài gói hệ thống còn thiếu: {' '.join(missing)}")
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    apt = ["apt-get", "-qq", "-o", "Dpkg::Use-Pty=0", "-o", "DPkg::Lock::Timeout=300"]
    prepare(*apt, "update")  # an unrelated package source may fail here; the next step decides
    with without_database_service():
        installed = prepare(*apt, "install", "-y", "--no-install-recommends", *missing)
    if not installed:
        raise InstallError(
            "apt-get không tải hoặc không cài được; hãy kiểm tra mạng và nguồn gói của máy rồi chạy lại."
        )


@contextmanager
def without_database_service() -> Iterator[None]:
    """Keep the package of PostgreSQL from starting a database of its own.

    The tests and the trial start throw-away ones. A setting of this machine that exists is left alone.
    """
    file = Path("/etc/postgresql-common/createcluster.d/motcua.conf")
    is_new = not file.parent.parent.exists()
    if is_new:
        file.parent.mkdir(parents=True)
        file.write_text("create_main_cluster = false\n", encoding="utf-8")
    try:
        yield
    finally:
        if is_new:
            file.unlink(missing_ok=True)


def missing_libraries() -> list[str]:
    """Return the missing Debian packages.

    From Debian 13 on some have the suffix t64.
    """
    names = [part for name in LIBRARIES for part in (name, f"{name}t64")]
    query = ["dpkg-query", "--show", "--showformat", "${Package} ${db:Status-Status}\n", *names]
    lines = subprocess.run(query, capture_output=True, encoding="utf-8", check=False).stdout.splitlines()
    installed = {line.split()[0] for line in lines if line.endswith(" installed")}
    missing = [name for name in LIBRARIES if not {name, f"{name}t64"} & installed]
    if find_spec("ensurepip") is None:
        missing.append(f"python3.{sys.version_info.minor}-venv")
    return missing


def make_environment() -> None:
    """Create .venv with this Python; replace an incomplete or foreign one."""
    probe = [str(VENV_PYTHON), "-c", "import pip, sys; print(sys.version_info[:2])"]
    if VENV_PYTHON.exists():
        answer = subprocess.run(probe, capture_output=True, encoding="utf-8", check=False).stdout.strip()
        if answer == str(sys.version_info[:2]):
            return
    print_message("Tạo môi trường riêng của chương trình trong thư mục .venv")
    if not prepare(sys.executable, "-m", "venv", "--clear", VENV):
        raise InstallError(
            f"không tạo được thư mục {VENV}; hãy xem còn chỗ trên đĩa và có quyền ghi không rồi chạy lại."
        )


def install_packages() -> None:
    """Install the pinned libraries by hash, and the console script."""
    pip = [str(VENV_PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-deps"]
    print_message("Tải và cài các thư viện (lần đầu khoảng 200 MB, mất vài phút)")
    if not prepare(*pip, "--require-hashes", "-r", HERE / "requirements.txt"):
        raise InstallError(
            "pip không tải hoặc không cài được thư viện; hãy kiểm tra mạng và chỗ trên đĩa rồi chạy lại."
        )
    if not prepare(*pip, "--no-build-isolation", "--no-index", "--editable", HERE):
        raise InstallError(f"không ghi được lệnh motcua vào {VENV}; hãy xem quyền ghi của thư mục rồi chạy lại.")


def run_checks(arguments: list[str]) -> int:
    """Run style, types and layers in parallel, then the tests.

    `arguments` go to pytest, whose closing line comes last. The tests are collected once in advance, so that the
    compiled modules exist; otherwise each worker and child process of a fresh clone would compile them itself.
    """
    os.chdir(HERE)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    linter = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    checks = {
        "quy tắc viết (ruff check)": ["-m", "ruff", "check", "--quiet", "--output-format", "concise", "."],
        "trình bày (ruff format)": ["-m", "ruff", "format", "--quiet", "--check", "--output-format", "concise", "."],
        "kiểu dữ liệu (mypy)": ["-m", "mypy"],
        "phân lớp mã nguồn (import-linter)": ["-c", linter, "--no-logo"],
    }
    print_message(f"Kiểm {', '.join(checks)}")
    started = {name: subprocess.Popen([str(VENV_PYTHON), *check]) for name, check in checks.items()}
    collect = [str(VENV_PYTHON), "-m", "pytest", "-qq", "--collect-only"]
    subprocess.run(collect, capture_output=True, check=False)  # the test run itself reports errors
    broken = [name for name, check in started.items() if check.wait()]
    workers = min(max(os.cpu_count() or 2, 2), 4)  # more workers wait for the same disk and X server
    tests = [str(VENV_PYTHON), "-m", "pytest", "-q", "-n", str(workers), *platform_choice(), *arguments]
    print_message("Chạy các phép thử (pytest)")
    if broken:
        print_message(f"KHÔNG ĐẠT trước khi thử: {', '.join(broken)}")
    status = run(*tests)
    return status or (1 if broken else 0)


def platform_choice() -> list[str]:
    """Return pytest options for this system.

    Windows has no CUPS, terminals or X server; the number of omitted tests is printed.
    """
    if not WINDOWS:
        return []
    count = [str(VENV_PYTHON), "-m", "pytest", "-q", "--collect-only", "-m", "posix"]
    lines = subprocess.run(count, capture_output=True, text=True, encoding="utf-8", check=False).stdout.splitlines()
    print_message(f"Trên Windows bỏ qua {sum('::' in line for line in lines)} phép thử cần Linux.")
    return ["-m", "not posix"]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
