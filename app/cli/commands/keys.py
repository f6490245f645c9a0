"""The command `keys`: how the database is locked, and recovery."""

import sys
from dataclasses import replace

from app.cli.files import check_writable, write_atomically
from app.cli.opening import open_office
from app.cli.output import print_json, print_line
from app.cli.request import CliRequest, Command
from app.cli.secrets import SECOND_PASSWORD, with_password, with_unlock_secrets
from app.keys.office_keys import OfficeKeys
from app.models.errors import Refusal
from app.office.recovery import RecoveryPage
from app.usecases.accounts.key_permissions import ApproveKeyChange, approve_key_change, check_may_edit_keys
from app.usecases.accounts.signin import ListSignInNames, list_sign_in_names
from app.usecases.accounts.users import ResetUser, recover_user
from app.wording.documents.recovery_page import PAGE_CODE_ABOUT, fingerprint_line, recovery_lines, status_lines


def keys(request: CliRequest) -> int:
    """Show or change how the database is locked.

    Raises Refusal `recovery_key_missing`, `keys_none` for a training office.
    """
    part, secrets = request.args.subcommand, request.secrets
    if part == "recover" and not secrets.recovery.strip():
        raise Refusal("recovery_key_missing", "recovery_key")
    password = "" if part == "recover" else secrets.own
    office = open_office(request, password, secrets.recovery)
    try:
        if office.keys is None:
            raise Refusal("keys_none")
        opened = replace(request, session=office)
        if not secrets.recovery:
            _check_permission(opened)
        return _SUBCOMMANDS[part](opened, office.keys)
    finally:
        office.close()


def _check_permission(request: CliRequest) -> None:
    """Check the permission of the user.

    `change` and `recovery` also need the approval of a second person.
    """
    if request.args.subcommand not in ("change", "recovery"):
        request.office.read(check_may_edit_keys, None)
        return

    def approve(password: str) -> None:
        approved = replace(request, secrets=replace(request.secrets, second=password))
        request.office.write(approve_key_change, ApproveKeyChange(approved.second_credentials))

    with_password(request.context, SECOND_PASSWORD, approve)


def _status(request: CliRequest, office_keys: OfficeKeys) -> int:
    state = office_keys.status([person.name for person in request.office.read(list_sign_in_names, ListSignInNames())])
    if request.as_json:
        print_json(state)
        return 0
    for line in status_lines(state.vault, state.vault_opens, state.people, state.genuine):
        print_line(line)
    print_line(fingerprint_line(state.fingerprint))
    return 0


def _change(request: CliRequest, office_keys: OfficeKeys) -> int:
    request.office.change_key()
    if request.as_json:
        print_json({"changed": True})
    else:
        print_line("Đã mã hóa lại dữ liệu bằng khóa mới; mật khẩu và khóa phục hồi không đổi.")
        print_line("Sao lưu ngay để có một bản theo khóa mới.")
    return 0


def _recovery(request: CliRequest, _office_keys: OfficeKeys) -> int:
    """Make a new recovery page; the former key goes once the page is written."""
    out = request.args.out
    if out is not None:
        check_writable(out)
    page = request.office.begin_recovery_page()
    try:
        _give_page(request, page)
    except BaseException:
        page.abandon()
        raise
    page.finish()
    if out is not None and request.as_json:
        print_json({"file": str(out)})
    elif out is not None:
        print_line(f"Trang khóa phục hồi: {out}. In ra, cất trong két, rồi xóa tệp này. Khóa phục hồi cũ hết hiệu lực.")
    return 0


def _give_page(request: CliRequest, page: RecoveryPage) -> None:
    """Write the page, or print its content."""
    if request.args.out is not None:
        write_atomically(request.args.out, page.pdf())
    elif request.as_json:
        print_json({"recovery_key": page.key, "page_code": page.code, "fingerprint": page.fingerprint})
    else:
        for line in (*recovery_lines(page.key, page.fingerprint)[:-1], f"{PAGE_CODE_ABOUT}: {page.code}"):
            print_line(line)
        sys.stdout.flush()


def _recover(request: CliRequest, _office_keys: OfficeKeys) -> int:
    """Enrol this machine's vault after recovery.

    The given password becomes the password of the user.
    """
    vault = request.office.enrol_vault()
    name, password = request.user, request.secrets.own
    if password:
        request.office.write_password(recover_user, ResetUser(name, (), password), name, password)
    if request.as_json:
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
COMMANDS = {"keys": Command(keys, needs_office=False, read_secrets=with_unlock_secrets)}
