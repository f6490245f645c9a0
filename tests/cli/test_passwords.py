"""Passwords by command: typed unseen at a terminal, read from a file or standard input, never an argument."""

import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_keys import call_real
from tests.support.offices import ADMIN, PASSWORD

__all__ = ["call_real"]
REPOSITORY = Path(__file__).resolve().parents[2]
HAI, NEW = "Lê Văn Hai", "Cầu tre lắc lẻo 17"


def signed_in(call_real: Any, folder: Path, name: str, password: str) -> str:
    """«in», or why not."""
    status, answer, _ = call_real("--data", folder, "--user", name, "clock", "status", MOTCUA_PASSWORD=password)
    return "in" if status == 0 else answer["refused"]["code"]


def test_ones_own_password_from_standard_input_a_file_and_the_surroundings(
    call_real: Any, real_folder: Path, tmp_path: Path
) -> None:
    own = ("--data", real_folder, "--user", ADMIN, "users", "password")
    first = call_real(*own, "--new", "-", text=f"{NEW}\n", MOTCUA_PASSWORD=PASSWORD)
    assert first[:2] == (0, {"name": ADMIN, "changed": True})
    assert signed_in(call_real, real_folder, ADMIN, PASSWORD) == "keys_password_wrong"
    file = tmp_path / "new.txt"
    file.write_text(f"\ufeff{NEW} nữa\r\nx", encoding="utf-8")
    assert call_real(*own, "--new", file, MOTCUA_PASSWORD=NEW)[0] == 0
    assert signed_in(call_real, real_folder, ADMIN, f"{NEW} nữa") == "in"
    back = {"MOTCUA_PASSWORD": f"{NEW} nữa", "MOTCUA_NEW_PASSWORD": PASSWORD}
    assert call_real(*own, **back)[0] == 0
    for told, code in (
        ({}, "secret_new_missing"),
        ({"MOTCUA_NEW_PASSWORD": "1234567"}, "secret_plain"),
        ({"MOTCUA_NEW_PASSWORD": ADMIN}, "secret_plain"),
    ):
        assert call_real(*own, MOTCUA_PASSWORD=PASSWORD, **told)[1]["refused"]["code"] == code
    gone = call_real(*own, "--new", tmp_path / "none", MOTCUA_PASSWORD=PASSWORD)
    assert gone[1]["refused"] == {**gone[1]["refused"], "code": "file_missing", "field": "new"}
    assert (
        call_real(*own, MOTCUA_PASSWORD="sai", MOTCUA_NEW_PASSWORD=NEW)[1]["refused"]["code"] == "keys_password_wrong"
    )
    assert signed_in(call_real, real_folder, ADMIN, PASSWORD) == "in"


def test_nobody_is_reset_into_an_account_that_cannot_open(call_real: Any, real_folder: Path) -> None:
    admin = ("--data", real_folder, "--user", ADMIN, "users")
    said = call_real(*admin, "add", HAI, "--role", "officer", MOTCUA_PASSWORD=PASSWORD)
    assert said[0] == 0 and "users reset" in said[2]
    assert call_real(*admin, "reset", HAI, "--new", "-", text="480217", MOTCUA_PASSWORD=PASSWORD)[0] == 0
    assert signed_in(call_real, real_folder, HAI, "480217") == "in"
    refused = call_real(*admin, "reset", HAI, MOTCUA_PASSWORD=PASSWORD)
    assert refused[1]["refused"]["code"] == "secret_needed_here" and refused[1]["refused"]["field"] == "new"
    assert signed_in(call_real, real_folder, HAI, "480217") == "in"
    assert call_real(*admin, "disable", HAI, MOTCUA_PASSWORD=PASSWORD)[0] == 0, "sending away needs no password"


@pytest.mark.posix
def test_at_a_terminal_nothing_typed_is_shown(real_folder: Path) -> None:
    master, slave = pty.openpty()
    words = ("--data", str(real_folder), "--user", ADMIN, "users", "password")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MOTCUA_")}
    process = subprocess.Popen(
        [sys.executable, str(REPOSITORY / "main.py"), *words],
        stdin=slave, stdout=slave, stderr=slave, env=environment, start_new_session=True,
    )  # fmt: skip
    os.close(slave)
    said = b""
    for asked, answer in (
        ("Mật khẩu hoặc mã PIN của", PASSWORD),
        ("PIN mới của", NEW),
        ("Gõ lại", NEW + "x"),
        ("PIN mới của", NEW),
        ("Gõ lại", NEW),
    ):
        heard = b""
        while asked.encode() not in heard:
            heard += os.read(master, 4096)
        said += heard
        os.write(master, f"{answer}\n".encode())
    while True:
        try:
            more = os.read(master, 4096)
        except OSError:
            break
        if not more:
            break
        said += more
    os.close(master)
    assert process.wait() == 0, said.decode()
    assert "đã có hiệu lực" in said.decode() and PASSWORD.encode() not in said and NEW.encode() not in said
