"""The command `office`: current and former names, and renaming."""

from app.cli.files import read_table
from app.cli.output import print_json, print_line, print_pairs
from app.cli.request import CliRequest, Command
from app.services.former_offices import FormerOffice
from app.settings import Office
from app.usecases.office.succession import ListFormerOffices, list_former_offices


def office(request: CliRequest) -> int:
    """Print the office and its former names, or rename it by a decision."""
    args = request.args
    if args.subcommand == "show":
        formers = request.office.read(list_former_offices, ListFormerOffices())
        return _print_office(request.office.facts.office, formers, request.as_json)
    successor, formers = request.office.succeed(read_table(args.office), args.decision, args.day)
    return _print_office(successor, formers, request.as_json)


def _print_office(office: Office, formers: tuple[FormerOffice, ...], as_json: bool) -> int:
    if as_json:
        print_json({"office": office.name, "agency_code": office.agency_code, "formers": formers})
        return 0
    print_pairs([("Cơ quan", f"{office.name} ({office.agency_code})")])
    for former in formers:
        print_line(
            f"Trước ngày {former.until}: {former.name} ({former.agency_code}); {former.decision}. Mã cũ vẫn tra được."
        )
    return 0


COMMANDS = {"office": Command(office)}
