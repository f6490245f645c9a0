"""Commands `init`, `card`, `users`, `enrol`, `senders`, `knocks`, `block`."""

import re
from collections.abc import Callable
from typing import Any

from app.sync.wire import fingerprint
from hub.address import check_address
from hub.card import card_text
from hub.cli.request import OPERATOR, Request, shown, write_line, write_lines
from hub.errors import Exit, Refused
from hub.files import read_file, write_file
from hub.keys import create_keys, keys_path
from hub.passwords import hash_password
from hub.storage import accounts, senders
from hub.storage.accounts import account_name
from hub.storage.receiver import Receiver, create_receiver, exists, record_act
from hub.storage.schema import SCHEMA
from hub.storage.senders import SenderRow

_KEY = re.compile(r"[0-9a-f]{64}")
_AGENCY = re.compile(r"[A-Y][0-9]{2}(?:\.[0-9]{1,3}){0,4}")
ADMINISTRATOR = "administrator"


def init(request: Request) -> Exit:
    """Create tables, keys and the first administrator."""
    path, name = keys_path(request.environment.variables.get("HUB_KEYS")), account_name(request.arguments.admin)
    database = request.opened_database()
    with database.connection() as connection:
        if exists(connection):
            raise Refused("hub_exists")
    secret = hash_password(request.password(name))
    had_keys = path.exists()
    keys = create_keys(path)
    receiver = Receiver(
        SCHEMA, request.arguments.training, request.arguments.distributed, keys.receiver_signs, keys.receiver_key
    )
    now = request.environment.clock()
    try:
        with database.transaction() as connection:
            create_receiver(connection, receiver, now)
            accounts.add(connection, name, ADMINISTRATOR, secret, now)
            record_act(connection, now, OPERATOR, "init", name)
    except Refused:
        if not had_keys:
            path.unlink(missing_ok=True)
        raise
    write_line(
        {"receiver_signs": keys.receiver_signs, "receiver_key": keys.receiver_key, "training": receiver.training}
    )
    return Exit.DONE


def card(request: Request) -> Exit:
    """Write the card with which an office joins."""
    arguments = request.arguments
    address = check_address(arguments.address)
    _ = request.database
    ca = None if arguments.ca is None else read_file(arguments.ca).decode("utf-8", "replace")
    write_file(arguments.out, card_text(address, request.receiver, ca).encode())
    write_line(
        {
            "file": arguments.out,
            "sync_address": address,
            "receiver_signs": request.receiver.receiver_signs,
            "receiver_key": request.receiver.receiver_key,
            "fingerprint": fingerprint(bytes.fromhex(request.receiver.receiver_signs)),
        }
    )
    return Exit.DONE


def users(request: Request) -> Exit:
    """Add, list, reset or disable an account of the pages."""
    verb: Callable[[Request], None] = {
        "list": _list_users,
        "add": _add_user,
        "reset": _reset_user,
        "disable": _disable_user,
    }[request.arguments.verb]
    verb(request)
    return Exit.DONE


def _list_users(request: Request) -> None:
    with request.database.connection() as connection:
        rows = accounts.all_accounts(connection)
    write_lines({"name": row.name, "role": row.role, "active": row.active} for row in rows)


def _add_user(request: Request) -> None:
    name, role = account_name(request.arguments.name or ""), request.arguments.role or "reader"
    secret = hash_password(request.password(name))
    with request.database.transaction() as connection:
        accounts.add_new(connection, name, role, secret, request.now)
        record_act(connection, request.now, OPERATOR, "users add", name, role)
    write_line({"name": name, "role": role, "active": True})


def _reset_user(request: Request) -> None:
    name = account_name(request.arguments.name or "")
    secret = hash_password(request.password(name))
    _change_user(request, name, secret=secret, role=request.arguments.role, active=True)


def _disable_user(request: Request) -> None:
    _change_user(request, account_name(request.arguments.name or ""), secret=None, role=None, active=False)


def _change_user(request: Request, name: str, *, secret: str | None, role: str | None, active: bool) -> None:
    with request.database.transaction() as connection:
        if not active or role not in (None, ADMINISTRATOR):
            accounts.check_other_administrator(connection, name)
        if not accounts.change(connection, name, secret=secret, role=role, active=active):
            raise Refused("user_unknown", name=name)
        record_act(connection, request.now, OPERATOR, f"users {request.arguments.verb}", name, role)
        row = accounts.account(connection, name)
    if row is not None:
        write_line({"name": row.name, "role": row.role, "active": row.active})


def enrol(request: Request) -> Exit:
    """Enrol a key under an agency code."""
    key, agency = public_key(request.arguments.public_key), agency_code(request.arguments.agency)
    with request.database.transaction() as connection:
        senders.enrol(connection, key, agency, request.arguments.name, request.now)
        record_act(connection, request.now, OPERATOR, "enrol", key, agency)
        row = senders.sender_of_key(connection, key)
    if row is not None:
        write_line(sender_json(row))
    return Exit.DONE


def list_senders(request: Request) -> Exit:
    """List the enrolled keys."""
    with request.database.connection() as connection:
        write_lines(map(sender_json, senders.all_senders(connection)))
    return Exit.DONE


def list_knocks(request: Request) -> Exit:
    """List the keys that are not enrolled."""
    with request.database.connection() as connection:
        rows = senders.all_knocks(connection)
    write_lines(
        {
            **row._asdict(),
            "fingerprint": fingerprint(bytes.fromhex(row.public_key)),
            "first_at": shown(row.first_at),
            "last_at": shown(row.last_at),
        }
        for row in rows
    )
    return Exit.DONE


def block(request: Request) -> Exit:
    """Block a key."""
    key, note = public_key(request.arguments.public_key), checked_note(request.arguments.note)
    with request.database.transaction() as connection:
        if not senders.block(connection, key, note, request.now):
            raise Refused("sender_unknown")
        record_act(connection, request.now, OPERATOR, "block", key, note)
        row = senders.sender_of_key(connection, key)
    if row is not None:
        write_line(sender_json(row))
    return Exit.DONE


def sender_json(row: SenderRow) -> dict[str, Any]:
    """Return a sender as answers show it."""
    return {
        "public_key": row.public_key,
        "fingerprint": fingerprint(bytes.fromhex(row.public_key)),
        "agency_code": row.agency_code,
        "name": row.name,
        "workstation": row.workstation,
        "enrolled_at": shown(row.enrolled_at),
        "blocked_at": shown(row.blocked_at),
        "note": row.block_note,
        "files": row.files,
        "last_file_at": shown(row.heard_at),
    }


def public_key(text: str) -> str:
    """Return a public key in hexadecimal; raises Refused `public_key`."""
    key = "".join(text.split()).lower()
    if _KEY.fullmatch(key) is None:
        raise Refused("public_key")
    return key


def agency_code(text: str) -> str:
    """Return an agency code; raises Refused `agency_code`."""
    code = text.strip().upper()
    if _AGENCY.fullmatch(code) is None:
        raise Refused("agency_code", text=text[:40])
    return code


def checked_note(text: str) -> str:
    """Return a note on one line; raises Refused `note_empty`."""
    note = " ".join(text.split())
    if not note:
        raise Refused("note_empty")
    return note[:1000]
