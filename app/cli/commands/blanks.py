"""The command `blanks`: preprinted receipts for use without power."""

from app.cli.files import check_writable, write_atomically
from app.cli.output import print_json, print_line, print_table
from app.cli.request import CliRequest, Command
from app.models.enums import PaperSize
from app.models.errors import Fault, Refusal
from app.models.instants import local
from app.services.dossier_lines import PreprintedLine
from app.usecases.intake.preprinted import (
    DiscardPreprinted,
    ListPreprinted,
    PrintPreprinted,
    discard_preprinted,
    list_preprinted,
    print_preprinted,
)

_NOT_WRITTEN = "Không ghi được tệp để in"


def blanks(request: CliRequest) -> int:
    """Print preprinted receipts, list the unused ones, or discard some."""
    args = request.args
    if args.count is not None:
        return _print(request)
    if args.cancel is not None:
        discarded = request.office.write(discard_preprinted, DiscardPreprinted(tuple(args.cancel), args.note))
        return _print_lines(discarded, request.as_json)
    return _print_lines(request.office.read(list_preprinted, ListPreprinted()), request.as_json)


def _print(request: CliRequest) -> int:
    """Reserve numbers and write the receipts into a file.

    The numbers are discarded if writing fails.

    Raises Refusal `out_missing`, `out_unwritable`, Fault `disk_full`.
    """
    office, args = request.office, request.args
    if args.out is None:
        raise Refusal("out_missing", "out")
    check_writable(args.out)
    printed = office.write(print_preprinted, PrintPreprinted(args.count, args.on, PaperSize(args.paper)))
    try:
        write_atomically(args.out, printed.pdf)
    except (Refusal, Fault):
        unused = tuple(line.code for line in printed.receipts)
        office.write(discard_preprinted, DiscardPreprinted(unused, _NOT_WRITTEN))
        raise
    codes = [line.code for line in printed.receipts]
    if request.as_json:
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


COMMANDS = {"blanks": Command(blanks)}
