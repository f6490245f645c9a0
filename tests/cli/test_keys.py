"""Command `keys` with and without a vault, and command `backup`."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import keyring
import pypdfium2
import pytest

from tests.cli.conftest import Call
from tests.support.offices import ADMIN, OFFICE, PASSWORD
from tests.support.pdf_reading import scan_codes
from tests.support.vaults import FileVault

REPOSITORY = Path(__file__).resolve().parents[2]


def motcua(*words: object, text: str = "", **environment: str) -> tuple[int, Any, str]:
    """`motcua … --json` in a process of its own: status, answer, stderr."""
    surroundings = {**os.environ, "PYTHONPATH": str(REPOSITORY), "PYTHONDONTWRITEBYTECODE": "1", **environment}
    command = [sys.executable, str(REPOSITORY / "main.py"), "--json", *map(str, words)]
    ended = subprocess.run(command, env=surroundings, input=text, capture_output=True, encoding="utf-8", check=False)
    return ended.returncode, json.loads(ended.stdout.splitlines()[0]) if ended.stdout else None, ended.stderr


@pytest.fixture
def call_real(call: Call, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, Any, str]]:
    """Call in this process, with standard input and environment."""

    def run(*words: object, text: str = "", **environment: str) -> tuple[int, Any, str]:
        with monkeypatch.context() as meanwhile:
            meanwhile.setattr(sys, "stdin", TextIOWrapper(BytesIO(text.encode()), encoding="utf-8"))
            for name, value in environment.items():
                meanwhile.setenv(name, value)
            result = call("--json", *words)
        return result.status, result.lines[0] if result.out else None, result.err

    return run


@pytest.fixture
def office_file(tmp_path: Path) -> Path:
    file = tmp_path / "office.toml"
    file.write_text(OFFICE, encoding="utf-8")
    return file


def test_vault_opens_office_and_recovery_key_replaces_lost_vault(tmp_path: Path, office_file: Path) -> None:
    data = ("--data", tmp_path / "office", "--user", ADMIN)
    vault = {
        "PYTHON_KEYRING_BACKEND": "tests.support.vaults.FileVault",
        "MOTCUA_TEST_VAULT": str(tmp_path / "vault"),
        "MOTCUA_PASSWORD": PASSWORD,
    }
    status, office, _ = motcua("init", office_file, "--data", tmp_path / "office", **vault)
    assert status == 0 and len(office["recovery_key"].split("-")) == 8
    assert motcua("keys", "status", *data, **vault)[1] == {
        "vault": True,
        "vault_opens": True,
        "people": [ADMIN],
        "recovery_keys": 1,
        "genuine": True,
        "fingerprint": office["fingerprint"],
    }
    (tmp_path / "vault").unlink()
    status, answer, err = motcua("check", "--data", tmp_path / "office", "--user", "Người Khác", **vault)
    assert (status, answer["refused"]["code"]) == (3, "vault_lost") and "keys recover" in " ".join(err.split())
    (tmp_path / "key.txt").write_text(office["recovery_key"].lower() + "\n", encoding="utf-8")
    recovered = motcua("keys", "recover", "--recovery-key", tmp_path / "key.txt", *data, **vault)
    assert recovered[:2] == (0, {"vault": True, "password": True})
    assert motcua("keys", "status", *data, **vault)[1]["vault_opens"] is True


@pytest.fixture
def file_vault() -> Iterator[None]:
    """The vault of this process is the file named by MOTCUA_TEST_VAULT."""
    before = keyring.get_keyring()
    keyring.set_keyring(FileVault())
    yield
    keyring.set_keyring(before)


@pytest.mark.usefixtures("file_vault")
def test_recovery_in_one_account_leaves_the_vaults_of_others(call_real: Any, tmp_path: Path, office_file: Path) -> None:
    """Accounts of one PC share the data folder and have a vault each."""
    vaults = [{"MOTCUA_TEST_VAULT": str(tmp_path / name), "MOTCUA_PASSWORD": PASSWORD} for name in "abcdefghij"]
    data = ("--data", tmp_path / "office", "--user", ADMIN)
    _, office, _ = call_real("init", office_file, "--data", tmp_path / "office", **vaults[0])
    (tmp_path / "key.txt").write_text(office["recovery_key"], encoding="utf-8")
    for vault in vaults[1:]:
        assert call_real("keys", "recover", "--recovery-key", tmp_path / "key.txt", *data, **vault)[1]["vault"] is True
    opens = [call_real("keys", "status", *data, **vault)[1]["vault_opens"] for vault in vaults]
    assert opens == [False] * 2 + [True] * 8, "the file has room for eight; the oldest are dropped"


def test_silent_vault_does_not_block_command(tmp_path: Path, office_file: Path) -> None:
    silent = {"PYTHON_KEYRING_BACKEND": "tests.support.vaults.HangingVault", "MOTCUA_PASSWORD": PASSWORD}
    assert motcua("init", office_file, "--data", tmp_path / "office", **silent)[0] == 0
    assert motcua("check", "--data", tmp_path / "office", "--user", ADMIN, **silent)[1]["ok"] is True


def test_recovery_key_alone_opens_without_vault(call_real: Any, tmp_path: Path, office_file: Path) -> None:
    folder = tmp_path / "office"
    key = call_real("init", office_file, "--data", folder, MOTCUA_PASSWORD=PASSWORD)[1]["recovery_key"]
    data = ("--data", folder, "--user", ADMIN)
    before = (folder / "keys.json").read_bytes()
    for text, code in (
        (f"{key[:-1]}{'0' if key[-1] != '0' else '1'}", "recovery_key_group"),
        ("x", "recovery_key_shape"),
    ):
        status, answer, _ = call_real("keys", "recover", "--recovery-key", "-", *data, text=text)
        assert (status, answer["refused"]["code"]) == (1, code)
    assert call_real("keys", "recover", *data)[1]["refused"]["code"] == "recovery_key_missing"
    assert (folder / "keys.json").read_bytes() == before
    new = "mật khẩu thay cái đã quên"
    assert call_real("keys", "recover", *data, MOTCUA_RECOVERY_KEY=key, MOTCUA_PASSWORD=new)[0] == 0
    alone = call_real("keys", "change", *data, MOTCUA_PASSWORD=new)
    assert (alone[0], alone[1]["refused"]["code"]) == (1, "second_missing")
    two = {"MOTCUA_PASSWORD": new, "MOTCUA_NEW_PASSWORD": "480217", "MOTCUA_SECOND_PASSWORD": "480217"}
    assert call_real("users", "add", "Lê Văn Hai", "--role", "head", *data, **two)[0] == 0
    assert call_real("keys", "change", "--second", "Lê Văn Hai", *data, **two)[1] == {"changed": True}
    out = tmp_path / "trang.pdf"
    with_hai = ("keys", "recovery", "--second", "Lê Văn Hai", "--out", out, *data)
    assert call_real(*with_hai, **{**two, "MOTCUA_SECOND_PASSWORD": "111222"})[1]["refused"]["code"] == "sign_in_wrong"
    assert not out.exists()
    assert call_real(*with_hai, **two)[1] == {"file": str(out)}
    assert [text[:5] for _, text in scan_codes(out.read_bytes())[0]] == ["MCK1:"]
    text = pypdfium2.PdfDocument(BytesIO(out.read_bytes()))[0].get_textpage().get_text_range()
    shown = "-".join(word for word in text.split() if len(word) == 5 and word.isupper() and word.isalnum())
    assert call_real("keys", "recover", *data, MOTCUA_RECOVERY_KEY=key)[1]["refused"]["code"] == "recovery_key_wrong"
    assert "KHÓA PHỤC HỒI" in text and len(shown) >= 40


def test_unwritable_recovery_page_keeps_old_recovery_key(call_real: Any, tmp_path: Path, office_file: Path) -> None:
    folder = tmp_path / "office"
    key = call_real("init", office_file, "--data", folder, MOTCUA_PASSWORD=PASSWORD)[1]["recovery_key"]
    data = ("--data", folder, "--user", ADMIN)
    (tmp_path / "key.txt").write_text(key, encoding="utf-8")
    written = ("keys", "recovery", "--recovery-key", tmp_path / "key.txt", "--out", tmp_path / "no" / "a.pdf")
    status, answer, _ = call_real(*written, *data)
    assert (status, answer["refused"]["code"]) == (1, "out_unwritable")
    assert call_real("keys", "recover", *data, MOTCUA_RECOVERY_KEY=key)[0] == 0


def test_users_are_added_and_disabled_without_vault(call_real: Any, tmp_path: Path, office_file: Path) -> None:
    folder, other = tmp_path / "office", "Lò Văn Ơn"
    assert call_real("init", office_file, "--data", folder, MOTCUA_PASSWORD=PASSWORD)[0] == 0
    admin = {"MOTCUA_USER": ADMIN, "MOTCUA_PASSWORD": PASSWORD, "MOTCUA_DATA": str(folder)}
    head = {**admin, "MOTCUA_USER": other, "MOTCUA_PASSWORD": "chữ khác hẳn của tôi"}
    added = call_real("users", "add", other, "--role", "head", **admin, MOTCUA_NEW_PASSWORD=head["MOTCUA_PASSWORD"])
    assert added[0] == 0, added
    assert call_real("search", "nguyen", **head)[0] == 0
    assert call_real("users", "disable", other, **admin)[0] == 0
    assert call_real("search", "nguyen", **head)[0] == 1


def test_training_office_has_no_keys(call: Any, training_folder: Path) -> None:
    for part in ("status", "change", "recovery"):
        result = call("--data", training_folder, "--json", "keys", part)
        assert (result.status, result.one["refused"]["code"]) == (1, "keys_none")


def test_backup_options(call: Any, training_folder: Path, tmp_path: Path) -> None:
    data = ("--data", training_folder, "--json")
    assert call(*data, "backup", "--second", tmp_path / "phu").one == {"second": str(tmp_path / "phu")}
    first = call(*data, "backup", "--auto").one
    assert Path(first["file"]).is_file() and first["places"] == [{"folder": str(tmp_path / "phu"), "trouble": None}]
    assert call(*data, "backup", "--auto").one["file"] is None
    assert call(*data, "backup", "--guide", tmp_path / "g.pdf").one == {"file": str(tmp_path / "g.pdf")}
    text = pypdfium2.PdfDocument((tmp_path / "g.pdf").read_bytes())[0].get_textpage().get_text_range()
    assert "motcua restore" in text and "keys recover" in text
    assert call(*data, "backup", "--second", "").one == {"second": ""}


def zipped(**members: bytes) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return out.getvalue()


def bomb() -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        archive.writestr("motcua.db", bytes(50_000_000))
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"PK",
        b"PK\x03\x04" + bytes(500),
        zipped(office_toml=b"x"),
        zipped(motcua_db=b""),
        zipped(motcua_db=b"\xa5" * 9000),
        zipped(motcua_db=os.urandom(8192)),
        zipped(motcua_db=os.urandom(8192), keys_json=b"{}"),
        bomb(),
    ],
    ids=["PK", "header", "no database", "empty", "garbage", "locked", "bad keys", "bomb"],
)
def test_hostile_backup_is_refused_and_office_unchanged(
    call: Any, training_folder: Path, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "bad.mcbackup").write_bytes(content)
    before = sorted(file.name for file in training_folder.rglob("*"))
    result = call("--data", training_folder, "--json", "restore", tmp_path / "bad.mcbackup")
    assert result.status in (1, 3) and result.one["refused"]["code"] in ("backup_damaged", "keys_damaged")
    assert set(before) | {"window.lock"} == {file.name for file in training_folder.rglob("*")} | {"window.lock"}
    assert call("--data", training_folder, "--json", "check").one["ok"] is True
