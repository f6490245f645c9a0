"""The verb `blanks`: receipts printed with their numbers for hours without power."""

import argparse

from app.cli.files import ready_for, write_whole
from app.cli.output import say, say_json, say_table
from app.models.enums import PaperSize
from app.models.errors import Fault, Refusal
from app.models.instants import local
from app.office.session import OpenOffice
from app.services.intake.preprinted import BlankLine
from app.usecases.intake.preprinted import ListBlanks, PrintBlanks, SpoilBlanks, list_blanks, print_blanks, spoil_blanks

_NOT_WRITTEN = "Không ghi được tệp để in"


def blanks(office: OpenOffice, asked: argparse.Namespace, as_json: bool) -> int:
    """Print blanks, list those not yet entered, or note that some were thrown away."""
    if asked.count is not None:
        return _print(office, asked, as_json)
    if asked.cancel is not None:
        return _say_lines(office.write(spoil_blanks, SpoilBlanks(tuple(asked.cancel), asked.note)), as_json)
    return _say_lines(office.read(list_blanks, ListBlanks()), as_json)


def _print(office: OpenOffice, asked: argparse.Namespace, as_json: bool) -> int:
    """Numbers first, then the file; sheets that could not be written are spoilt, their numbers given to nobody."""
    if asked.out is None:
        raise Refusal("out_missing", "out")
    ready_for(asked.out)
    printed = office.write(print_blanks, PrintBlanks(asked.count, asked.on, PaperSize(asked.paper)))
    try:
        write_whole(asked.out, printed.pdf)
    except (Refusal, Fault):
        office.write(spoil_blanks, SpoilBlanks(tuple(line.code for line in printed.blanks), _NOT_WRITTEN))
        raise
    codes = [line.code for line in printed.blanks]
    if as_json:
        say_json({"file": str(asked.out), "pages": printed.pages, "blanks": printed.blanks})
    else:
        say(f"Đã ghi {len(codes)} giấy tiếp nhận in sẵn ({printed.pages} trang) vào {asked.out}.")
        say(f"Từ {codes[0]} đến {codes[-1]}." if len(codes) > 1 else f"Mã {codes[0]}.")
    return 0


def _say_lines(lines: tuple[BlankLine, ...], as_json: bool) -> int:
    if as_json:
        for line in lines:
            say_json(line)
        return 0
    if not lines:
        say("Không còn giấy in sẵn nào chưa dùng.")
        return 0
    rows = [(line.code, f"{line.day:%d/%m/%Y}", f"{local(line.printed_at):%H:%M %d/%m/%Y}") for line in lines]
    say_table(("MÃ IN SẴN", "NGÀY TRONG MÃ", "IN LÚC"), rows, (36, 16, 18))
    return 0


VERBS = {"blanks": blanks}
