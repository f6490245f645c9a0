"""Read the commands, options and choices of an argparse parser."""

import argparse
from collections.abc import Iterator

_REPEATED = ("_AppendAction", "_ExtendAction")
_VALUES = {0: "", None: " VALUE", "?": " [VALUE]", "*": " [VALUE ...]", "+": " VALUE ..."}


def leaf_commands(parser: argparse.ArgumentParser) -> set[str]:
    """Return the commands that have no subcommands."""
    return {command for command, _ in _leaves(parser, "")}


def command_names(parser: argparse.ArgumentParser) -> set[str]:
    """Return every command with its options, positionals and choices.

    Options of the whole program have one name. A command that lacks such an option has a name for that.
    """
    shared = _options(parser)
    names = {f"every command: {name}" for name in shared}
    for command, leaf in _leaves(parser, ""):
        own = _options(leaf)
        names.add(command)
        names |= {f"{command}: lacks {name}" for name in shared - own}
        names |= {f"{command}: {name}" for name in own - shared}
        names |= {f"{command}: {name}" for name in _positionals(leaf)}
    return names


def _leaves(parser: argparse.ArgumentParser, command: str) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    parts = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    if not parts:
        yield command, parser
    for action in parts:
        for name, part in action.choices.items():
            yield from _leaves(part, f"{command} {name}".strip())


def _options(parser: argparse.ArgumentParser) -> set[str]:
    return {
        name for action in parser._actions for option in action.option_strings for name in _described(action, option)
    }


def _positionals(parser: argparse.ArgumentParser) -> set[str]:
    plain = [action for action in parser._actions if not action.option_strings]
    return {
        name
        for place, action in enumerate(plain, 1)
        for name in _described(action, f"argument {place} {action.metavar or action.dest}")
    }


def _described(action: argparse.Action, name: str) -> Iterator[str]:
    """Yield the name with its number of values, then with each choice."""
    values = _VALUES.get(action.nargs, f" {action.nargs} VALUES")
    repeated = " repeatable" * (type(action).__name__ in _REPEATED)
    required = " required" * (action.required and bool(action.option_strings))
    yield f"{name}{values}{repeated}{required}"
    yield from (f"{name} {choice}" for choice in action.choices or ())
