"""Parser class, argument types and shared options of the command line.

All messages are Vietnamese.
"""

import argparse
import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn

from app.cli.output import COLUMNS, warn
from app.models.instants import office_instant
from app.models.values.days import parse_day

_TRANSLATED = (
    (re.compile(r"the following arguments are required: (.*)"), r"thiếu \1"),
    (re.compile(r"one of the arguments (.*) is required"), r"thiếu một trong các mục: \1"),
    (re.compile(r"argument (\S+): not allowed with argument (\S+)"), r"\1 không đi cùng \2"),
    (re.compile(r"unrecognized arguments: (.*)"), r"không hiểu «\1»"),
    (
        re.compile(r"argument (\S+): invalid choice: (.+?) \(choose from (.*)\)", re.S),
        r"\1: không có \2; chọn một trong \3",
    ),
    (re.compile(r"argument (\S+): expected (one|at least one) argument"), r"\1: thiếu giá trị"),
    (re.compile(r"argument (\S+): ignored explicit argument (.*)"), r"\1 không nhận giá trị \2"),
    (re.compile(r"argument (\S+): invalid int value: (.*)"), r"\1: \2 không phải số nguyên"),
    (re.compile(r"argument (\S+): (.*)"), r"\1: \2"),
)

SECOND_HELP = "người thứ hai cùng chịu trách nhiệm"
_CLOCK = re.compile(r"([0-9]{1,2})(?:[:hg]([0-9]{2})?)", re.IGNORECASE)
_YEARS = re.compile(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}")


class _Help(argparse.HelpFormatter):
    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=COLUMNS - len("Cách dùng") + len("usage"))  # the translated prefix is longer


class WrongUsage(SystemExit):
    """A wrong call, with a sentence for the user; exit status 2."""

    def __init__(self, sentence: str) -> None:
        super().__init__(2)
        self.sentence = sentence


class Parser(argparse.ArgumentParser):
    """A parser with Vietnamese messages; a wrong call ends with exit status 2."""

    def __init__(self, *, add_help: bool = True, **options: Any) -> None:
        super().__init__(add_help=False, allow_abbrev=False, formatter_class=_Help, **options)
        self._positionals.title, self._optionals.title = "tham số", "tùy chọn"
        if add_help:
            self.add_argument("-h", "--help", action="help", help="cách dùng")

    def format_help(self) -> str:
        """Return the help text."""
        return super().format_help().replace("usage: ", "Cách dùng: ", 1)

    def error(self, message: str) -> NoReturn:
        """Print what is wrong with the call and exit.

        Raises WrongUsage.
        """
        for pattern, words in _TRANSLATED:
            if pattern.fullmatch(message):
                message = pattern.sub(words, message)
                break
        refuse_usage(message, self.prog)


def refuse_usage(message: str, prog: str) -> NoReturn:
    """Print what is wrong with a call of a command and exit.

    Raises WrongUsage.
    """
    sentence = f"Sai cách dùng: {message.removesuffix('.')}."
    warn(sentence)
    warn(f"Xem cách dùng: {prog} --help")
    raise WrongUsage(sentence)


def instant(text: str) -> datetime:
    """Parse an instant; the year must be within the working calendar's range."""
    try:
        plain = _iso_instant(text)
        if not _YEARS.match(plain):
            raise ValueError(text)
        return office_instant(plain)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"thời điểm «{text}» không đúng, ghi dạng 2026-02-12T09:30 hoặc 12/02/2026 09:30"
        ) from None


def _iso_instant(text: str) -> str:
    """Return a day in any spelling with a time in ISO 8601.

    Other text is returned as it is.
    """
    typed, _blank, hours = text.strip().rpartition(" ")
    day, clock = parse_day(typed), _CLOCK.fullmatch(hours)
    return f"{day.isoformat()}T{int(clock[1]):02d}:{clock[2] or '00'}" if day and clock else text


def birth_date(text: str) -> str:
    """Return a date of birth in any spelling, or a year alone."""
    if re.fullmatch("[1-9][0-9]{3}", text) is None and parse_day(text) is None:
        raise argparse.ArgumentTypeError(f"«{text}» không phải ngày sinh như 08/03/1999, 1999-03-08 hoặc năm sinh 1999")
    return text


