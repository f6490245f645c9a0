"""The command `sync`: files up, answers down, state."""

import os

from app.cli.commands import packages
from app.cli.commands.national import export_national
from app.cli.files import check_writable, read_content, write_atomically
from app.cli.output import print_json, print_line, print_pairs, print_table, warn
from app.cli.request import CliRequest, Command
from app.models.errors import Fault, Refusal
from app.models.instants import local
from app.office.exchange.received_kind import is_answer
from app.office.exchange.receiver_join import join_receiver, read_receiver
from app.office.exchange.sync_export import export_backlog, make_bundle, record_written
from app.services.sending.files import backlog_file_name
from app.usecases.sync.answer import ApplyAnswer, ResendDossier, apply_answer, resend_dossier
from app.usecases.sync.status import (
    GetIdentity,
    ListDossierStates,
    ListSentFiles,
    SyncState,
    SyncStatus,
    get_identity,
    list_dossier_states,
    list_sent_files,
    sync_status,
)
from app.wording.received.sending import DOSSIER_STATES, FILE_STATES, unsaved_files
from app.wording.refusals import error_sentence

_DONE = 0
_MAX_BYTES = 96 * 2**20


def sync(request: CliRequest) -> int:
    """Run a subcommand of `sync`."""
    return _SUBCOMMANDS[request.args.subcommand](request)


def _export_bundle(request: CliRequest) -> int:
    args = request.args
    if args.national or args.first or args.last:
        return export_national(request)
    if args.all is not None:
        return _export_backlog(request)
    check_writable(args.out)
    bundle = make_bundle(request.office, args.again)
    try:
        write_atomically(args.out, bundle.content)
    except (Refusal, Fault):
        number = bundle.sequence
        warn(f"Tệp đồng bộ số {number} đã lập; ghi ra lại bằng: sync export --out TỆP --again {number}")
        raise
    record_written(request.office, bundle)
    if bundle.unsaved:
        warn(unsaved_files(bundle.unsaved) + " Ghi ra tất cả: sync export --all THƯ MỤC")
    if bundle.more:
        warn("Còn bản ghi chờ gửi, mỗi tệp mang tối đa 5.000 bản ghi của một quầy: chạy sync export thêm lần nữa.")
    if request.as_json:
        print_json({"file": str(args.out), "sequence": bundle.sequence, "records": bundle.records})
    else:
        print_line(f"Đã ghi tệp đồng bộ số {bundle.sequence} ({bundle.records} bản ghi) vào {args.out}.")
    return _DONE


def _export_backlog(request: CliRequest) -> int:
    """Write every unanswered file into a folder, such as a USB stick."""
    folder = request.args.all
    if request.args.again is not None:
        raise Refusal("export_all_alone", "all")
    if not os.path.isdir(folder):  # False for a name that is too long, where Path.is_dir raises
        raise Refusal("export_folder_missing", "all", folder=str(folder))
    count = 0
    for bundle in export_backlog(request.office):
        file = folder / backlog_file_name(bundle.content)
        write_atomically(file, bundle.content)
        record_written(request.office, bundle)
        count += 1
        if request.as_json:
            print_json({"file": str(file), "sequence": bundle.sequence, "records": bundle.records})
    if not request.as_json:
        print_line(f"Đã ghi {count} tệp đồng bộ chưa được xác nhận vào {folder}.")
    return _DONE


def _push(request: CliRequest) -> int:
    """Send until nothing waits or the first trouble.

    No network and a busy receiver are no failure, because nothing is lost.

    Raises Refusal with the code of any other trouble.
    """
    from app.office.exchange.sync_send import push

    result = push(request.office)
    if result.busy:
        warn("Một chương trình khác đang gửi từ thư mục này.")
    if result.trouble is not None:
        refusal = Refusal(result.trouble.code, None, **dict(result.trouble.values))
        if not result.trouble.only_waits:
            raise refusal
        warn(error_sentence(refusal))
    state: SyncState = request.office.read(sync_status, SyncStatus())
    if request.as_json:
        counts = {"sent": state.sent, "confirmed": state.confirmed, "rejected": len(state.rejected)}
        print_json({**counts, "waiting": state.waiting, "next_try_at": result.next_try_at})
    else:
        print_line(f"Đã gửi {result.files} tệp.")
        if result.packages:
            print_line(f"Nơi nhận gửi xuống {result.packages} gói, chờ người xem ở trang Đồng bộ (F7).")
        _print_state(state)
    return _DONE


