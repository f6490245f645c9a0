"""The verb about the catalogue: list, bring in, give out, every version of one procedure, a new version."""

import argparse
from collections.abc import Mapping, Sequence
from datetime import date

from app.cli.files import read_table, write_whole
from app.cli.output import say, say_json, say_table
from app.models.errors import Refusal
from app.office.session import OpenOffice
from app.usecases.catalogue.editing import (
    CATALOGUE_COLUMNS,
    ProcedureHistory,
    SaveVersion,
    ShowProcedure,
    save_version,
    show_procedure,
)
from app.usecases.catalogue.procedures import (
    ExportCatalogue,
    FindProcedures,
    ImportCatalogue,
    export_catalogue,
    find_procedures,
    import_catalogue,
)
from app.wording.catalogue import standing_name
from app.wording.numbers import money

_ALL = 100_000
_CELLS = tuple(column for column in CATALOGUE_COLUMNS if column not in ("code", "valid_from"))


def catalogue(office: OpenOffice, asked: argparse.Namespace, as_json: bool) -> int:
    """List, bring in or give out the catalogue."""
    return _CATALOGUE[asked.part](office, asked, as_json)


def _list(office: OpenOffice, asked: argparse.Namespace, as_json: bool) -> int:
    found = office.read(find_procedures, FindProcedures(" ".join(asked.words), _ALL))
    if as_json:
        for line in found:
            say_json(
                {
                    name: getattr(line, name)
                    for name in ("code", "name", "field", "limit", "unit", "fee", "version", "valid_from")
                }
            )
        return 0
    rows = [(line.code, line.name, line.term_text, "" if line.fee is None else money(line.fee)) for line in found]
    say_table(("MÃ", "THỦ TỤC", "THỜI HẠN", "PHÍ"), rows, (9, 56, 19, 12))
    return 0


def _import(office: OpenOffice, asked: argparse.Namespace, as_json: bool) -> int:
    done = office.write(import_catalogue, ImportCatalogue(read_table(asked.file)))
    if as_json:
        say_json(done)
        return 0
    say(f"Mới {done.new}, thay đổi {done.changed}, giữ nguyên {done.unchanged}, bỏ {len(done.refused)} dòng.")
    for row in done.refused:
        say(f"  dòng {row.row}: {row.reason}")
    return 0


def _export(office: OpenOffice, asked: argparse.Namespace, as_json: bool) -> int:
    table = office.read(export_catalogue, ExportCatalogue())
    write_whole(asked.file, table.text.encode())
    if as_json:
        say_json({"file": str(asked.file), "rows": table.rows})
    else:
        say(f"Đã ghi {table.rows} thủ tục vào {asked.file}.")
    return 0


def _show(office: OpenOffice, asked: argparse.Namespace, as_json: bool) -> int:
    _tell(office.read(show_procedure, ShowProcedure(asked.code)), as_json)
    return 0


def _set(office: OpenOffice, asked: argparse.Namespace, as_json: bool) -> int:
    known = office.read(show_procedure, ShowProcedure(asked.code))
    cells = {**_cells_on(known, asked.first), **_told(asked.cells)}
    cells["valid_from"] = "" if asked.first is None else asked.first.isoformat()
    _tell(office.write(save_version, SaveVersion(cells, known.latest, bool(asked.keep_running))), as_json)
    return 0


def _cells_on(known: ProcedureHistory, first: date | None) -> Mapping[str, str]:
    """What a new version goes on from: the one in force on its first day."""
    begun = [version for version in known.versions if first is not None and version.valid_from <= first]
    shown = begun[-1] if begun else known.shown
    return shown.cells if shown is not None else {}


def _told(words: Sequence[str]) -> dict[str, str]:
    cells = {}
    for word in words:
        column, sign, text = word.partition("=")
        if not sign or column not in _CELLS:
            raise Refusal("unknown_choice", "cells", text=word[:60], allowed=", ".join(_CELLS))
        cells[column] = text
    return cells


def _tell(history: ProcedureHistory, as_json: bool) -> None:
    if as_json:
        say_json(history)
        return
    shown = history.shown
    if shown is not None:
        say(f"{history.code}  {shown.cells['name']}")
    if history.replaces:
        say(f"Thay cho: {', '.join(history.replaces)}")
    rows = [
        (str(v.version), f"{v.valid_from:%d/%m/%Y}", standing_name(v.standing), str(v.running), str(v.dossiers))
        for v in history.versions
    ]
    say_table(("PHIÊN BẢN", "HIỆU LỰC TỪ", "TÌNH TRẠNG", "ĐANG GIẢI QUYẾT", "TẤT CẢ HỒ SƠ"), rows, (9, 11, 16, 15, 12))


_CATALOGUE = {"list": _list, "import": _import, "export": _export, "show": _show, "set": _set}

VERBS = {"catalogue": catalogue}
