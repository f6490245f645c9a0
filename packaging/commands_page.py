"""Command reference: docs/commands.md from the parser of the command line.

`python packaging/commands_page.py` writes the page.
"""

import argparse
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "commands.md"
_INTRODUCTION = """# Commands

This page is generated from the parser by `python packaging/commands_page.py`. Help texts are those of the program, in
Vietnamese. Formats of files and answers are in [formats.md](formats.md).

`python main.py` opens the window. `python main.py COMMAND …`, also `motcua COMMAND …`, runs without Qt.

Exit status: 0 done · 1 refused, with the reason · 2 wrong usage · 3 a fault of the machine, nothing written.
"""


def page() -> str:
    """Return docs/commands.md as text."""
    from app.cli.parser import build_parser

    parser = build_parser()
    shared = "\n".join(_rows(parser))
    parts = [_INTRODUCTION, "## Options of every command\n", shared, "\n## Commands\n"]
    for names, command in _commands(parser, ()):
        parts.append(_section(names, command))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(parts)).rstrip() + "\n"


def _commands(
    parser: argparse.ArgumentParser, names: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], argparse.ArgumentParser]]:
    """Every command and subcommand, in the parser's order."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, child in action.choices.items():
                yield (*names, name), child
                yield from _commands(child, (*names, name))


def _section(names: tuple[str, ...], command: argparse.ArgumentParser) -> str:
    level = "#" * (2 + len(names))
    usage = " ".join(command.format_usage().split()).removeprefix("usage: ").removeprefix("Cách dùng: ")
    usage = usage.replace(_SHARED_USAGE, "")
    rows = "\n".join(_rows(command, own=True))
    return f"{level} {' '.join(names)}\n\n{_sentence(command.description)}\n\n```\n{usage}\n```\n\n{rows}"


_SHARED_USAGE = "[--data DIR] [--json] [--now THỜI ĐIỂM] [--user TÊN] [-h] "
_SHARED = {"--data", "--json", "--now", "--user", "-h"}


def _sentence(text: str | None) -> str:
    return f"{text[:1].upper()}{text[1:].rstrip('.')}." if text else ""


def _rows(parser: argparse.ArgumentParser, own: bool = False) -> Iterator[str]:
    rows = [_row(action) for action in parser._actions if not (own and _SHARED & set(action.option_strings))]
    lines = [row for row in rows if row]
    if lines:
        yield from ("| argument | meaning |", "| --- | --- |", *lines, "")


def _row(action: argparse.Action) -> str:
    if isinstance(action, argparse._SubParsersAction):
        return ""
    names = ", ".join(f"`{name}`" for name in action.option_strings)
    metavar = action.metavar if isinstance(action.metavar, str) else action.dest
    value = "" if action.nargs == 0 else f"`{metavar}`".replace("|", "\\|")
    choices = "" if not action.choices else "one of " + ", ".join(f"`{choice}`" for choice in action.choices)
    meaning = "; ".join(part for part in (str(action.help or ""), choices) if part)
    return f"| {' '.join(part for part in (names, value) if part)} | {meaning} |"


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    PAGE.write_text(page(), encoding="utf-8")
