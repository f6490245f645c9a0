"""The verb `numbers`: where the desk's number of a day stands, and two people who set it forward."""

import argparse

from app.cli.output import say, say_json
from app.cli.secrets import second_of
from app.office.session import OpenOffice
from app.usecases.office.number_repair import AskNumbers, NumbersState, RepairNumbers, ask_numbers, repair_numbers
from app.wording.number_repairs import numbers_lines


def numbers(office: OpenOffice, asked: argparse.Namespace, as_json: bool) -> int:
    """Say how the numbers stand, or set the next one."""
    if asked.part == "status":
        return _say(office.read(ask_numbers, AskNumbers(asked.day)), as_json)
    wish = RepairNumbers(asked.day, asked.next, asked.reason, second_of(asked))
    return _say(office.write(repair_numbers, wish), as_json)


def _say(state: NumbersState, as_json: bool) -> int:
    if as_json:
        say_json(state)
        return 0
    for line in numbers_lines(state.day, state.desk, (state.given, state.highest), (state.least, state.most)):
        say(line)
    for repair in state.repairs:
        say(repair.told)
    return 0


VERBS = {"numbers": numbers}
