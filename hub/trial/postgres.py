"""Start a temporary PostgreSQL server for tests and the trial.

initdb and postgres refuse to run as root: root starts them as the user `postgres` or `nobody`. The server listens on a
Unix socket in its own folder, and on loopback only if a port is requested.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

import psycopg

DISTRIBUTION = Path("/usr/lib/postgresql")
OWNER = "motcua"
_ACCOUNTS = ("postgres", "nobody")


def server_binaries() -> Path | None:
    """Return the folder of initdb and pg_ctl, or None where it is missing."""
    candidates = sorted(DISTRIBUTION.glob("*/bin/initdb"), key=_version, reverse=True)
    named = shutil.which("initdb")
    if named is not None:
        candidates.append(Path(named))
    return next((path.parent for path in candidates if (path.parent / "pg_ctl").exists()), None)


def _version(path: Path) -> int:
    name = path.parent.parent.name
    return int(name) if name.isdigit() else 0


class PostgresServer:
    """One cluster, started and stopped by its own process id.

    With `durable` it writes to disk as a real one does; without it commits are faster and a crash of the machine loses
    them. A crash of the server alone loses nothing in either case.
    """

    def __init__(self, folder: Path, *, durable: bool = True, port: int | None = None) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.port = port
        self._durable = durable
        binaries = server_binaries()
        if binaries is None:
            raise FileNotFoundError("initdb")
        self._binaries = binaries

    @classmethod
    @contextmanager
    def temporary(cls, *, durable: bool = True, port: int | None = None) -> Iterator["PostgresServer"]:
        """Run a server in a temporary folder that is removed at the end.

        The folder is in the system's own temporary folder, which the account of the server can reach.
        """
        shared = Path("/tmp")
        folder = Path(tempfile.mkdtemp(prefix="motcua-pg-", dir=shared if shared.is_dir() else None))
        try:
            with cls(folder, durable=durable, port=port) as server:
                yield server
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def __enter__(self) -> "PostgresServer":
        if not self.data.exists():
            self._create()
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop(immediate=True)

    def start(self) -> None:
        """Start the server and wait until it accepts connections."""
        self._run("pg_ctl", "start", "--wait", "--silent", "-D", self.data, "-l", self.folder / "log")

    def stop(self, *, immediate: bool = False) -> None:
        """Stop the server and wait for its end.

        `immediate` ends it like a crash: the next start recovers from its log.
        """
        mode = "immediate" if immediate else "fast"
        if (self.data / "postmaster.pid").exists():
            self._run("pg_ctl", "stop", "--wait", "--silent", "-D", self.data, "-m", mode)

    def address(self, database: str = "postgres") -> str:
        """Return the address of a database for `HUB_DATABASE`."""
        return f"postgresql://{OWNER}@/{database}?host={self.folder}"

    def create_database(self, name: str, template: str = "template1") -> str:
        """Create a database, possibly as a copy, and return its address."""
        self._execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self.address(name)

    def _execute(self, statement: str) -> None:
        with psycopg.connect(self.address(), autocommit=True) as connection:
            connection.execute(statement.encode())

    def _create(self) -> None:
        self.folder.chmod(0o700)
        account = _account()
        if account is not None:
            shutil.chown(self.folder, account)
        self._run("initdb", "-D", self.data, "-U", OWNER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        settings = {
            "listen_addresses": "" if self.port is None else "127.0.0.1",
            "unix_socket_directories": str(self.folder),
            **({} if self.port is None else {"port": self.port}),
            **({} if self._durable else {"fsync": "off", "full_page_writes": "off"}),
        }
        with (self.data / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.writelines(f"{name} = '{value}'\n" for name, value in settings.items())

    def _run(self, program: str, *arguments: str | Path) -> None:
        command = [str(self._binaries / program), *map(str, arguments)]
        name = _account()
        account: dict[str, Any] = {} if name is None else {"user": name, "group": _group(name), "extra_groups": []}
        ended: subprocess.CompletedProcess[bytes] = subprocess.run(
            command,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
            **account,
        )
        if ended.returncode:
            raise RuntimeError(f"{program}: {ended.stdout.decode(errors='replace').strip()}")


def _account() -> str | None:
    """Return the account that runs the server, or None for our own."""
    if sys.platform == "win32" or os.geteuid() != 0:
        return None
    import pwd

    names = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in _ACCOUNTS if name in names)


def _group(account: str) -> int:
    if sys.platform == "win32":
        return 0
    import pwd

    return pwd.getpwnam(account).pw_gid
