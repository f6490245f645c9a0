"""The command `law`: packages that change rules of law."""

import os
from collections.abc import Mapping
from pathlib import Path

from app.cli.files import read_content, write_atomically
from app.cli.output import print_json, print_line, print_pairs, print_table, warn
from app.cli.request import CliRequest, Command
from app.models.errors import Message, Refusal
from app.services.law.rules import unusable_shipped_rules
from app.services.law_packages.change_cells import law_cells
from app.services.law_packages.drafting import draft_law, key_text, new_issuer_key, read_issuer_key
from app.services.law_packages.opened import verified
from app.usecases.law.packages import (
    AppliedLaw,
    ApplyLaw,
    FindShippedLaw,
    LawPreview,
    ListLaws,
    RevertLaw,
    ShowLaw,
    apply_law,
    find_shipped_law,
    list_laws,
    revert_package,
    show_law,
)
from app.wording.law import STATES
from app.wording.received.packages import cells_line
from app.wording.warnings import warning_line

_MAX_BYTES = 96 * 2**20
_DONE = 0


def law(request: CliRequest) -> int:
    """Run a subcommand of `law`."""
    return _SUBCOMMANDS[request.args.subcommand](request)


def _show(request: CliRequest) -> int:
    query = ShowLaw(_content(request), request.args.fingerprint)
    return _print(request, request.office.read(show_law, query))


def _apply(request: CliRequest) -> int:
    command = ApplyLaw(_content(request), request.second_credentials, request.args.fingerprint)
    return _print(request, request.office.write(apply_law, command))


def _content(request: CliRequest) -> bytes:
    """Return the bytes of a file, or of a shipped package named by its id.

    Raises Refusal `file_missing`, `file_too_big`.
    """
    file: Path = request.args.file
    try:
        return read_content(file, _MAX_BYTES)
    except Refusal as missing:
        if missing.code != "file_missing" or file.name != str(file):
            raise
        try:
            return bytes(request.office.read(find_shipped_law, FindShippedLaw(str(file))))
        except Refusal:
            raise missing from None


def _print(request: CliRequest, result: LawPreview) -> int:
    if request.as_json:
        print_json(result)
        return _DONE
    print_pairs(
        [
            ("Gói", f"{result.id}: {result.title}"),
            ("Nơi ban hành", result.issuer),
            ("Căn cứ", result.decision),
            ("Hiệu lực từ", f"{result.valid_from:%d/%m/%Y}"),
        ]
    )
    for change in result.changes:
        print_line(f"  {cells_line(law_cells(change))}")
    if not result.changes:
        print_line("  Không có gì thay đổi.")
    if result.touched:
        print_line(f"Hồ sơ đang giải quyết có liên quan: {', '.join(result.touched)}")
    if isinstance(result, AppliedLaw):
        print_line("Đã áp dụng gói này.")
    else:
        print_line("Chưa áp dụng. Đồng ý thì chạy: law apply TỆP --second TÊN NGƯỜI THỨ HAI")
    return _DONE


def _list(request: CliRequest) -> int:
    lines = request.office.read(list_laws, ListLaws())
    for key in unusable_shipped_rules():
        warn(warning_line(Message("resource_line", {"key": key})))
    if request.as_json:
        for line in lines:
            print_json(line)
        return _DONE
    rows = [(line.id, line.title, f"{line.valid_from:%d/%m/%Y}", STATES[line.state]) for line in lines]
    print_table(("MÃ", "TÊN", "HIỆU LỰC", "TÌNH TRẠNG"), rows, (24, 36, 10, 26))
    return _DONE


def _revert(request: CliRequest) -> int:
    line = request.office.write(revert_package, RevertLaw(request.args.id, request.args.note))
    if request.as_json:
        print_json(line)
    else:
        print_line(f"Đã bỏ gói {line.id}: {line.title}.")
    return _DONE


def _key(request: CliRequest) -> int:
    file: Path = request.args.out
    if os.path.exists(file):  # False for a name that is too long, where Path.exists raises
        raise Refusal("law_key_exists", "out", file=str(file))
    key = new_issuer_key()
    write_atomically(file, key_text(key))
    return _print_facts(
        request,
        {"file": str(file), "public_key": key.public_key, "fingerprint": key.fingerprint},
        f"Khóa nằm ở {file}.",
    )


def _new(request: CliRequest) -> int:
    args = request.args
    key = read_issuer_key(args.key)
    data = draft_law(args.folder, key, request.context.clock())
    write_atomically(args.out, data)
    header = verified(data).header
    facts = {"file": str(args.out), "id": header.id, "valid_from": header.valid_from, "fingerprint": key.fingerprint}
    return _print_facts(request, facts, f"Đã ký gói {header.id} vào {args.out}.")


def _print_facts(request: CliRequest, facts: Mapping[str, str], sentence: str) -> int:
    if request.as_json:
        print_json(facts)
    else:
        print_line(sentence)
        print_line(f"Dấu vân tay: {facts['fingerprint']}")
    return _DONE


_SUBCOMMANDS = {"show": _show, "apply": _apply, "list": _list, "revert": _revert, "key": _key, "new": _new}
COMMANDS = {"law": Command(law, without_office=frozenset(("key", "new")))}
