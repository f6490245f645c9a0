"""The verb `rebuild`: the register of a lost disk from the QR codes of its kept copies."""

import argparse
from typing import Any

from app.cli.jsonl import open_input, read_lines
from app.cli.output import print_json, refusal_to_json, warn
from app.cli.secrets import second_credentials
from app.models.errors import Refusal
from app.office.session import OfficeSession
from app.services.documents.rebuild_codes import split_qr_texts
from app.usecases.office.rebuild import OpenRebuilding, RebuildDossier, RebuildResult, open_rebuilding, rebuild_dossier


def rebuild(office: OfficeSession, args: argparse.Namespace, as_json: bool) -> int:
    """Answer each text as soon as it is on the disk; a bad one is refused and the next goes on."""
    seen: dict[str, None] = {}
    with open_input(args.file) as source:
        office.write(open_rebuilding, OpenRebuilding(second_credentials(args)))
        for text in split_qr_texts(line.decode("utf-8", "replace") for line in read_lines(source)):
            answer = _answer(office, RebuildDossier(text, args.recovery))
            print_json(answer)
            if isinstance(answer, RebuildResult) and answer.code is not None:
                seen.pop(answer.code, None)
                seen |= {answer.code: None} if answer.done == "seen" else {}
    if seen:
        warn(f"Giấy thật nhưng chưa quét mã QR lưu trữ (mã thứ hai), nên chưa dựng lại: {', '.join(seen)}.")
    return 0


def _answer(office: OfficeSession, command: RebuildDossier) -> Any:
    try:
        return office.write(rebuild_dossier, command)
    except Refusal as refusal:
        return refusal_to_json(refusal)


COMMANDS = {"rebuild": rebuild}
