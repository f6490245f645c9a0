"""Request of one command line call, and declaration of a command."""

import argparse
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from app.cli.argtypes import file_name, readable, refuse_usage
from app.cli.context import CliContext
from app.office.session import OfficeSession
from app.services.credentials import Credentials


@dataclass(frozen=True)
class CliSecrets:
    """Passwords and keys of a call, each empty if not given.

    They are never part of the parsed arguments, so that no log or traceback shows them.
    """

    own: str = field(default="", repr=False)
    new: str = field(default="", repr=False)
    second: str = field(default="", repr=False)
    recovery: str = field(default="", repr=False)


@dataclass(frozen=True)
class CliRequest:
    """Everything a command needs to run.

    `session` is set for commands that declare `needs_office`.
    """

    args: argparse.Namespace
    as_json: bool
    context: CliContext
    secrets: CliSecrets = CliSecrets()
    session: OfficeSession | None = None

    @property
    def office(self) -> OfficeSession:
        """The open office."""
        if self.session is None:
            raise RuntimeError("this command runs without an open office")
        return self.session

    @property
    def folder(self) -> Path:
        """The data folder of `--data`, `MOTCUA_DATA` or the system.

        Raises WrongUsage for a name of broken characters.
        """
        named: Path | None = getattr(self.args, "data", None)
        text = self.context.environment.get("MOTCUA_DATA")
        try:
            return named or (file_name(text) if text else self.context.default_folder())
        except argparse.ArgumentTypeError as error:
            refuse_usage(f"MOTCUA_DATA: {error}", "motcua")

    @property
    def user(self) -> str:
        """The user name: `--user`, else `MOTCUA_USER`, else empty."""
        return getattr(self.args, "user", None) or str(readable(self.context.environment.get("MOTCUA_USER", "")))

    @property
    def pretended_now(self) -> datetime | None:
        """The instant of `--now`, which only a training office accepts."""
        return getattr(self.args, "now", None)

    @property
    def second_credentials(self) -> Credentials | None:
        """The second person's name and password; None without `--second`."""
        name = self.second_name
        return Credentials(name, self.secrets.second) if name else None

    @property
    def second_name(self) -> str:
        """The person of `--second`; empty for none."""
        is_person = getattr(self.args, "command", None) != "backup"
        return (getattr(self.args, "second", None) or "") if is_person else ""


class Command(NamedTuple):
    """A command and what `cli.run` prepares for it.

    `read_secrets` reads secrets beyond the user's own password before the command runs. Subcommands `without_office`
    run without an open office.
    """

    run: Callable[[CliRequest], int]
    needs_office: bool = True
    read_secrets: Callable[[CliRequest], CliSecrets] | None = None
    without_office: frozenset[str] = frozenset()
