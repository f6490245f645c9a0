"""The verb `office`: what the office is called, what it was called, and its going on under another name."""

import argparse

from app.cli.files import read_table
from app.cli.output import print_json, print_line, print_pairs
from app.office.session import OfficeSession
from app.services.former_offices import FormerOffice
from app.usecases.office.succession import ListFormerOffices, list_former_offices


def office(office: OfficeSession, args: argparse.Namespace, as_json: bool) -> int:
    """Show the office, or let it go on as another."""
    if args.part == "show":
        now = office.facts.office
        return _print_office(now.name, now.agency_code, office.read(list_former_offices, ListFormerOffices()), as_json)
    after, formers = office.succeed(read_table(args.office), args.decision, args.day)
    return _print_office(after.name, after.agency_code, formers, as_json)


def _print_office(name: str, agency_code: str, formers: tuple[FormerOffice, ...], as_json: bool) -> int:
    if as_json:
        print_json({"office": name, "agency_code": agency_code, "formers": formers})
        return 0
    print_pairs([("Cơ quan", f"{name} ({agency_code})")])
    for former in formers:
        print_line(
            f"Trước ngày {former.until}: {former.name} ({former.agency_code}); {former.decision}. Mã cũ vẫn tra được."
        )
    return 0


COMMANDS = {"office": office}
