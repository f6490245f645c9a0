"""Tests of the recovery key dialog on a real office."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import keyring
import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app import bootstrap
from app.bootstrap import create_office
from app.office.session import OfficeSession
from app.ui.admin.recovery_key import RecoveryKeyDialog
from app.ui.shell.signin_dialog import SignInDialog
from tests.support.offices import ADMIN, HASH_COST, OFFICE, PASSWORD
from tests.support.vaults import FileVault

PIN = "480217"
NEW = "con trâu đi trước"


@pytest.fixture
def locked_office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Path, str]]:
    """Yield an office without its vault, and its recovery key.

    The PIN is too short to open the office alone.
    """
    monkeypatch.setenv("MOTCUA_TEST_VAULT", str(tmp_path / "vault"))
    before = keyring.get_keyring()
    keyring.set_keyring(FileVault())
    folder = tmp_path / "office"
    recovery = create_office(folder, OFFICE, False, None, PIN)[1].recovery_key
    (tmp_path / "vault").unlink()
    yield folder, recovery
    keyring.set_keyring(before)


def sign_in_dialog(folder: Path, office: list[OfficeSession]) -> Callable[..., None]:
    def attempt(name: str, *secrets: str) -> None:
        office.append(bootstrap._open_for_window(folder, name, None, *secrets))

    return attempt


def with_wrong_group(key: str, group: int) -> str:
    groups = key.split("-")
    character = groups[group][0]
    groups[group] = ("7" if character != "7" else "8") + groups[group][1:]
    return "-".join(groups)


def test_recovery_key_opens_office_without_vault(
    translated_app: Any, qtbot: Any, locked_office: tuple[Path, str]
) -> None:
    folder, key = locked_office
    office: list[OfficeSession] = []
    attempt = sign_in_dialog(folder, office)
    sign_in = SignInDialog("UBND xã Thử Nghiệm", (), ADMIN, attempt, recover=attempt)
    qtbot.addWidget(sign_in)
    sign_in.show()
    assert sign_in.recovery_button.isHidden()
    sign_in.secret.setText(PIN)
    sign_in.submit()
    assert not sign_in.recovery_button.isHidden() and not office
    assert "Két khóa của máy không mở được" in sign_in.secret.accessibleDescription()
    dialog = RecoveryKeyDialog("UBND xã Thử Nghiệm", ADMIN, attempt)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.submit()
    assert "8 nhóm" in dialog.error_line.text() or dialog.secret_box.inner.accessibleDescription()
    QApplication.clipboard().setText(with_wrong_group(key, 2).lower())
    dialog.groups[0].paste()
    assert "Nhóm thứ 3" in dialog.error_line.text() and dialog.error_line.isVisible()
    assert [group.property("wrong") for group in dialog.groups].count("true") == 1
    dialog.groups[2].clear()
    dialog.groups[2].setFocus()
    QTest.keyClicks(dialog.groups[2], key.split("-")[2].lower())
    assert not dialog.error_line.isVisible() and dialog.key == key
    dialog.secret.setText(NEW)
    dialog.again.setText("khác")
    dialog.submit()
    assert not office
    dialog.again.setText(NEW)
    dialog.submit()
    assert dialog.result() and office[0].facts.actor == ADMIN
    assert not dialog.key.strip("-") and not dialog.secret.text()
    office[0].close()
    attempt(ADMIN, NEW)
    office[1].close()
    (folder.parent / "vault").unlink()
    attempt(ADMIN, NEW)
    office[2].close()


def test_recovery_key_of_other_office_is_refused(
    translated_app: Any, qtbot: Any, locked_office: tuple[Path, str], tmp_path: Path
) -> None:
    folder, _ = locked_office
    other = create_office(tmp_path / "other", OFFICE, False, None, PASSWORD, HASH_COST)[1].recovery_key
    office: list[OfficeSession] = []
    dialog = RecoveryKeyDialog("UBND xã Thử Nghiệm", ADMIN, sign_in_dialog(folder, office))
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.fill(0, other)
    for line in (dialog.secret, dialog.again):
        line.setText(NEW)
    dialog.submit()
    assert "không phải của cơ quan này" in dialog.error_line.text() and not office
    dialog.fill(0, locked_office[1])
    dialog.name.setText("Không Có Ai")
    dialog.submit()
    assert not office and dialog.name.accessibleDescription()
    dialog.name.setText(ADMIN)
    dialog.submit()
    assert office[0].facts.actor == ADMIN
    office[0].close()
