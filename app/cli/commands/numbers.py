"""The command `numbers`: the number counter of the desk.

Two people may set the next number of a day, forwards only.
"""

from app.cli.output import print_json, print_line
from app.cli.request import CliRequest, Command
from app.usecases.office.number_repair import (
    GetNumbersState,
    NumbersState,
    RepairNumbers,
    get_numbers_state,
    repair_numbers,
)
from app.wording.number_repairs import counter_lines


def numbers(request: CliRequest) -> int:
    """Print the state of the counter, or set its next number."""
    args = request.args
    if args.subcommand == "status":
        return _print_state(request.office.read(get_numbers_state, GetNumbersState(args.day)), request.as_json)
    command = RepairNumbers(args.day, args.next, args.reason, request.second_credentials)
    return _print_state(request.office.write(repair_numbers, command), request.as_json)


def _print_state(state: NumbersState, as_json: bool) -> int:
    if as_json:
        print_json(state)
        return 0
    for line in counter_lines(state.day, state.desk, (state.given, state.highest), (state.least, state.most)):
        print_line(line)
    for repair in state.repairs:
        print_line(repair.text)
    return 0


COMMANDS = {"numbers": Command(numbers)}
