"""The verb `numbers`: where the desk's number of a day stands, and two people who set it forward."""

import argparse

from app.cli.output import print_json, print_line
from app.cli.secrets import second_credentials
from app.office.session import OfficeSession
from app.usecases.office.number_repair import (
    GetNumbersState,
    NumbersState,
    RepairNumbers,
    get_numbers_state,
    repair_numbers,
)
from app.wording.number_repairs import counter_lines


def numbers(office: OfficeSession, args: argparse.Namespace, as_json: bool) -> int:
    """Say how the numbers stand, or set the next one."""
    if args.part == "status":
        return _print_state(office.read(get_numbers_state, GetNumbersState(args.day)), as_json)
    wish = RepairNumbers(args.day, args.next, args.reason, second_credentials(args))
    return _print_state(office.write(repair_numbers, wish), as_json)


def _print_state(state: NumbersState, as_json: bool) -> int:
    if as_json:
        print_json(state)
        return 0
    for line in counter_lines(state.day, state.desk, (state.given, state.highest), (state.least, state.most)):
        print_line(line)
    for repair in state.repairs:
        print_line(repair.text)
    return 0


COMMANDS = {"numbers": numbers}