def iso_day(text: str) -> date:
    """Parse a day as `2026-02-12`, or as people type it: `12/02/2026`."""
    day = parse_day(text)
    if day is None or not _YEARS.match(day.isoformat()):
        raise argparse.ArgumentTypeError(f"ngày «{text}» không đúng, ghi dạng 2026-02-12 hoặc 12/02/2026")
    return day


def whole_number(least: int, most: int) -> Callable[[str], int]:
    """Return the type of whole numbers from `least` to `most`."""

    def read(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,12}", text) or not least <= int(text) <= most:
            raise argparse.ArgumentTypeError(f"«{text}» không đúng, ghi số nguyên từ {least} đến {most}")
        return int(text)

    return read


def integer(text: str) -> int:
    """Return a whole number of ASCII digits; the command checks its range."""
    if not re.fullmatch(r"-?[0-9]{1,24}", text):
        raise argparse.ArgumentTypeError(f"«{text}» không phải số nguyên, chỉ ghi chữ số như 8000")
    return int(text)


def file_name(text: str) -> Path:
    """Return a path; a name of characters that no file can have is refused.

    Lone surrogates are bytes of a name that are not UTF-8.
    """
    if any(c == "\0" or "\ud800" <= c <= "\udfff" for c in text):
        shown = "".join(c if c.isprintable() else "?" for c in text)
        raise argparse.ArgumentTypeError(f"tên «{shown}» có ký tự hỏng; đổi tên tệp, thư mục rồi làm lại")
    return Path(text)


def readable(value: Any) -> Any:
    """Return an argument with a mark for each byte that is not UTF-8.

    No database and no output takes a lone surrogate.
    """
    if isinstance(value, str):
        return re.sub("[\ud800-\udfff]", "\ufffd", value)
    if isinstance(value, (list, tuple)):
        return type(value)(map(readable, value))
    return value


def file_or_input(text: str) -> str:
    """Return a name like `file_name`, or «-» for the standard input."""
    file_name(text)
    return text


def correction(text: str) -> tuple[str, str]:
    """Parse `FIELD=VALUE`."""
    name, equals, value = text.partition("=")
    if not equals or not name.strip():
        raise argparse.ArgumentTypeError(f"«{text}» không đúng, ghi dạng MỤC=GIÁ TRỊ")
    return name.strip(), value


def points(text: str) -> tuple[int, int]:
    """Parse `INDEX=POINTS` of a rating."""
    match = re.fullmatch(r"([0-9]{1,2})=([0-9]{1,2})", text)
    if match is None:
        raise argparse.ArgumentTypeError(f"«{text}» không đúng, ghi dạng CHỈ SỐ=ĐIỂM, ví dụ 7=2")
    return int(match[1]), int(match[2])


def shared_options(*, second: bool = True) -> Parser:
    """Return the parser of the options that every command has.

    They are allowed before and after the command. A command with another meaning of `--second` leaves that one out.
    """
    shared = Parser(prog="motcua", add_help=False, argument_default=argparse.SUPPRESS)
    shared.add_argument("--data", type=file_name, metavar="DIR", help="thư mục dữ liệu của cơ quan")
    shared.add_argument("--json", action="store_true", help="chỉ in JSON")
    shared.add_argument("--now", type=instant, metavar="THỜI ĐIỂM", help="giờ giả định (chỉ cơ quan tập huấn)")
    shared.add_argument("--user", metavar="TÊN", help="người đang làm việc")
    if second:
        shared.add_argument("--second", metavar="TÊN", help=SECOND_HELP)
    return shared


AddCommand = Callable[[str, str], Parser]
"""Adds a command or subcommand of a name with its help text."""


def add_subcommands(outer: Parser) -> AddCommand:
    """Return a function that adds subcommands to a command."""
    subparsers = outer.add_subparsers(dest="subcommand", metavar="PHẦN", required=True, parser_class=Parser)
    shared = shared_options()

    def add(name: str, words: str) -> Parser:
        return subparsers.add_parser(name, parents=[shared], help=words, argument_default=argparse.SUPPRESS)

    return add
