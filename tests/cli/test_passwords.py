"""Passwords of commands: typed, from a file or standard input."""

import os
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


def sign_in_result(call_real: Any, folder: Path, name: str, password: str) -> str:
    """Return «in» or the code of the refusal."""
    status, answer, _ = call_real("--data", folder, "--user", name, "clock", "status", MOTCUA_PASSWORD=password)
    return "in" if status == 0 else answer["refused"]["code"]


def test_own_password_from_standard_input_file_and_environment(
    call_real: Any, real_folder: Path, tmp_path: Path
) -> None:
    own = ("--data", real_folder, "--user", ADMIN, "users", "password")
    first = call_real(*own, "--new", "-", text=f"{NEW}\n", MOTCUA_PASSWORD=PASSWORD)
    assert first[:2] == (0, {"name": ADMIN, "changed": True})
    assert sign_in_result(call_real, real_folder, ADMIN, PASSWORD) == "keys_password_wrong"
    file = tmp_path / "new.txt"
    file.write_text(f"\ufeff{NEW} nữa\r\nx", encoding="utf-8")
    assert call_real(*own, "--new", file, MOTCUA_PASSWORD=NEW)[0] == 0
    assert sign_in_result(call_real, real_folder, ADMIN, f"{NEW} nữa") == "in"
    back = {"MOTCUA_PASSWORD": f"{NEW} nữa", "MOTCUA_NEW_PASSWORD": PASSWORD}
    assert call_real(*own, **back)[0] == 0
    for variables, code in (
        ({}, "secret_new_missing"),
        ({"MOTCUA_NEW_PASSWORD": "1234567"}, "secret_plain"),
        ({"MOTCUA_NEW_PASSWORD": ADMIN}, "secret_plain"),
    ):
        assert call_real(*own, MOTCUA_PASSWORD=PASSWORD, **variables)[1]["refused"]["code"] == code
    missing = call_real(*own, "--new", tmp_path / "none", MOTCUA_PASSWORD=PASSWORD)
    assert missing[1]["refused"] == {**missing[1]["refused"], "code": "file_missing", "field": "new"}
    assert (
        call_real(*own, MOTCUA_PASSWORD="sai", MOTCUA_NEW_PASSWORD=NEW)[1]["refused"]["code"] == "keys_password_wrong"
    )
    assert sign_in_result(call_real, real_folder, ADMIN, PASSWORD) == "in"


def test_reset_without_password_is_refused_without_vault(call_real: Any, real_folder: Path) -> None:
    admin = ("--data", real_folder, "--user", ADMIN, "users")
    result = call_real(*admin, "add", HAI, "--role", "officer", MOTCUA_PASSWORD=PASSWORD)
    assert result[0] == 0 and "users reset" in result[2]
    assert call_real(*admin, "reset", HAI, "--new", "-", text="480217", MOTCUA_PASSWORD=PASSWORD)[0] == 0
    assert sign_in_result(call_real, real_folder, HAI, "480217") == "in"
    refused = call_real(*admin, "reset", HAI, MOTCUA_PASSWORD=PASSWORD)
    assert refused[1]["refused"]["code"] == "secret_needed_here" and refused[1]["refused"]["field"] == "new"
    assert sign_in_result(call_real, real_folder, HAI, "480217") == "in"
    assert call_real(*admin, "disable", HAI, MOTCUA_PASSWORD=PASSWORD)[0] == 0, "sending away needs no password"


@pytest.mark.posix
def test_terminal_shows_no_typed_password(real_folder: Path) -> None:
    master, slave = os.openpty()
    words = ("--data", str(real_folder), "--user", ADMIN, "users", "password")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MOTCUA_")}
    process = subprocess.Popen(
        [sys.executable, str(REPOSITORY / "main.py"), *words],
        stdin=slave, stdout=slave, stderr=slave, env=environment, start_new_session=True,
    )  # fmt: skip
    os.close(slave)
    result = b""
    for prompt, answer in (
        ("Mật khẩu hoặc mã PIN của", PASSWORD),
        ("PIN mới của", NEW),
        ("Gõ lại", NEW + "x"),
        ("PIN mới của", NEW),
        ("Gõ lại", NEW),
    ):
        received = b""
        while prompt.encode() not in received:
            received += os.read(master, 4096)
        result += received
        os.write(master, f"{answer}\n".encode())
    while True:
        try:
            more = os.read(master, 4096)
        except OSError:
            break
        if not more:
            break
        result += more
    os.close(master)
    assert process.wait() == 0, result.decode()
    assert "đã có hiệu lực" in result.decode() and PASSWORD.encode() not in result and NEW.encode() not in result
