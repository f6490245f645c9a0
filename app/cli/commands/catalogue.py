"""The command `catalogue`: the procedures and their versions."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from app.cli.argtypes import refuse_usage
from app.cli.files import check_writable, read_rows, read_table, write_atomically
from app.cli.output import print_json, print_line, print_table
from app.cli.request import CliRequest, Command
from app.models.errors import Refusal
from app.usecases.catalogue.editing import (
    CATALOGUE_COLUMNS,
    ProcedureHistory,
    SaveVersion,
    ShowProcedure,
    save_version,
    show_procedure,
)
from app.usecases.catalogue.preview import PreviewCatalogue, PreviewFile, preview_catalogue, preview_file
from app.usecases.catalogue.procedures import (
    ExportCatalogue,
    FindProcedures,
    ImportCatalogue,
    export_catalogue,
    find_procedures,
    import_catalogue,
)
from app.usecases.catalogue.publishing import PublishProcedures, publish_procedures
from app.wording.catalogue import version_state_name
from app.wording.numbers import money

_MAX_PROCEDURES = 100_000
_JSON_KEYS = ("code", "name", "field", "limit", "unit", "fee", "version", "valid_from")
_CELLS = tuple(column for column in CATALOGUE_COLUMNS if column not in ("code", "valid_from"))


def catalogue(request: CliRequest) -> int:
    """Show, import, export or change the catalogue of procedures."""
    return _SUBCOMMANDS[request.args.subcommand](request)


def _list(request: CliRequest) -> int:
    procedures = request.office.read(find_procedures, FindProcedures(" ".join(request.args.words), _MAX_PROCEDURES))
    if request.as_json:
        for line in procedures:
            print_json({name: getattr(line, name) for name in _JSON_KEYS})
        return 0
    rows = [(line.code, line.name, line.term_text, "" if line.fee is None else money(line.fee)) for line in procedures]
    print_table(("MÃ", "THỦ TỤC", "THỜI HẠN", "PHÍ"), rows, (9, 56, 19, 12))
    return 0


def _import(request: CliRequest) -> int:
    args = request.args
    text = _read_catalogue(args.file)
    if args.dry_run:
        return _preview(request, text)
    if args.out is not None:
        raise Refusal("out_without_dry_run", "out")
    result = request.office.write(import_catalogue, ImportCatalogue(text, args.on, args.decision))
    if request.as_json:
        print_json(result)
        return 0
    refused = result.refused
    print_line(f"Mới {result.new}, thay đổi {result.changed}, giữ nguyên {result.unchanged}, bỏ {len(refused)} dòng.")
    for row in refused:
        print_line(f"  dòng {row.row}: {row.reason}")
    return 0


def _read_catalogue(file: Path) -> str:
    """Return the table of a catalogue as tab-separated text.

    Raises Refusal `catalogue_columns` for an empty table, `file_not_text`, or like `read_rows`.
    """
    try:
        return read_rows(file, "\t")
    except Refusal as refusal:
        if refusal.code == "table_empty":
            raise Refusal("catalogue_columns", "code", column="code") from None
        if refusal.code == "table_encoding":
            raise Refusal("file_not_text", "file", file=file.name) from None
        raise


def _preview(request: CliRequest, text: str) -> int:
    """Print what an import would change, side by side."""
    office, args = request.office, request.args
    if args.out is not None:
        check_writable(args.out)
    preview = office.read(preview_catalogue, PreviewCatalogue(text, args.on, args.decision))
    if args.out is not None:
        ending = args.out.suffix.lower() or args.out.name
        write_atomically(args.out, office.read(preview_file, PreviewFile(preview, ending, args.decision, args.on)))
    if request.as_json:
        print_json(preview)
        return 0
    print_line(
        f"Sẽ có: mới {preview.new}, thay đổi {preview.changed - preview.repealed}, bãi bỏ {preview.repealed}, "
        f"giữ nguyên {preview.unchanged}, bỏ {len(preview.refused)} dòng. Chưa ghi gì."
    )
    for change in preview.changes:
        print_line(f"  {change.code} {change.column}: {change.before or '–'} → {change.after or '–'}")
    for row in preview.refused:
        print_line(f"  dòng {row.row}: {row.reason}")
    return 0


def _export(request: CliRequest) -> int:
    args = request.args
    table = request.office.read(export_catalogue, ExportCatalogue())
    write_atomically(args.file, table.text.encode())
    if request.as_json:
        print_json({"file": str(args.file), "rows": table.rows})
    else:
        print_line(f"Đã ghi {table.rows} thủ tục vào {args.file}.")
    return 0


def _show(request: CliRequest) -> int:
    _print_history(request.office.read(show_procedure, ShowProcedure(request.args.code)), request.as_json)
    return 0


def _set(request: CliRequest) -> int:
    office, args = request.office, request.args
    history = office.read(show_procedure, ShowProcedure(args.code))
    cells = {**_cells_in_force(history, args.first), **_parse_cells(args.cells)}
    cells["valid_from"] = "" if args.first is None else args.first.isoformat()
    saved = office.write(save_version, SaveVersion(cells, history.latest, bool(args.keep_running)))
    _print_history(saved, request.as_json)
    return 0


def _cells_in_force(history: ProcedureHistory, first: date | None) -> Mapping[str, str]:
    """Return the cells of the version in force on `first`.

    A new version is based on them.
    """
    started = [version for version in history.versions if first is not None and version.valid_from <= first]
    shown = started[-1] if started else history.shown
    return shown.cells if shown is not None else {}


def _parse_cells(words: Sequence[str]) -> dict[str, str]:
    cells = {}
    for word in words:
        column, sign, text = word.partition("=")
        if not sign or column not in _CELLS:
            refuse_usage(f"«{word[:60]}» không phải CỘT=GIÁ TRỊ; các cột: {', '.join(_CELLS)}", "motcua catalogue set")
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


def _publish(request: CliRequest) -> int:
    """Mark the procedures that the office publishes and takes in."""
    args = request.args
    if args.only is not None and (args.codes or args.fields):
        raise Refusal("publish_only_alone", "only")
    codes = tuple(read_table(args.only).split()) if args.only is not None else tuple(args.codes)
    command = PublishProcedures(codes, tuple(args.fields), args.only is not None)
    result = request.office.write(publish_procedures, command)
    if request.as_json:
        print_json(result)
    else:
        print_line(f"Công khai {result.published} thủ tục, thôi công khai {result.withdrawn} thủ tục.")
    return 0


_SUBCOMMANDS = {"publish": _publish, "list": _list, "import": _import, "export": _export, "show": _show, "set": _set}

COMMANDS = {"catalogue": Command(catalogue)}
