"""Requests hide secrets; the table of commands is complete."""

from argparse import Namespace
from importlib import import_module
from typing import Any, cast

import pytest

from app.cli.parser import build_parser
from app.cli.request import CliRequest, CliSecrets, Command
from app.cli.run import _COMMAND_MODULES
from tests.architecture.frozen_parser import leaf_commands

CONTEXT: Any = None


def test_repr_of_request_hides_secrets() -> None:
    secrets = CliSecrets(own="secret-1", new="secret-2", second="secret-3", recovery="secret-4")
    request = CliRequest(Namespace(second="Lê Văn Hai"), False, CONTEXT, secrets)
    assert "secret-" not in repr(request)
    assert request.second_credentials is not None
    assert (request.second_credentials.name, request.second_credentials.secret) == ("Lê Văn Hai", "secret-3")


def test_office_of_command_without_office_is_a_bug() -> None:
    with pytest.raises(RuntimeError):
        _ = CliRequest(Namespace(), False, CONTEXT).office


def test_table_names_the_module_of_every_command() -> None:
    for module, names in _COMMAND_MODULES.items():
        commands = cast(dict[str, Command], import_module(f"app.cli.commands.{module}").COMMANDS)
        assert set(commands) == set(names)
        assert all(isinstance(command, Command) for command in commands.values())
    listed = {name for names in _COMMAND_MODULES.values() for name in names}
    assert listed == {name.split()[0] for name in leaf_commands(build_parser())}