def _apply(request: CliRequest) -> int:
    """Apply an answer, or show or apply a package."""
    content = read_content(request.args.file, _MAX_BYTES)
    if not is_answer(content):
        return packages.apply_file(request)
    applied = request.office.write(apply_answer, ApplyAnswer(content))
    if request.as_json:
        print_json(applied)
    else:
        print_line(
            f"Câu trả lời cho tệp số {applied.sequence}: nhận {applied.accepted} bản ghi, đã có {applied.already}, "
            f"trả lại {applied.rejected}."
        )
    return _DONE


def _status(request: CliRequest) -> int:
    state: SyncState = request.office.read(sync_status, SyncStatus())
    if request.as_json:
        print_json(state)
    else:
        _print_state(state)
    if request.args.dossiers:
        _print_dossiers(request)
    if request.args.files:
        _print_files(request)
    return _DONE


def _print_state(state: SyncState) -> None:
    last = "chưa có" if state.last_confirmed_at is None else f"{local(state.last_confirmed_at):%d/%m/%Y %H:%M}"
    print_pairs(
        [
            ("Chờ gửi", f"{state.waiting} hồ sơ"),
            ("Đã gửi, chưa xác nhận", f"{state.sent} hồ sơ"),
            ("Đã xác nhận", f"{state.confirmed} hồ sơ"),
            ("Bị trả lại", f"{len(state.rejected)} hồ sơ"),
            ("Xác nhận gần nhất", last),
        ]
    )
    if state.trouble:
        print_line(error_sentence(Refusal(state.trouble, None, **dict(state.values))))
    for line in state.rejected:
        print_line(f"Bị trả lại {line.code}: {line.reason}")


def _print_dossiers(request: CliRequest) -> None:
    lines = request.office.read(list_dossier_states, ListDossierStates())
    if request.as_json:
        for line in lines:
            print_json(line)
        return
    rows = [(line.code, DOSSIER_STATES[line.state], str(line.sequence or ""), line.reason or "") for line in lines]
    print_table(("MÃ HỒ SƠ", "TÌNH TRẠNG", "TỆP", "LÝ DO"), rows, (26, 22, 7, 42))


def _print_files(request: CliRequest) -> None:
    lines = request.office.read(list_sent_files, ListSentFiles())
    if request.as_json:
        for line in lines:
            print_json(line)
        return
    rows = [
        (
            line.epoch[:8],
            str(line.sequence),
            str(line.records),
            FILE_STATES[line.state],
            str(line.tries),
            line.last_trouble or "",
        )
        for line in lines
    ]
    print_table(("ĐỢT", "TỆP", "BẢN GHI", "TÌNH TRẠNG", "LẦN GỬI", "TRỞ NGẠI"), rows, (8, 7, 8, 22, 8, 30))


def _resend(request: CliRequest) -> int:
    resent = request.office.write(resend_dossier, ResendDossier(request.args.code))
    if request.as_json:
        print_json(resent)
    else:
        print_line(f"Hồ sơ {resent.code} sẽ được gửi lại toàn bộ trong tệp tới.")
    return _DONE


def _join(request: CliRequest) -> int:
    _card, receiver = read_receiver(request.args.file)
    warn(f"Nơi nhận: {receiver.name} ({receiver.sync_address})")
    warn(f"Dấu vân tay: {receiver.fingerprint}. So với số nơi nhận đọc qua điện thoại.")
    joined = join_receiver(request.office, request.args.file, request.second_credentials)
    if request.as_json:
        print_json(joined)
    else:
        print_line("Đã ghi nơi nhận vào tệp cơ quan. Cửa sổ đang mở thì đóng và mở lại.")
    return _DONE


def _identity(request: CliRequest) -> int:
    identity = request.office.read(get_identity, GetIdentity())
    if request.as_json:
        print_json(identity)
        return _DONE
    print_pairs(
        [
            ("Dấu vân tay", identity.fingerprint),
            ("Khóa công khai", identity.public_key),
            ("Mã cơ quan", identity.agency_code),
            ("Quầy", str(identity.workstation)),
        ]
    )
    return _DONE


_SUBCOMMANDS = {
    "export": _export_bundle,
    "push": _push,
    "apply": _apply,
    "status": _status,
    "resend": _resend,
    "join": _join,
    "identity": _identity,
}
COMMANDS = {"sync": Command(sync)}
