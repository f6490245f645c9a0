"""Law in the window of a real office: wrong files and the receiver."""

import io
import os
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from app.bootstrap import open_office
from app.models.enums import Role
from app.office.session import OfficeSession
from app.services.law_packages.drafting import IssuerKey, draft_law, new_issuer_key
from app.settings import FILE_NAME as OFFICE_FILE
from app.sync.package import PackageHeader, write_package
from app.sync.signing import public_key
from app.ui.admin.package_dialog import PackageDialog
from app.ui.law.dialog import LawDialog
from app.ui.shell.handed_files import HandedFiles
from app.ui.shell.second_start import StartListener
from app.ui.shell.window import MainWindow
from app.usecases.accounts.users import AddUser, add_user
from app.usecases.law.counter_rules import ListCounterRules, list_counter_rules
from tests.support.offices import ADMIN, PASSWORD, desk_session, machine_now
from tests.support.sync_samples import RECEIVER_KEY

WaitUntilIdle = Callable[[Any], None]
SECOND, SECOND_PASSWORD = "Lê Văn Hai", "Ruộng bậc thang 9"
LAW = """\
id = "{name}"
title = "Lý do trễ {name}"
issuer = "UBND tỉnh Thử"
decision = "QĐ 5"
valid_from = 2020-01-01
[[rule]]
kind = "late_reason"
key = "{name}"
value = {{ name = "Lý do {name}" }}
"""


@pytest.fixture
def office(real_folder: Path) -> Iterator[OfficeSession]:
    """Real office with two heads that has joined a receiver."""
    file = real_folder / OFFICE_FILE
    signs = f'receiver_signs = "{public_key(RECEIVER_KEY).hex()}"\n'
    file.write_text(signs + file.read_text(encoding="utf-8"), encoding="utf-8")
    with desk_session(real_folder, ADMIN) as desk:
        desk.office.write_password(
            add_user, AddUser(SECOND, Role.HEAD, secret=SECOND_PASSWORD), SECOND, SECOND_PASSWORD
        )
    session = open_office(real_folder, ADMIN, None, PASSWORD)
    yield session
    session.close()


@pytest.fixture
def window(office: OfficeSession, open_window: Callable[..., MainWindow]) -> MainWindow:
    """Window of the office on the page of law packages."""
    return open_window(office, "law")


@pytest.fixture
def build(tmp_path: Path) -> Callable[[str, IssuerKey], Path]:
    """Build and sign a package with a reason of lateness."""

    def build_package(name: str, key: IssuerKey) -> Path:
        folder = tmp_path / f"nguon-{name}"
        folder.mkdir()
        (folder / "law.toml").write_text(LAW.format(name=name), encoding="utf-8")
        file = tmp_path / f"{name}.mclaw"
        file.write_bytes(draft_law(folder, key, machine_now()))
        return file

    return build_package


def drop(window: MainWindow, file: Path) -> None:
    """Drop a file on the page as Explorer does."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    event = QDropEvent(
        QPointF(20, 20), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    window.law.dropEvent(event)


def packed_again(content: bytes) -> bytes:
    """Return a package with compressed members."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    return packed.getvalue()


def other_zip() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as new:
        new.writestr("anh.jpg", b"x")
    return packed.getvalue()


def test_each_wrong_file_is_refused_in_one_sentence(
    window: MainWindow,
    office: OfficeSession,
    build: Callable[[str, IssuerKey], Path],
    tmp_path: Path,
    wait_until_idle: WaitUntilIdle,
) -> None:
    good = build("goc", new_issuer_key()).read_bytes()
    changed = bytearray(good)
    changed[good.index(b"late_reason")] ^= 1
    wrong: dict[str, bytes | None] = {
        "van-ban.docx": b"PK\x03\x04 van ban",
        "anh.pdf": b"%PDF-1.7\n",
        "trong.mclaw": b"",
        "cut.mclaw": good[: len(good) // 2],
        "cut-1.mclaw": good[:-1],
        "sua.mclaw": bytes(changed),
        "nen-lai.mclaw": packed_again(good),
        "khac.mclaw": other_zip(),
        "thu-muc.mclaw": None,
        "khong-co.mclaw": None,
        "ong.mclaw": None,
    }
    (tmp_path / "thu-muc.mclaw").mkdir()
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "ong.mclaw")
    before = office.read(list_counter_rules, ListCounterRules())
    sentences = {}
    for name, content in wrong.items():
        if content is not None:
            (tmp_path / name).write_bytes(content)
        window.banner.clear()
        drop(window, tmp_path / name)
        wait_until_idle(window.runner)
        sentences[name] = window.banner.text
        assert not [each for each in window.findChildren(LawDialog) if each.isVisible()], name
    assert all(text.endswith(".") and len(text) < 300 for text in sentences.values()), sentences
    assert "Lỗi của chương trình" not in "".join(sentences.values())
    assert office.read(list_counter_rules, ListCounterRules()) == before and window.law.model.rows


