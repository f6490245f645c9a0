"""The commands `backup` and `restore`."""

from functools import partial
from pathlib import Path

from app.cli.files import write_atomically
from app.cli.output import print_json, print_line, warn
from app.cli.request import CliRequest, Command
from app.cli.secrets import (
    PASSWORD,
    SECOND_PASSWORD,
    prompt_line,
    read_secret_line,
    with_password,
    with_unlock_secrets,
)
from app.keys.credentials import UnlockCredentials
from app.machine.console import is_console
from app.models.instants import local
from app.models.text import clean
from app.office.restore_request import RestoreResult
from app.office.session import OfficeSession
from app.services.credentials import Credentials
from app.usecases.office.restore import GetContent, check_may_back_up, get_content
from app.wording.backups import content_sentence, restored_sentence
from app.wording.office_proof import FINGERPRINT_PROMPT, accepted_backup_sentence, backup_proof_lines

_OFFICE_FILE = "office.toml"


def backup(request: CliRequest) -> int:
    """Back up the database, or change how backups are made."""
    office, args = request.office, request.args
    office.read(check_may_back_up, None)
    if args.guide is not None:
        return _write_guide(office, args.guide, request.as_json)
    if args.second is not None:
        return _set_second_folder(office, args.second, request.as_json)
    if args.auto:
        return _run_if_due(office, request.as_json)
    content = office.read(get_content, GetContent())
    file, digest = office.back_up(args.to)
    if request.as_json:
        print_json({"file": str(file), "sha256": digest, "dossiers": content.dossiers})
    else:
        print_line(f"Đã sao lưu {content.dossiers} hồ sơ vào {file}. Bản sao đã được kiểm tra.")
    return 0


def _run_if_due(office: OfficeSession, as_json: bool) -> int:
    """Run the backups that are due, for a task scheduler.

    A folder that failed is reported on stderr.
    """
    round_ = office.backups.run_if_due()
    failures = [(place, place.failure) for place in round_.places if place.failure]
    if as_json:
        print_json(
            {
                "file": None if round_.file is None else str(round_.file),
                "sha256": round_.sha256 or None,
                "at": round_.at,
                "places": [{"folder": str(p.folder), "trouble": p.failure or None} for p in round_.places],
                "removed": round_.removed,
            }
        )
    elif round_.file is None:
        last = "" if round_.at is None else f" Bản gần nhất lúc {local(round_.at):%H:%M %d/%m/%Y}."
        print_line(f"Chưa cần sao lưu: chưa đủ một giờ, hoặc chưa có việc gì mới.{last}")
    else:
        good = [str(place.folder) for place in round_.places if not place.failure]
        print_line(
            f"Đã sao lưu vào {', '.join([str(round_.file), *good])}. Đã bỏ {round_.removed} bản cũ theo lịch giữ."
        )
    for place, failure in failures:
        warn(f"Chưa chép được bản sao lưu vào {place.folder}: {failure}")
    return 0


def _set_second_folder(office: OfficeSession, folder: str, as_json: bool) -> int:
    """Set the second backup folder; an empty name removes it."""
    office.backups.set_second_folder(Path(folder) if folder else None)
    chosen = office.backups.second_folder()
    if as_json:
        print_json({"second": chosen})
    else:
        print_line(f"Nơi sao lưu thứ hai: {chosen or 'không dùng'}.")
    return 0


def _write_guide(office: OfficeSession, out: Path, as_json: bool) -> int:
    """Write the page that explains how to restore on another machine."""
    write_atomically(out, office.restore_page())
    if as_json:
        print_json({"file": str(out)})
    else:
        print_line(f"Trang hướng dẫn phục hồi: {out}. In ra, cất cùng trang khóa phục hồi.")
    return 0


def restore(request: CliRequest) -> int:
    """Replace the database with a backup, or only verify the backup."""
    args = request.args
    result = _restore(request)
    if result.accepted_by:
        warn(accepted_backup_sentence(*result.accepted_by))
    if request.as_json:
        answer = {
            "file": str(args.file),
            "dossiers": result.dossiers,
            "last_event_at": result.last_event_at,
            "restored": not args.check,
            "fingerprint": result.fingerprint or None,
            "proved": result.proved,
        }
        print_json(answer)
        return 0
    print_line(content_sentence(result.dossiers, result.last_event_at))
    for line in backup_proof_lines(result.fingerprint, result.compared, result.proved):
        print_line(line)
    if not args.check:
        print_line(restored_sentence(result.replaced))
    return 0


def _restore(request: CliRequest) -> RestoreResult:
    """Restore with the passwords of two people, each typed if it is missing."""
    args, context = request.args, request.context
    second, fingerprint = clean(request.second_name), _typed_fingerprint(request)

    def attempt(password: str, second_password: str) -> RestoreResult:
        credentials = UnlockCredentials(request.user, password, request.secrets.recovery)
        approver = Credentials(second, second_password) if second else None
        return context.restore(request.folder, args.file, args.check, credentials, approver, fingerprint)

    def with_second(password: str) -> RestoreResult:
        return with_password(context, SECOND_PASSWORD, partial(attempt, password), only=second)

    return with_password(context, PASSWORD, with_second, request.user)


def _typed_fingerprint(request: CliRequest) -> str:
    """Return the fingerprint of `--fingerprint`, or of standard input for `-`.

    At a terminal on a new machine it is asked for. An empty answer leaves the comparison to the user.
    """
    source = request.args.fingerprint
    asks = source is None and not request.args.check and not (request.folder / _OFFICE_FILE).exists()
    if is_console() and (asks or source == "-"):
        return prompt_line(FINGERPRINT_PROMPT)
    return read_secret_line("-", "fingerprint") if source == "-" else source or ""


COMMANDS = {
    "backup": Command(backup),
    "restore": Command(restore, needs_office=False, read_secrets=with_unlock_secrets),
}
