"""The verb about the catalogue: list, bring in, give out, every version of one procedure, a new version."""

import argparse
from collections.abc import Mapping, Sequence
from datetime import date

from app.cli.files import read_table, write_atomically
from app.cli.output import print_json, print_line, print_table
from app.models.errors import Refusal
from app.office.session import OfficeSession
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
from app.wording.catalogue import version_state_name
from app.wording.numbers import money

_ALL = 100_000
_CELLS = tuple(column for column in CATALOGUE_COLUMNS if column not in ("code", "valid_from"))


def catalogue(office: OfficeSession, args: argparse.Namespace, as_json: bool) -> int:
    """List, bring in or give out the catalogue."""
    return _SUBCOMMANDS[args.part](office, args, as_json)


def _list(office: OfficeSession, args: argparse.Namespace, as_json: bool) -> int:
    found = office.read(find_procedures, FindProcedures(" ".join(args.words), _ALL))
    if as_json:
        for line in found:
            print_json(
                {
                    name: getattr(line, name)
                    for name in ("code", "name", "field", "limit", "unit", "fee", "version", "valid_from")
                }
            )
        return 0
    rows = [(line.code, line.name, line.term_text, "" if line.fee is None else money(line.fee)) for line in found]
    print_table(("MÃ", "THỦ TỤC", "THỜI HẠN", "PHÍ"), rows, (9, 56, 19, 12))
    return 0


def _import(office: OfficeSession, args: argparse.Namespace, as_json: bool) -> int:
    done = office.write(import_catalogue, ImportCatalogue(read_table(args.file)))
    if as_json:
        print_json(done)
        return 0
    print_line(f"Mới {done.new}, thay đổi {done.changed}, giữ nguyên {done.unchanged}, bỏ {len(done.refused)} dòng.")
    for row in done.refused:
        print_line(f"  dòng {row.row}: {row.reason}")
    return 0


def _export(office: OfficeSession, args: argparse.Namespace, as_json: bool) -> int:
    table = office.read(export_catalogue, ExportCatalogue())
    write_atomically(args.file, table.text.encode())
    if as_json:
        print_json({"file": str(args.file), "rows": table.rows})
    else:
        print_line(f"Đã ghi {table.rows} thủ tục vào {args.file}.")
    return 0


def _show(office: OfficeSession, args: argparse.Namespace, as_json: bool) -> int:
    _print_history(office.read(show_procedure, ShowProcedure(args.code)), as_json)
    return 0


def _set(office: OfficeSession, args: argparse.Namespace, as_json: bool) -> int:
    known = office.read(show_procedure, ShowProcedure(args.code))
    cells = {**_cells_in_force(known, args.first), **_parse_cells(args.cells)}
    cells["valid_from"] = "" if args.first is None else args.first.isoformat()
    _print_history(office.write(save_version, SaveVersion(cells, known.latest, bool(args.keep_running))), as_json)
    return 0


def _cells_in_force(known: ProcedureHistory, first: date | None) -> Mapping[str, str]:
    """What a new version goes on from: the one in force on its first day."""
    begun = [version for version in known.versions if first is not None and version.valid_from <= first]
    shown = begun[-1] if begun else known.shown
    return shown.cells if shown is not None else {}


def _parse_cells(words: Sequence[str]) -> dict[str, str]:
    cells = {}
    for word in words:
        column, sign, text = word.partition("=")
        if not sign or column not in _CELLS:
            raise Refusal("unknown_choice", "cells", text=word[:60], allowed=", ".join(_CELLS))
        cells[column] = text
    return cells


def _print_history(history: ProcedureHistory, as_json: bool) -> None:
    if as_json:
        print_json(history)
        return
    shown = history.shown
    if shown is not None:
        print_line(f"{history.code}  {shown.cells['name']}")
    if history.replaces:
        print_line(f"Thay cho: {', '.join(history.replaces)}")
    rows = [
        (str(v.version), f"{v.valid_from:%d/%m/%Y}", version_state_name(v.standing), str(v.running), str(v.dossiers))
        for v in history.versions
    ]
    print_table(
        ("PHIÊN BẢN", "HIỆU LỰC TỪ", "TÌNH TRẠNG", "ĐANG GIẢI QUYẾT", "TẤT CẢ HỒ SƠ"), rows, (9, 11, 16, 15, 12)
    )


_SUBCOMMANDS = {"list": _list, "import": _import, "export": _export, "show": _show, "set": _set}

COMMANDS = {"catalogue": catalogue}
