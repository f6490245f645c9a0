"""The verbs of an office's keys: how it is locked, another key, a new recovery page, the way in when all is lost."""

import argparse
from pathlib import Path

from app.cli.context import CliContext, password_of
from app.cli.files import check_writable, write_atomically
from app.cli.output import print_json, print_line
from app.cli.secrets import (
    SECOND_PASSWORD,
    is_interactive,
    prompt_hidden,
    read_secret_line,
    second_credentials,
    with_password,
)
from app.keys.credentials import UnlockCredentials
from app.keys.office_keys import OfficeKeys
from app.models.errors import Refusal
from app.office.session import OfficeSession
from app.usecases.accounts.key_permissions import ApproveKeyChange, approve_key_change, check_may_edit_keys
from app.usecases.accounts.signin import ListSignInNames, list_sign_in_names
from app.usecases.accounts.users import ResetUser, recover_user
from app.usecases.office.rebuild import page_code
from app.wording.recovery_page import PAGE_CODE_ABOUT, recovery_lines, status_lines


def unlock_credentials(args: argparse.Namespace, context: CliContext) -> UnlockCredentials:
    """Read name, password and recovery key, as far as they were given."""
    user = getattr(args, "user", None) or context.environment.get("MOTCUA_USER", "")
    return UnlockCredentials(user, password_of(context), recovery_key_from_input(args, context))


def recovery_key_from_input(args: argparse.Namespace, context: CliContext) -> str:
    """Never an argument itself: other programs of the machine can read those.

    Raises Refusal `file_missing`, `rebuild_two_inputs` where standard input is wanted for something else too.
    """
    source = getattr(args, "recovery_key", None)
    if source == getattr(args, "file", None) == "-":
        raise Refusal("rebuild_two_inputs", "recovery_key")
    if source is None:
        return context.environment.get("MOTCUA_RECOVERY_KEY", "")
    if source == "-" and is_interactive():
        return prompt_hidden("Khóa phục hồi: ")
    return read_secret_line(source, "recovery_key")


def keys(args: argparse.Namespace, as_json: bool, context: CliContext, folder: Path) -> int:
    """One of the four."""
    credentials = unlock_credentials(args, context)
    if args.part == "recover" and not credentials.recovery.strip():
        raise Refusal("recovery_key_missing", "recovery_key")
    office = context.open_office(
        folder, credentials.name, None, "" if args.part == "recover" else credentials.password, credentials.recovery
    )
    try:
        if office.keys is None:
            raise Refusal("keys_none")
        if not credentials.recovery:
            _check_right(office, args, context)
        return _SUBCOMMANDS[args.part](office, office.keys, args, as_json, credentials)
    finally:
        office.close()


def _check_right(office: OfficeSession, args: argparse.Namespace, context: CliContext) -> None:
    """The right of the person at work, and a second person's word for what changes the locks."""
    if args.part not in ("change", "recovery"):
        office.read(check_may_edit_keys, None)
        return

    def vouched(secret: str) -> None:
        args.second_secret = secret
        office.write(approve_key_change, ApproveKeyChange(second_credentials(args)))

    with_password(context, SECOND_PASSWORD, vouched)


def _status(
    office: OfficeSession, locks: OfficeKeys, args: argparse.Namespace, as_json: bool, credentials: UnlockCredentials
) -> int:
    found = locks.status([person.name for person in office.read(list_sign_in_names, ListSignInNames())])
    if as_json:
        print_json(found)
        return 0
    for line in status_lines(found.vault, found.vault_opens, found.people, found.genuine):
        print_line(line)
    return 0


def _change(
    office: OfficeSession, locks: OfficeKeys, args: argparse.Namespace, as_json: bool, credentials: UnlockCredentials
) -> int:
    office.change_key()
    if as_json:
        print_json({"changed": True})
    else:
        print_line("Đã mã hóa lại dữ liệu bằng khóa mới; mật khẩu và khóa phục hồi không đổi.")
        print_line("Sao lưu ngay để có một bản theo khóa mới.")
    return 0


def _recovery(
    office: OfficeSession, locks: OfficeKeys, args: argparse.Namespace, as_json: bool, credentials: UnlockCredentials
) -> int:
    def record_key(key: str) -> None:
        code = office.read(page_code, key)
        if args.out is not None:
            write_atomically(args.out, office.recovery_page(key, code))
        elif as_json:
            print_json({"recovery_key": key, "page_code": code})
        else:
            for line in (*recovery_lines(key)[:-1], f"{PAGE_CODE_ABOUT}: {code}"):
                print_line(line)

    if args.out is not None:
        check_writable(args.out)
    locks.replace_recovery_key(record_key)
    if args.out is not None and as_json:
        print_json({"file": str(args.out)})
    elif args.out is not None:
        print_line(
            f"Trang khóa phục hồi: {args.out}. In ra, cất trong két, rồi xóa tệp này. Khóa phục hồi cũ hết hiệu lực."
        )
    return 0


def _recover(
    office: OfficeSession, locks: OfficeKeys, args: argparse.Namespace, as_json: bool, credentials: UnlockCredentials
) -> int:
    """The recovery key opened it: from now on this machine's vault does, and the password given does."""
    vault = locks.enrol_vault()
    name, password = credentials.name, credentials.password
    if password:
        with locks.password_changing(name, password):
            office.write(recover_user, ResetUser(name, (), password))
    if as_json:
        print_json({"vault": vault, "password": bool(password)})
    elif vault or password:
        ways = [way for way, done in (("két khóa của hệ thống", vault), (f"mật khẩu của {name}", password)) if done]
        print_line(f"Khóa phục hồi đúng. Từ nay mở được dữ liệu bằng {' và '.join(ways)}.")
    else:
        print_line(
            "Khóa phục hồi đúng. Máy này không có két khóa: đặt MOTCUA_PASSWORD rồi chạy lại để mở bằng mật khẩu."
        )
    return 0


_SUBCOMMANDS = {"status": _status, "change": _change, "recovery": _recovery, "recover": _recover}
