"""Parser class of the receiver's commands; all messages are Vietnamese.

The receiver is a program of its own and imports neither the command line nor the wording of the counter.
"""

import argparse
import re
import sys
from typing import Any, NoReturn

_TRANSLATED = (
    (re.compile(r"the following arguments are required: (.*)"), r"thiếu \1"),
    (re.compile(r"unrecognized arguments: (.*)"), r"không hiểu «\1»"),
    (
        re.compile(r"argument (\S+): invalid choice: (.+?) \(choose from (.*)\)", re.DOTALL),
        r"\1: không có \2; chọn một trong \3",
    ),
    (re.compile(r"argument (\S+): expected (one|at least one) argument"), r"\1: thiếu giá trị"),
    (re.compile(r"argument (\S+): ignored explicit argument (.*)"), r"\1 không nhận giá trị \2"),
    (re.compile(r"ambiguous option: (.*) could match (.*)"), r"\1 có thể là \2"),
    (re.compile(r"argument (\S+): (.*)"), r"\1: \2"),
)
_WRONG_USAGE = 2


def whole_number(text: str) -> int:
    """Return a number of at most nine ASCII digits.

    `int` alone also reads `1_0` and digits of other scripts.

    Raises ArgumentTypeError.
    """
    if not re.fullmatch("[0-9]{1,9}", text):
        raise argparse.ArgumentTypeError(f"{text!r} không phải số nguyên")
    return int(text)


class Parser(argparse.ArgumentParser):
    """A parser with Vietnamese messages; a wrong call ends with exit status 2."""

    def __init__(self, **options: Any) -> None:
        super().__init__(add_help=False, **options)
        self._positionals.title, self._optionals.title = "tham số", "tùy chọn"
        self.add_argument("-h", "--help", action="help", help="cách dùng")

    def format_help(self) -> str:
        """Return the help text."""
        return super().format_help().replace("usage: ", "Cách dùng: ", 1)

    def error(self, message: str) -> NoReturn:
        """Print what is wrong with the call and exit.

        Raises SystemExit.
        """
        for pattern, words in _TRANSLATED:
            if pattern.fullmatch(message):
                message = pattern.sub(words, message)
                break
        sys.stderr.write(f"Sai cách dùng: {message}.\nXem cách dùng: {self.prog} --help\n")
        raise SystemExit(_WRONG_USAGE)
