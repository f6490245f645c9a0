"""The commands `print` and `refuse-at-counter`."""

from argparse import Namespace
from pathlib import Path
from typing import Any

from app.cli.files import check_writable, write_atomically
from app.cli.jsonl import open_input, parse_line, read_lines
from app.cli.output import print_json, print_line, refusal_to_json, warn
from app.cli.request import CliRequest, Command
from app.models.enums import PaperForm, PaperSize, PrintStatus
from app.models.errors import Fault, Refusal
from app.office.session import OfficeSession
from app.services.documents.header import REGISTER
from app.services.documents.prepared import PreparedDocument
from app.usecases.documents.cash_sheet import CASH, PrepareCash, prepare_cash
from app.usecases.documents.posted_papers import POSTED, PreparePosted, prepare_posted
from app.usecases.documents.prepare import (
    PrepareBatch,
    PrepareHandoverList,
    PreparePaper,
    RecordPrints,
    prepare_batch,
    prepare_handover_list,
    prepare_paper,
    record_prints,
)
from app.usecases.documents.register import PrepareRegister, prepare_register
from app.usecases.intake.turn_away import RefuseAtCounter, refuse_at_counter
from app.wording.documents.posted import varying_count
from app.wording.refusals import error_sentence


def print_paper(request: CliRequest) -> int:
    """Write a document into a PDF file.

    Each copy of a dossier's document is recorded before the file is written.
    """
    args = request.args
    if args.form in POSTED:
        return _posted(request)
    if args.paper == "A3":
        raise Refusal("paper_not_posted", "paper", text=args.paper)
    size = PaperSize(args.paper) if args.paper else None
    if args.fields and args.form != REGISTER:
        raise Refusal("field_without_register", "field")
    if args.form in _LISTS:
        return _LISTS[args.form](request, size)
    prepared = _prepare(request, size)
    _write(request.office, prepared, args.out)
    return _print_result(request, args.form, prepared.pages, prepared.copies)


def _posted(request: CliRequest) -> int:
    """Write a paper for the notice board or the shelf."""
    args = request.args
    query = PreparePosted(args.form, tuple(args.codes), tuple(args.fields), args.paper or "A4", args.on)
    posted = request.office.read(prepare_posted, query)
    if posted.varying:
        warn(varying_count(posted.varying))
    write_atomically(args.out, posted.pdf)
    return _print_result(request, posted.form, posted.pages, 1)


def _write(office: OfficeSession, prepared: PreparedDocument, file: Path) -> None:
    """Write a document into a file and record its copies."""
    try:
        write_atomically(file, prepared.pdf)
    except (Refusal, Fault):
        office.write(record_prints, RecordPrints(prepared.print_ids, PrintStatus.FAILED))
        raise
    office.write(record_prints, RecordPrints(prepared.print_ids, PrintStatus.PRINTED))


def refuse_at_counter_lines(request: CliRequest) -> int:
    """Record a refusal at the counter for each JSON line.

    Each gets a numbered slip and no dossier.
    A refused line does not stop the next.
    """
    args = request.args
    if args.out is not None:
        check_writable(args.out / "tu-choi.pdf")
    with open_input(args.file) as source:
        for line in read_lines(source):
            print_json(_refuse_line(request.office, line, args.out))
    return 0


def _refuse_line(office: OfficeSession, line: bytes, folder: Path | None) -> dict[str, Any]:
    try:
        command = RefuseAtCounter.read(parse_line(line), office.entry_day())
        slip = office.write(refuse_at_counter, command)
    except Refusal as refusal:
        return refusal_to_json(refusal)
    file = None if folder is None else _write_slip(office, slip.code, folder)
    path = None if file is None else str(file)
    return {"number": slip.number, "code": slip.code, "refused_at": slip.refused_at, "file": path}


def _write_slip(office: OfficeSession, code: str, folder: Path) -> Path | None:
    """Write a slip into a file named after its code; None if that fails.

    The slip is already committed, so the line counts as done and the slip can be printed later.
    """
    file = folder / f"tu-choi-{code.removeprefix('PTC-')}.pdf"
    try:
        _write(office, office.write(prepare_paper, PreparePaper(code, PaperForm.REFUSAL)), file)
    except (Refusal, Fault) as error:
        warn(f"{code}: {error_sentence(error)} Phiếu đã lưu, in lại bằng: print refusal {code} --out TỆP.pdf")
        return None
    return file


def _prepare(request: CliRequest, size: PaperSize | None) -> PreparedDocument:
    office, args = request.office, request.args
    form, codes = PaperForm(args.form), tuple(args.codes)
    if not codes:
        raise Refusal("print_code_missing", "code")
    if len(codes) == 1:
        return office.write(prepare_paper, PreparePaper(codes[0], form, args.copies, size))
    if form == PaperForm.BATCH:
        return office.write(prepare_batch, PrepareBatch(codes, args.copies, size))
    if form != PaperForm.HANDOVER:
        raise Refusal("print_one_code", "code")
    return office.write(prepare_handover_list, PrepareHandoverList(codes, args.copies, size))


def _register(request: CliRequest, size: PaperSize | None) -> int:
    args = request.args
    if args.codes:
        raise Refusal("register_no_code", "code")
    if args.first is None or args.last is None:
        raise Refusal("register_period_missing", "from" if args.first is None else "to")
    _check_one_copy(args)
    command = PrepareRegister(args.first, args.last, size, tuple(args.fields))
    document = request.office.read(prepare_register, command)
    write_atomically(args.out, document.pdf)
    return _print_result(request, REGISTER, document.pages, 1)


def _cash(request: CliRequest, size: PaperSize | None) -> int:
    args = request.args
    if args.codes:
        raise Refusal("cash_no_code", "code")
    first, last = (args.on, args.on) if args.on else (args.first, args.last)
    if first is None or last is None:
        raise Refusal("cash_day_missing", "on")
    _check_one_copy(args)
    document = request.office.read(prepare_cash, PrepareCash(first, last, args.by, size))
    write_atomically(args.out, document.pdf)
    return _print_result(request, CASH, document.pages, 1)


def _check_one_copy(args: Namespace) -> None:
    if args.copies not in (None, 1):
        raise Refusal("copies_range", "copies", most=1)


_LISTS = {REGISTER: _register, CASH: _cash}


def _print_result(request: CliRequest, form: str, pages: int, copies: int) -> int:
    if request.as_json:
        print_json({"file": str(request.args.out), "form": form, "pages": pages, "copies": copies})
    else:
        print_line(f"Đã ghi {copies} bản ({pages} trang) vào {request.args.out}.")
    return 0


COMMANDS = {
    "print": Command(print_paper),
    "refuse-at-counter": Command(refuse_at_counter_lines),
}
