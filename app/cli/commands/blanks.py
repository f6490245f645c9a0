"""The verb `blanks`: receipts printed with their numbers for hours without power."""

import argparse

from app.cli.files import check_writable, write_atomically
from app.cli.output import print_json, print_line, print_table
from app.models.enums import PaperSize
from app.models.errors import Fault, Refusal
from app.models.instants import local
from app.office.session import OfficeSession
from app.services.intake.preprinted import PreprintedLine
from app.usecases.intake.preprinted import (
    DiscardPreprinted,
    ListPreprinted,
    PrintPreprinted,
    discard_preprinted,
    list_preprinted,
    print_preprinted,
)

_NOT_WRITTEN = "Không ghi được tệp để in"


def blanks(office: OfficeSession, args: argparse.Namespace, as_json: bool) -> int:
    """Print blanks, list those not yet entered, or note that some were thrown away."""
    if args.count is not None:
        return _print(office, args, as_json)
    if args.cancel is not None:
        return _print_lines(office.write(discard_preprinted, DiscardPreprinted(tuple(args.cancel), args.note)), as_json)
    return _print_lines(office.read(list_preprinted, ListPreprinted()), as_json)


def _print(office: OfficeSession, args: argparse.Namespace, as_json: bool) -> int:
    """Numbers first, then the file; sheets that could not be written are spoilt, their numbers given to nobody."""
    if args.out is None:
        raise Refusal("out_missing", "out")
    check_writable(args.out)
    printed = office.write(print_preprinted, PrintPreprinted(args.count, args.on, PaperSize(args.paper)))
    try:
        write_atomically(args.out, printed.pdf)
    except (Refusal, Fault):
        office.write(discard_preprinted, DiscardPreprinted(tuple(line.code for line in printed.receipts), _NOT_WRITTEN))
        raise
    codes = [line.code for line in printed.receipts]
    if as_json:
        print_json({"file": str(args.out), "pages": printed.pages, "blanks": printed.receipts})
    else:
        print_line(f"Đã ghi {len(codes)} giấy tiếp nhận in sẵn ({printed.pages} trang) vào {args.out}.")
        print_line(f"Từ {codes[0]} đến {codes[-1]}." if len(codes) > 1 else f"Mã {codes[0]}.")
    return 0


def _print_lines(lines: tuple[PreprintedLine, ...], as_json: bool) -> int:
    if as_json:
        for line in lines:
            print_json(line)
        return 0
    if not lines:
        print_line("Không còn giấy in sẵn nào chưa dùng.")
        return 0
    rows = [(line.code, f"{line.day:%d/%m/%Y}", f"{local(line.printed_at):%H:%M %d/%m/%Y}") for line in lines]
    print_table(("MÃ IN SẴN", "NGÀY TRONG MÃ", "IN LÚC"), rows, (36, 16, 18))
    return 0


COMMANDS = {"blanks": blanks}
