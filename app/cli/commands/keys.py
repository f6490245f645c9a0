"""The verbs of an office's keys: how it is locked, another key, a new recovery page, the way in when all is lost."""

import argparse
from pathlib import Path

from app.cli.context import Surroundings, password_of
from app.cli.files import ready_for, write_whole
from app.cli.output import say, say_json
from app.cli.secrets import SECOND_PASSWORD, second_of, secret_line, somebody_sits_here, unseen, with_password
from app.keys.locks import OfficeKeys
from app.models.errors import Refusal
from app.office.session import OpenOffice
from app.usecases.accounts.key_permissions import VouchKeys, mind_keys, vouch_keys
from app.usecases.accounts.signin import AskNames, ask_names
from app.usecases.accounts.users import ResetUser, recover_user
from app.usecases.office.rebuild import page_code
from app.wording.keys import PAGE_CODE_ABOUT, recovery_lines, status_lines


def means_of(asked: argparse.Namespace, surroundings: Surroundings) -> tuple[str, str, str]:
    """Name, password and recovery key, as far as they were given."""
    user = getattr(asked, "user", None) or surroundings.environment.get("MOTCUA_USER", "")
    return user, password_of(surroundings), recovery_key_of(asked, surroundings)


def recovery_key_of(asked: argparse.Namespace, surroundings: Surroundings) -> str:
    """Never an argument itself: other programs of the machine can read those.

    Raises Refusal `file_missing`, `rebuild_two_inputs` where standard input is wanted for something else too.
    """
    source = getattr(asked, "recovery_key", None)
    if source == getattr(asked, "file", None) == "-":
        raise Refusal("rebuild_two_inputs", "recovery_key")
    if source is None:
        return surroundings.environment.get("MOTCUA_RECOVERY_KEY", "")
    if source == "-" and somebody_sits_here():
        return unseen("Khóa phục hồi: ")
    return secret_line(source, "recovery_key")


def keys(asked: argparse.Namespace, as_json: bool, surroundings: Surroundings, folder: Path) -> int:
    """One of the four."""
    user, password, recovery = means_of(asked, surroundings)
    if asked.part == "recover" and not recovery.strip():
        raise Refusal("recovery_key_missing", "recovery_key")
    office = surroundings.open_office(folder, user, None, "" if asked.part == "recover" else password, recovery)
    try:
        if office.keys is None:
            raise Refusal("keys_none")
        if not recovery:
            _minded(office, asked, surroundings)
        return _PARTS[asked.part](office, office.keys, asked, as_json, (user, password))
    finally:
        office.close()


def _minded(office: OpenOffice, asked: argparse.Namespace, surroundings: Surroundings) -> None:
    """The right of the person at work, and a second person's word for what changes the locks."""
    if asked.part not in ("change", "recovery"):
        office.read(mind_keys, None)
        return

    def vouched(secret: str) -> None:
        asked.second_secret = secret
        office.write(vouch_keys, VouchKeys(second_of(asked)))

    with_password(surroundings, SECOND_PASSWORD, vouched)


def _status(
    office: OpenOffice, locks: OfficeKeys, asked: argparse.Namespace, as_json: bool, who: tuple[str, str]
) -> int:
    found = locks.status([person.name for person in office.read(ask_names, AskNames())])
    if as_json:
        say_json(found)
        return 0
    for line in status_lines(found.vault, found.vault_opens, found.people, found.genuine):
        say(line)
    return 0


def _change(
    office: OpenOffice, locks: OfficeKeys, asked: argparse.Namespace, as_json: bool, who: tuple[str, str]
) -> int:
    office.change_key()
    if as_json:
        say_json({"changed": True})
    else:
        say("Đã mã hóa lại dữ liệu bằng khóa mới; mật khẩu và khóa phục hồi không đổi.")
        say("Sao lưu ngay để có một bản theo khóa mới.")
    return 0


def _recovery(
    office: OpenOffice, locks: OfficeKeys, asked: argparse.Namespace, as_json: bool, who: tuple[str, str]
) -> int:
    def written_down(key: str) -> None:
        code = office.read(page_code, key)
        if asked.out is not None:
            write_whole(asked.out, office.recovery_page(key, code))
        elif as_json:
            say_json({"recovery_key": key, "page_code": code})
        else:
            for line in (*recovery_lines(key)[:-1], f"{PAGE_CODE_ABOUT}: {code}"):
                say(line)

    if asked.out is not None:
        ready_for(asked.out)
    locks.new_recovery(written_down)
    if asked.out is not None and as_json:
        say_json({"file": str(asked.out)})
    elif asked.out is not None:
        say(f"Trang khóa phục hồi: {asked.out}. In ra, cất trong két, rồi xóa tệp này. Khóa phục hồi cũ hết hiệu lực.")
    return 0


def _recover(
    office: OpenOffice, locks: OfficeKeys, asked: argparse.Namespace, as_json: bool, who: tuple[str, str]
) -> int:
    """The recovery key opened it: from now on this machine's vault does, and the password given does."""
    vault = locks.use_vault()
    if who[1]:
        with locks.password_changing(*who):
            office.write(recover_user, ResetUser(who[0], (), who[1]))
    if as_json:
        say_json({"vault": vault, "password": bool(who[1])})
    elif vault or who[1]:
        said = [name for name, done in (("két khóa của hệ thống", vault), (f"mật khẩu của {who[0]}", who[1])) if done]
        say(f"Khóa phục hồi đúng. Từ nay mở được dữ liệu bằng {' và '.join(said)}.")
    else:
        say("Khóa phục hồi đúng. Máy này không có két khóa: đặt MOTCUA_PASSWORD rồi chạy lại để mở bằng mật khẩu.")
    return 0


_PARTS = {"status": _status, "change": _change, "recovery": _recovery, "recover": _recover}
