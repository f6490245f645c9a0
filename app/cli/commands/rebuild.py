"""The verb `rebuild`: the register of a lost disk from the QR codes of its kept copies."""

import argparse
from typing import Any

from app.cli.jsonl import lines, opened
from app.cli.output import refused, say_json, warn
from app.cli.secrets import second_of
from app.models.errors import Refusal
from app.office.session import OpenOffice
from app.services.documents.rebuild_codes import qr_texts
from app.usecases.office.rebuild import OpenRebuilding, RebuildDossier, Rebuilt, open_rebuilding, rebuild_dossier


def rebuild(office: OpenOffice, asked: argparse.Namespace, as_json: bool) -> int:
    """Answer each text as soon as it is on the disk; a bad one is refused and the next goes on."""
    seen: dict[str, None] = {}
    with opened(asked.file) as source:
        office.write(open_rebuilding, OpenRebuilding(second_of(asked)))
        for text in qr_texts(line.decode("utf-8", "replace") for line in lines(source)):
            answer = _answer(office, RebuildDossier(text, asked.recovery))
            say_json(answer)
            if isinstance(answer, Rebuilt) and answer.code is not None:
                seen.pop(answer.code, None)
                seen |= {answer.code: None} if answer.done == "seen" else {}
    if seen:
        warn(f"Giấy thật nhưng chưa quét mã QR lưu trữ (mã thứ hai), nên chưa dựng lại: {', '.join(seen)}.")
    return 0


def _answer(office: OpenOffice, command: RebuildDossier) -> Any:
    try:
        return office.write(rebuild_dossier, command)
    except Refusal as refusal:
        return refused(refusal)


VERBS = {"rebuild": rebuild}
