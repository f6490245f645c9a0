"""The commands `check` and `rebuild` on the whole database."""

from typing import Any

from app.cli.jsonl import open_input, read_lines
from app.cli.output import print_json, print_line, refusal_to_json, warn
from app.cli.request import CliRequest, Command
from app.cli.secrets import with_recovery_key
from app.models.errors import Refusal
from app.office.session import OfficeSession
from app.services.documents.rebuild_codes import split_qr_texts
from app.usecases.office.integrity import CheckOffice, check_office
from app.usecases.office.rebuild import OpenRebuilding, RebuildDossier, RebuildResult, open_rebuilding, rebuild_dossier


def check(request: CliRequest) -> int:
    """Check the database for contradictions."""
    result = request.office.read(check_office, CheckOffice(request.args.head))
    if request.as_json:
        print_json(result)
    else:
        print_line("Dữ liệu nguyên vẹn." if result.ok else f"Có {len(result.findings)} điều cần xem:")
        for finding in result.findings:
            print_line(f"  {finding.message}")
    return 0


def rebuild(request: CliRequest) -> int:
    """Rebuild a dossier from each scanned text.

    Each text is answered as soon as it is committed.
    A refused text does not stop the next.
    """
    seen: dict[str, None] = {}
    with open_input(request.args.file) as source:
        request.office.write(open_rebuilding, OpenRebuilding(request.second_credentials))
        for text in split_qr_texts(line.decode("utf-8", "replace") for line in read_lines(source)):
            answer = _answer(request.office, RebuildDossier(text, request.secrets.recovery))
            print_json(answer)
            if isinstance(answer, RebuildResult) and answer.code is not None:
                seen.pop(answer.code, None)
                seen |= {answer.code: None} if answer.done == "seen" else {}
    if seen:
        warn(f"Giấy thật nhưng chưa quét mã QR lưu trữ (mã thứ hai), nên chưa dựng lại: {', '.join(seen)}.")
    return 0


def _answer(office: OfficeSession, command: RebuildDossier) -> RebuildResult | dict[str, Any]:
    try:
        return office.write(rebuild_dossier, command)
    except Refusal as refusal:
        return refusal_to_json(refusal)


COMMANDS = {
    "check": Command(check),
    "rebuild": Command(rebuild, read_secrets=with_recovery_key),
}
