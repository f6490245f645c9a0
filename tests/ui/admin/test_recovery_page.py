"""Tests of the new recovery page, and of accepting an earlier release."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from app import bootstrap
from app.bootstrap import open_office
from app.models.enums import Role
from app.models.errors import Refusal
from app.office.session import OfficeSession
from app.ui.admin import recovery_page
from app.ui.admin.recovery_page import RecoveryPageDialog
from app.ui.kit.runner import Runner
from app.ui.shell.signin_dialog import SignInDialog
from app.usecases.accounts.users import AddUser, add_user
from tests.cli.forgery import to_earlier_release
from tests.faults.acts.scenes import page_key
from tests.support.offices import ADMIN, PASSWORD, desk_session, use_profile

HAI, HAI_PASSWORD = "Lê Văn Hai", "Ruộng bậc thang 9"


@pytest.fixture
def office_of_two(real_folder: Path) -> Path:
    with desk_session(real_folder, ADMIN) as desk:
        desk.office.write_password(add_user, AddUser(HAI, Role.HEAD, secret=HAI_PASSWORD), HAI, HAI_PASSWORD)
    return real_folder


@pytest.fixture
def dialog(
    translated_app: Any, qtbot: Any, office_of_two: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[RecoveryPageDialog]:
    """Yield the dialog of an open office; the user chooses a file."""
    monkeypatch.setattr(recovery_page, "choose_save_file", lambda *_words: tmp_path / "page.pdf")
    with closing(open_office(office_of_two, ADMIN, None, PASSWORD)) as office:
        runner = Runner(office)
        shown = RecoveryPageDialog(runner)
        shown.setAttribute(recovery_page.Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(shown)
        shown.load()
        shown.show()
        yield shown


def settle(dialog: RecoveryPageDialog) -> None:
    for _ in range(3):
        while not dialog._runner.idle:
            QApplication.processEvents()
        QApplication.processEvents()


def is_refused(folder: Path, recovery: str) -> bool:
    try:
        open_office(folder, "", None, "", recovery).close()
    except Refusal as refusal:
        return refusal.code == "recovery_key_wrong"
    return False


def test_former_key_goes_when_the_new_one_is_typed_back(dialog: RecoveryPageDialog, tmp_path: Path) -> None:
    settle(dialog)
    dialog.second.secret.setText(HAI_PASSWORD)
    dialog.submit()
    settle(dialog)
    key, folder = page_key((tmp_path / "page.pdf").read_bytes()), dialog._runner.desk.facts.folder
    assert dialog.typed_part.isVisible() and len(key.split("-")) == 8
    dialog.typed.setText(key[:-1])
    dialog.submit()
    settle(dialog)
    assert dialog.typed_box.error and dialog.isVisible()
    assert dialog._page is not None
    dialog.typed.setText(key.lower())
    dialog.submit()
    settle(dialog)
    assert not dialog.isVisible() and not is_refused(folder, key)


def test_abandoned_page_leaves_the_former_key(dialog: RecoveryPageDialog, tmp_path: Path) -> None:
    settle(dialog)
    dialog.second.secret.setText(HAI_PASSWORD)
    dialog.submit()
    settle(dialog)
    key, folder = page_key((tmp_path / "page.pdf").read_bytes()), dialog._runner.desk.facts.folder
    dialog.reject()
    settle(dialog)
    assert is_refused(folder, key)


def test_office_of_an_earlier_release_asks_for_a_second_person(
    translated_app: Any, qtbot: Any, office_of_two: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_profile(monkeypatch, tmp_path / "state")
    with closing(open_office(office_of_two, ADMIN, None, PASSWORD)) as office:
        assert office.keys is not None
        key = office.keys.key
    to_earlier_release(office_of_two, key)
    use_profile(monkeypatch, tmp_path / "state-2")
    sessions: list[OfficeSession] = []

    def attempt(name: str, *secrets: Any) -> None:
        sessions.append(bootstrap._open_for_window(office_of_two, name, None, *secrets))

    sign_in = SignInDialog("UBND xã Thử Nghiệm", (), ADMIN, attempt, recover=attempt)
    qtbot.addWidget(sign_in)
    sign_in.show()
    sign_in.secret.setText(PASSWORD)
    sign_in.submit()
    assert sign_in.second_part.isVisible() and not sessions
    sign_in.second.setText(HAI)
    sign_in.second_secret.setText("sai rồi nhé")
    sign_in.submit()
    assert sign_in.second_secret_box.error and not sessions
    sign_in.second_secret.setText(HAI_PASSWORD)
    sign_in.submit()
    (session,) = sessions
    assert [note.code for note in session.notes] == ["office_accepted", "recovery_page_due"]
    session.close()


def test_error_of_each_person_is_shown_at_their_password(translated_app: Any, qtbot: Any) -> None:
    """Where the vault opens the database, either password may be wrong."""
    errors = [Refusal("office_unproved", "second")]

    def attempt(*_typed: Any) -> None:
        raise errors[-1]

    sign_in = SignInDialog("UBND xã Thử Nghiệm", (), ADMIN, attempt)
    qtbot.addWidget(sign_in)
    sign_in.show()
    sign_in.submit()
    sign_in.second.setText(HAI)
    for name, wrong, other in (
        (HAI, sign_in.second_secret_box, sign_in.secret_box),
        (ADMIN, sign_in.secret_box, sign_in.second_secret_box),
    ):
        errors.append(Refusal("sign_in_wrong", "secret", name=name))
        sign_in.submit()
        assert name in wrong.error and not other.error
