"""The verb `print`: a paper of a dossier, a hand-over list of several, the register of a period, each into a PDF."""

import argparse
from typing import Any

from app.cli.answers import say, say_json
from app.cli.files import write_whole
from app.cli.surroundings import OpenOffice
from app.models.values import PaperForm, PaperSize, PrintStatus, Refusal
from app.usecases.paper_heads import REGISTER
from app.usecases.paper_register import PrepareRegister, prepare_register
from app.usecases.papers import (
    Prepared,
    PrepareHandoverList,
    PreparePaper,
    RecordPrints,
    prepare_handover_list,
    prepare_paper,
    record_prints,
)


def print_paper(office: OpenOffice, asked: argparse.Namespace, as_json: bool) -> int:
    """Lay a paper out into a PDF file; each copy of a dossier's paper is on record before the file is written."""
    size = PaperSize(asked.paper) if asked.paper else None
    if asked.form == REGISTER:
        return _register(office, asked, size, as_json)
    prepared = _prepared(office, asked, size)
    try:
        write_whole(asked.out, prepared.pdf)
    except Refusal:
        office.write(record_prints, RecordPrints(prepared.print_ids, PrintStatus.FAILED))
        raise
    office.write(record_prints, RecordPrints(prepared.print_ids, PrintStatus.PRINTED))
    return _say(asked, prepared.form, prepared.pages, prepared.copies, as_json)


def _prepared(office: OpenOffice, asked: argparse.Namespace, size: PaperSize | None) -> Prepared:
    form, codes = PaperForm(asked.form), tuple(asked.codes)
    if not codes:
        raise Refusal("print_code_missing", "code")
    if len(codes) == 1:
        return office.write(prepare_paper, PreparePaper(codes[0], form, asked.copies, size))
    if form != PaperForm.HANDOVER:
        raise Refusal("print_one_code", "code")
    copies = 1 if asked.copies is None else asked.copies
    return office.read(prepare_handover_list, PrepareHandoverList(codes, copies, size))


def _register(office: OpenOffice, asked: argparse.Namespace, size: PaperSize | None, as_json: bool) -> int:
    if asked.codes:
        raise Refusal("register_no_code", "code")
    if asked.first is None or asked.last is None:
        raise Refusal("register_period_missing", "from" if asked.first is None else "to")
    if asked.copies not in (None, 1):
        raise Refusal("copies_range", "copies", most=1)
    drawn = office.read(prepare_register, PrepareRegister(asked.first, asked.last, size))
    write_whole(asked.out, drawn.pdf)
    return _say(asked, REGISTER, drawn.pages, 1, as_json)


def _say(asked: argparse.Namespace, form: str, pages: int, copies: int, as_json: bool) -> int:
    answer: dict[str, Any] = {"file": str(asked.out), "form": form, "pages": pages, "copies": copies}
    if as_json:
        say_json(answer)
    else:
        say(f"Đã ghi {copies} bản ({pages} trang) vào {asked.out}.")
    return 0
