"""The verb `print`: a paper of a dossier or of several, the register of a period, each into a PDF."""

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from app.cli.files import ready_for, write_whole
from app.cli.jsonl import as_json as line_value
from app.cli.jsonl import lines, opened
from app.cli.output import refused, say, say_json, warn
from app.models.enums import PaperForm, PaperSize, PrintStatus
from app.models.errors import Fault, Refusal
from app.models.instants import local_day
from app.office.session import OpenOffice
from app.services.documents.header import REGISTER
from app.services.documents.prepared import Prepared
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
from app.wording.refusals import sentence


def print_paper(office: OpenOffice, asked: argparse.Namespace, as_json: bool) -> int:
    """Lay a paper out into a PDF file; each copy of a dossier's paper is on record before the file is written."""
    size = PaperSize(asked.paper) if asked.paper else None
    if asked.fields and asked.form != REGISTER:
        raise Refusal("field_without_register", "field")
    if asked.form in _LISTS:
        return _LISTS[asked.form](office, asked, size, as_json)
    prepared = _prepared(office, asked, size)
    _write(office, prepared, asked.out)
    return _say(asked, prepared.form, prepared.pages, prepared.copies, as_json)


def _write(office: OpenOffice, prepared: Prepared, file: Path) -> None:
    """Put a paper into a file, and on record what became of its copies."""
    try:
        write_whole(file, prepared.pdf)
    except (Refusal, Fault):
        office.write(record_prints, RecordPrints(prepared.print_ids, PrintStatus.FAILED))
        raise
    office.write(record_prints, RecordPrints(prepared.print_ids, PrintStatus.PRINTED))


def refuse(office: OpenOffice, asked: argparse.Namespace, as_json: bool) -> int:
    """Turn somebody away for each line: a numbered slip, no dossier. A bad line is refused and the next goes on."""
    if asked.out is not None:
        ready_for(asked.out / "tu-choi.pdf")
    with opened(asked.file) as source:
        for line in lines(source):
            say_json(_turned_away(office, line, asked.out))
    return 0


def _turned_away(office: OpenOffice, line: bytes, folder: Path | None) -> Any:
    try:
        command = RefuseAtCounter.read(line_value(line), local_day(office.now()))
        turned = office.write(refuse_at_counter, command)
    except Refusal as refusal:
        return refused(refusal)
    file = None if folder is None else _slip_file(office, turned.code, folder)
    told = {"number": turned.number, "code": turned.code, "refused_at": turned.refused_at}
    return {**told, "file": None if file is None else str(file)}


def _slip_file(office: OpenOffice, code: str, folder: Path) -> Path | None:
    """The slip as a file under its own code, None where it could not be made: the slip is kept by then and its number
    given, so the line is answered as done and the paper printed later by its code."""
    file = folder / f"tu-choi-{code.removeprefix('PTC-')}.pdf"
    try:
        _write(office, office.write(prepare_paper, PreparePaper(code, PaperForm.REFUSAL)), file)
    except (Refusal, Fault) as failed:
        warn(f"{code}: {sentence(failed)} Phiếu đã lưu, in lại bằng: print refusal {code} --out TỆP.pdf")
        return None
    return file


def _prepared(office: OpenOffice, asked: argparse.Namespace, size: PaperSize | None) -> Prepared:
    form, codes = PaperForm(asked.form), tuple(asked.codes)
    if not codes:
        raise Refusal("print_code_missing", "code")
    if len(codes) == 1:
        return office.write(prepare_paper, PreparePaper(codes[0], form, asked.copies, size))
    if form == PaperForm.BATCH:
        return office.write(prepare_batch, PrepareBatch(codes, asked.copies, size))
    if form != PaperForm.HANDOVER:
        raise Refusal("print_one_code", "code")
    copies = 1 if asked.copies is None else asked.copies
    return office.read(prepare_handover_list, PrepareHandoverList(codes, copies, size))


def _register(office: OpenOffice, asked: argparse.Namespace, size: PaperSize | None, as_json: bool) -> int:
    if asked.codes:
        raise Refusal("register_no_code", "code")
    if asked.first is None or asked.last is None:
        raise Refusal("register_period_missing", "from" if asked.first is None else "to")
    _one_copy(asked)
    drawn = office.read(prepare_register, PrepareRegister(asked.first, asked.last, size, tuple(asked.fields)))
    write_whole(asked.out, drawn.pdf)
    return _say(asked, REGISTER, drawn.pages, 1, as_json)


def _cash(office: OpenOffice, asked: argparse.Namespace, size: PaperSize | None, as_json: bool) -> int:
    if asked.codes:
        raise Refusal("cash_no_code", "code")
    first, last = (asked.on, asked.on) if asked.on else (asked.first, asked.last)
    if first is None or last is None:
        raise Refusal("cash_day_missing", "on")
    _one_copy(asked)
    drawn = office.read(prepare_cash, PrepareCash(first, last, asked.by, size))
    write_whole(asked.out, drawn.pdf)
    return _say(asked, CASH, drawn.pages, 1, as_json)


def _one_copy(asked: argparse.Namespace) -> None:
    if asked.copies not in (None, 1):
        raise Refusal("copies_range", "copies", most=1)


_LISTS = {REGISTER: _register, CASH: _cash}


def _say(asked: argparse.Namespace, form: str, pages: int, copies: int, as_json: bool) -> int:
    answer: dict[str, Any] = {"file": str(asked.out), "form": form, "pages": pages, "copies": copies}
    if as_json:
        say_json(answer)
    else:
        say(f"Đã ghi {copies} bản ({pages} trang) vào {asked.out}.")
    return 0


VERBS: Mapping[str, Callable[[OpenOffice, argparse.Namespace, bool], int]] = {
    "print": print_paper,
    "refuse-at-counter": refuse,
}
