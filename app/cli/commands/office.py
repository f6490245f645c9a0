"""The verb `office`: what the office is called, what it was called, and its going on under another name."""

import argparse

from app.cli.files import read_table
from app.cli.output import say, say_json, say_pairs
from app.office.session import OpenOffice
from app.services.former_offices import FormerOffice
from app.usecases.office.succession import AskOffices, ask_offices


def office(office: OpenOffice, asked: argparse.Namespace, as_json: bool) -> int:
    """Show the office, or let it go on as another."""
    if asked.part == "show":
        now = office.facts.office
        return _say(now.name, now.agency_code, office.read(ask_offices, AskOffices()), as_json)
    after, formers = office.succeed(read_table(asked.office), asked.decision, asked.day)
    return _say(after.name, after.agency_code, formers, as_json)


def _say(name: str, agency_code: str, formers: tuple[FormerOffice, ...], as_json: bool) -> int:
    if as_json:
        say_json({"office": name, "agency_code": agency_code, "formers": formers})
        return 0
    say_pairs([("Cơ quan", f"{name} ({agency_code})")])
    for former in formers:
        say(f"Trước ngày {former.until}: {former.name} ({former.agency_code}); {former.decision}. Mã cũ vẫn tra được.")
    return 0


VERBS = {"office": office}