def test_unknown_issuer_is_confirmed_once_by_two_people(
    window: MainWindow,
    office: OfficeSession,
    build: Callable[[str, IssuerKey], Path],
    wait_until_idle: WaitUntilIdle,
) -> None:
    key = new_issuer_key()

    def dropped(name: str) -> LawDialog:
        drop(window, build(name, key))
        wait_until_idle(window.runner)
        (dialog,) = [each for each in window.findChildren(LawDialog) if each.isVisible()]
        return dialog

    dialog = dropped("mot")
    assert key.fingerprint in dialog.unknown.text() and not dialog.apply_button.isEnabled()
    for typed in ("1234", key.fingerprint):
        dialog.fingerprint.setText(typed)
        dialog.load()
        wait_until_idle(window.runner)
        assert bool(dialog.fingerprint_box.error) == (typed == "1234")
    assert dialog.second.isVisible() and dialog.second.name.currentText() == SECOND
    for secret, done in (("sai", False), (SECOND_PASSWORD, True)):
        dialog.second.secret.setText(secret)
        dialog.apply_button.click()
        wait_until_idle(window.runner)
        assert ("Đã áp dụng" in window.banner.text) == done
        if not done:
            assert dialog.second.secret_box.error
    known = dropped("hai")
    assert len(known.model.rows) == 1 and known.second.isVisible()
    known.reject()
    wait_until_idle(window.runner)
    lines = {line.id: line.state.value for line in window.law.model.rows}
    assert lines["mot"] == "in_force" and "hai" not in lines
    used = {line.key: line.state for line in office.read(list_counter_rules, ListCounterRules())}
    assert used["mot"] == "in_force" and "hai" not in used
    window.law.table.selectRow(list(lines).index("mot"))
    window.law.note.setText("Gửi nhầm tỉnh")
    window.law.revert.click()
    wait_until_idle(window.runner)
    assert {line.id: line.state.value for line in window.law.model.rows}["mot"] == "reverted"
    assert "mot" not in {line.key for line in office.read(list_counter_rules, ListCounterRules())}


def test_law_of_the_receiver_is_applied_by_two_people(
    window: MainWindow,
    office: OfficeSession,
    build: Callable[[str, IssuerKey], Path],
    tmp_path: Path,
    wait_until_idle: WaitUntilIdle,
) -> None:
    law = build("gui-xuong", new_issuer_key()).read_bytes()
    header = PackageHeader(1, "law", "*", "Lý do trễ", machine_now().isoformat())
    file = tmp_path / "goi-1.mcdown"
    file.write_bytes(write_package(header, law, RECEIVER_KEY))
    listener = StartListener(office.folder, window)
    handed = HandedFiles(window, listener)
    listener.hand_in(file)
    wait_until_idle(window.runner)
    (dialog,) = window.findChildren(PackageDialog)
    assert [cells.subject for cells in dialog.model.rows] == ["gui-xuong · Lý do gui-xuong"]
    assert dialog.second.isVisible() and dialog.second.name.currentText() == SECOND
    for secret, done in (("sai", False), (SECOND_PASSWORD, True)):
        assert "gui-xuong" not in {line.key for line in office.read(list_counter_rules, ListCounterRules())}
        dialog.second.secret.setText(secret)
        dialog.apply_button.click()
        wait_until_idle(window.runner)
        assert ("Đã dùng gói số 1" in window.banner.text) == done
    used = {line.key: line.state for line in office.read(list_counter_rules, ListCounterRules())}
    assert used["gui-xuong"] == "in_force"
    handed.deleteLater()
