"""The verb `print`: a paper of a dossier or of several, the register of a period, each into a PDF."""

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from app.cli.files import check_writable, write_atomically
from app.cli.jsonl import as_json as parse_line
from app.cli.jsonl import open_input, read_lines
from app.cli.output import print_json, print_line, refusal_to_json, warn
from app.models.enums import PaperForm, PaperSize, PrintStatus
from app.models.errors import Fault, Refusal
from app.models.instants import local_day
from app.office.session import OfficeSession
from app.services.documents.header import REGISTER
from app.services.documents.prepared import PreparedDocument
from app.usecases.documents.cash_sheet import CASH, PrepareCash, prepare_cash
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
from app.wording.refusals import error_sentence


def print_paper(office: OfficeSession, args: argparse.Namespace, as_json: bool) -> int:
    """Lay a paper out into a PDF file; each copy of a dossier's paper is on record before the file is written."""
    size = PaperSize(args.paper) if args.paper else None
    if args.fields and args.form != REGISTER:
        raise Refusal("field_without_register", "field")
    if args.form in _LISTS:
        return _LISTS[args.form](office, args, size, as_json)
    prepared = _prepare(office, args, size)
    _write(office, prepared, args.out)
    return _print_result(args, prepared.form, prepared.pages, prepared.copies, as_json)


def _write(office: OfficeSession, prepared: PreparedDocument, file: Path) -> None:
    """Put a paper into a file, and on record what became of its copies."""
    try:
        write_atomically(file, prepared.pdf)
    except (Refusal, Fault):
        office.write(record_prints, RecordPrints(prepared.print_ids, PrintStatus.FAILED))
        raise
    office.write(record_prints, RecordPrints(prepared.print_ids, PrintStatus.PRINTED))


def refuse_at_counter_lines(office: OfficeSession, args: argparse.Namespace, as_json: bool) -> int:
    """Turn somebody away for each line: a numbered slip, no dossier. A bad line is refused and the next goes on."""
    if args.out is not None:
        check_writable(args.out / "tu-choi.pdf")
    with open_input(args.file) as source:
        for line in read_lines(source):
            print_json(_refuse_line(office, line, args.out))
    return 0


def _refuse_line(office: OfficeSession, line: bytes, folder: Path | None) -> Any:
    try:
        command = RefuseAtCounter.read(parse_line(line), local_day(office.now()))
        turned = office.write(refuse_at_counter, command)
    except Refusal as refusal:
        return refusal_to_json(refusal)
    file = None if folder is None else _write_slip(office, turned.code, folder)
    told = {"number": turned.number, "code": turned.code, "refused_at": turned.refused_at}
    return {**told, "file": None if file is None else str(file)}


def _write_slip(office: OfficeSession, code: str, folder: Path) -> Path | None:
    """The slip as a file under its own code, None where it could not be made: the slip is kept by then and its number
    given, so the line is answered as done and the paper printed later by its code."""
    file = folder / f"tu-choi-{code.removeprefix('PTC-')}.pdf"
    try:
        _write(office, office.write(prepare_paper, PreparePaper(code, PaperForm.REFUSAL)), file)
    except (Refusal, Fault) as failed:
        warn(f"{code}: {error_sentence(failed)} Phiếu đã lưu, in lại bằng: print refusal {code} --out TỆP.pdf")
        return None
    return file


def _prepare(office: OfficeSession, args: argparse.Namespace, size: PaperSize | None) -> PreparedDocument:
    form, codes = PaperForm(args.form), tuple(args.codes)
    if not codes:
        raise Refusal("print_code_missing", "code")
    if len(codes) == 1:
        return office.write(prepare_paper, PreparePaper(codes[0], form, args.copies, size))
    if form == PaperForm.BATCH:
        return office.write(prepare_batch, PrepareBatch(codes, args.copies, size))
    if form != PaperForm.HANDOVER:
        raise Refusal("print_one_code", "code")
    copies = 1 if args.copies is None else args.copies
    return office.read(prepare_handover_list, PrepareHandoverList(codes, copies, size))


def _register(office: OfficeSession, args: argparse.Namespace, size: PaperSize | None, as_json: bool) -> int:
    if args.codes:
        raise Refusal("register_no_code", "code")
    if args.first is None or args.last is None:
        raise Refusal("register_period_missing", "from" if args.first is None else "to")
    _check_one_copy(args)
    drawn = office.read(prepare_register, PrepareRegister(args.first, args.last, size, tuple(args.fields)))
    write_atomically(args.out, drawn.pdf)
    return _print_result(args, REGISTER, drawn.pages, 1, as_json)


def _cash(office: OfficeSession, args: argparse.Namespace, size: PaperSize | None, as_json: bool) -> int:
    if args.codes:
        raise Refusal("cash_no_code", "code")
    first, last = (args.on, args.on) if args.on else (args.first, args.last)
    if first is None or last is None:
        raise Refusal("cash_day_missing", "on")
    _check_one_copy(args)
    drawn = office.read(prepare_cash, PrepareCash(first, last, args.by, size))
    write_atomically(args.out, drawn.pdf)
    return _print_result(args, CASH, drawn.pages, 1, as_json)


def _check_one_copy(args: argparse.Namespace) -> None:
    if args.copies not in (None, 1):
        raise Refusal("copies_range", "copies", most=1)


_LISTS = {REGISTER: _register, CASH: _cash}


def _print_result(args: argparse.Namespace, form: str, pages: int, copies: int, as_json: bool) -> int:
    answer: dict[str, Any] = {"file": str(args.out), "form": form, "pages": pages, "copies": copies}
    if as_json:
        print_json(answer)
    else:
        print_line(f"Đã ghi {copies} bản ({pages} trang) vào {args.out}.")
    return 0


COMMANDS: Mapping[str, Callable[[OfficeSession, argparse.Namespace, bool], int]] = {
    "print": print_paper,
    "refuse-at-counter": refuse_at_counter_lines,
}
