"""Rebuild of a lost register from scanned documents."""

import random
import shutil
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.bootstrap import create_office, restore
from app.keys.credentials import UnlockCredentials
from app.keys.page_keys import open_page_keys, seal_page_keys
from app.keys.recovery import new_recovery_key
from app.models.enums import PaperForm, PaperSize, Role
from app.models.errors import Refusal
from app.models.instants import local_day
from app.services.credentials import Credentials
from app.services.documents.rebuild_codes import split_qr_texts
from app.usecases.accounts.users import AddUser, add_user
from app.usecases.documents.prepare import PreparePaper, prepare_paper
from app.usecases.office.rebuild import (
    CloseRebuilding,
    GetRebuilding,
    OpenRebuilding,
    RebuildDossier,
    Rebuilding,
    RebuildResult,
    close_rebuilding,
    get_rebuilding,
    open_rebuilding,
    page_code,
    rebuild_dossier,
)
from tests.support.offices import ADMIN, HASH_COST, OFFICE, PASSWORD, PERSON, Desk, desk_session, machine_now
from tests.support.pdf_reading import scan_codes

HAI, HAI_PIN = "Lê Văn Hai", "480217"
CARRIED = (
    "code, key, procedure_code, field, channel, quantity, return_by, applicant_name, received_at, received_day, due_at,"
    " due_day, original_due_at, fee, register_book, register_number, status"
)
FIRM = {"kind": "enterprise", "name": "Công ty TNHH Thử Ữ & Con", "id_number": "0312345678"}


INTAKES = [
    {"name": "Giấy chứng sinh hoặc giấy tờ thay thế", "handling": "submit", "originals": 1, "copies": 0},
    {"name": "Giấy tờ tùy thân của người yêu cầu", "handling": "show", "originals": 3, "copies": 1},
    {
        "name": "Giấy xác nhận của Ủy ban nhân dân xã cũ",
        "handling": "submit",
        "originals": 0,
        "copies": 2,
        "reason": "x",
    },
]


@pytest.fixture
def day_begun(real_folder: Path) -> Path:
    """Open a real office with two users."""
    with desk_session(real_folder, ADMIN) as desk:
        desk.office.write(add_user, AddUser(HAI, Role.OFFICER, secret=HAI_PIN))
    return real_folder


def scanned(desk: Desk, code: str, form: PaperForm, paper: PaperSize, now: datetime) -> list[str]:
    """Return the QR codes of the office's copy, as scanned at 203 dpi."""
    command = PreparePaper(code, form, paper=paper)
    pages = scan_codes(desk.office.write(prepare_paper, command, now).pdf)
    return [text for kind, text in pages[0] if kind == "QR Code"]


def work(desk: Desk, now: datetime) -> list[str]:
    """Accept dossiers of all kinds, print and scan their documents."""
    taken = (
        desk.take_in(now),
        desk.take_in(now, applicant=FIRM, channel="online", return_by="post", quantity=3, fee=25000),
        desk.take_in(now, applicant={**PERSON, "name": "Hờ A Ký", "phone": None, "id_number": None}),
        desk.take_in(now, procedure="1.001193", term=None, papers=INTAKES),
    )
    texts = []
    for place, each in enumerate(taken):
        paper = (PaperSize.A5, PaperSize.A4)[place % 2]
        form = (PaperForm.RECEIPT, PaperForm.CONTROL)[place // 2]
        texts += scanned(desk, each.code, form, paper, now)
    assert len(texts) == 2 * len(taken)
    return texts


def rows(desk: Desk) -> list[tuple[Any, ...]]:
    """Return register rows with addresses and submitted papers."""
    people = "SELECT json_extract(details, '$.address') FROM party WHERE dossier_id = dossier.id AND role = 'applicant'"
    papers = (
        "SELECT group_concat(name || handling || originals || copies) FROM dossier_paper WHERE dossier_id = dossier.id"
    )
    return desk.rows(f"SELECT {CARRIED}, ({people}), ({papers}) FROM dossier ORDER BY code")


def rebuilding(desk: Desk) -> None:
    desk.office.write(open_rebuilding, OpenRebuilding(Credentials(HAI, HAI_PIN)))


def add(desk: Desk, text: str, recovery: str = "") -> RebuildResult:
    return desk.office.write(rebuild_dossier, RebuildDossier(text, recovery))


def done(desk: Desk, texts: list[str]) -> list[str]:
    return [add(desk, text).done for text in texts]


def refusal(desk: Desk, text: str, recovery: str = "") -> str:
    before = desk.contents()
    with pytest.raises(Refusal) as refused:
        add(desk, text, recovery)
    assert desk.contents() == before
    return refused.value.code


def figures(desk: Desk, now: datetime) -> Any:
    today = local_day(now)
    return desk.report(date(today.year, 1, 1), today, now).total


def test_day_after_the_backup_is_rebuilt_from_paper(day_begun: Path, tmp_path: Path) -> None:
    now = machine_now()
    with desk_session(day_begun, ADMIN) as desk:
        early = work(desk, now)
        backup, _ = desk.office.back_up(tmp_path / "usb")
        late = work(desk, now)
        lost, counted = rows(desk), figures(desk, now)
    shutil.rmtree(day_begun)
    restore(day_begun, backup, False, UnlockCredentials(ADMIN, PASSWORD), Credentials(HAI, HAI_PIN))
    with desk_session(day_begun, ADMIN) as desk:
        assert refusal(desk, late[0]) == "rebuild_closed"
        rebuilding(desk)
        texts = [*early, *late]
        random.Random(5).shuffle(texts)
        answers = done(desk, texts)
        assert answers.count("rebuilt") == 4 and set(answers) <= {"rebuilt", "known", "seen"}
        assert rows(desk) == lost and figures(desk, now) == counted
        assert desk.check(machine_now()).ok
        assert set(done(desk, texts)) == {"known"}
        assert desk.office.read(get_rebuilding, GetRebuilding()).rebuilt == 4
        fresh = desk.take_in(machine_now())
        assert fresh.code > max(row[0] for row in lost)
        assert desk.check(machine_now()).ok


def test_paper_and_recovery_page_rebuild_the_register(day_begun: Path) -> None:
    now, recovery = machine_now(), new_recovery_key()
    with desk_session(day_begun, ADMIN) as desk:
        page = desk.office.read(page_code, recovery)
        texts, lost = work(desk, now), rows(desk)
        signed_by = desk.rows("SELECT value FROM setting WHERE name = 'signing_key'")
    shutil.rmtree(day_begun)
    create_office(day_begun, OFFICE, False, None, PASSWORD, HASH_COST)
    with desk_session(day_begun, ADMIN) as desk:
        desk.office.write(add_user, AddUser(HAI, Role.OFFICER, secret=HAI_PIN))
        rebuilding(desk)
        archive_code = next(text for text in texts if text.startswith("MC1:"))
        assert refusal(desk, archive_code) == "rebuild_sealed"
        assert refusal(desk, page) == "recovery_key_missing"
        assert refusal(desk, page, new_recovery_key()) == "rebuild_page_keys"
        assert add(desk, page, recovery) == RebuildResult(None, "keys")
        assert desk.rows("SELECT value FROM setting WHERE name = 'signing_key'") == signed_by
        assert sorted(done(desk, [*texts, *texts])).count("rebuilt") == 4
        assert rows(desk) == lost
        assert desk.take_in(machine_now()).code not in {row[0] for row in lost}
        assert desk.check(machine_now()).ok
        sheet = desk.show(lost[0][0], machine_now())
        assert sheet.steps[0].actor == ADMIN and "Dựng lại" in (sheet.steps[0].note or "")
        reprinted = scanned(desk, lost[0][0], PaperForm.RECEIPT, PaperSize.A5, machine_now())
        assert {answer for answer in done(desk, reprinted)} == {"known"}


def two_minutes_of_one_day() -> tuple[datetime, datetime]:
    """Return two minutes of one day: now and the previous or next one."""
    now, minute = machine_now(), timedelta(minutes=1)
    return (now - minute, now) if (now - minute).date() == now.date() else (now, now + minute)


def test_new_dossiers_during_the_rebuild_take_no_old_number(day_begun: Path) -> None:
    recovery = new_recovery_key()
    before, later = two_minutes_of_one_day()
    with desk_session(day_begun, ADMIN) as desk:
        page = desk.office.read(page_code, recovery)
        texts = work(desk, before)
    shutil.rmtree(day_begun)
    create_office(day_begun, OFFICE, False, None, PASSWORD, HASH_COST)
    with desk_session(day_begun, ADMIN) as desk:
        desk.office.write(add_user, AddUser(HAI, Role.OFFICER, secret=HAI_PIN))
        rebuilding(desk)
        again = desk.take_in(later)
        own = scanned(desk, again.code, PaperForm.RECEIPT, PaperSize.A5, later)
        assert add(desk, page, recovery).done == "keys"
        same = [text for text in texts if text.startswith("MC1:")]
        assert refusal(desk, same[0]) == "rebuild_other_dossier"
        assert done(desk, same[1:]) == ["rebuilt"] * 3
        assert done(desk, own) == ["known"] * 2, "the office's own documents too"
        numbers = desk.rows("SELECT field, register_number FROM dossier")
        assert len(numbers) == len(set(numbers)) == 4
        assert desk.check(later).ok


def test_only_genuine_documents_are_rebuilt(day_begun: Path) -> None:
    with desk_session(day_begun, ADMIN) as desk:
        texts = scanned(desk, desk.take_in(machine_now()).code, PaperForm.RECEIPT, PaperSize.A5, machine_now())
        open_text, archive_code = sorted(texts, key=lambda text: text.startswith("MC1:"))
        rebuilding(desk)
        for bad, code in (
            (open_text.replace("2.000815", "1.001193"), "rebuild_signature"),
            (open_text[:-3], "rebuild_signature"),
            (open_text.split("Chữ ký")[0], "rebuild_stranger"),
            (archive_code[:-2], "rebuild_sealed"),
            ("MC1:", "rebuild_sealed"),
            ("https://vneid.gov.vn", "rebuild_stranger"),
            ("MCK1:AAAA", "recovery_key_missing"),
            ("x" * 5000, "rebuild_stranger"),
            ("\ud800Mã hồ sơ: x\nKhóa: y\nChữ ký: z", "rebuild_stranger"),
        ):
            assert refusal(desk, bad) == code, bad


def test_rebuild_needs_two_people_with_the_right(day_begun: Path) -> None:
    with desk_session(day_begun, ADMIN) as desk:
        for second, code in (
            (None, "second_missing"),
            (Credentials(ADMIN, PASSWORD), "second_person_same"),
            (Credentials(HAI, "000000"), "sign_in_wrong"),
        ):
            with pytest.raises(Refusal) as refused:
                desk.office.write(open_rebuilding, OpenRebuilding(second))
            assert refused.value.code == code
        rebuilding(desk)
        with pytest.raises(Refusal) as refused:
            desk.office.write(rebuild_dossier, RebuildDossier("x"), machine_now() + timedelta(hours=13))
        assert refused.value.code == "rebuild_closed"
        desk.office.sign_in(Credentials(HAI, HAI_PIN))
        with pytest.raises(Refusal) as refused:
            desk.office.write(rebuild_dossier, RebuildDossier("x"))
        assert refused.value.code == "not_your_right"


def test_rebuild_continues_and_closes(day_begun: Path) -> None:
    shut = Rebuilding(None, None, 0)
    with desk_session(day_begun, ADMIN) as desk:
        texts = work(desk, machine_now())
        assert desk.office.read(get_rebuilding, GetRebuilding()) == shut
        rebuilding(desk)
        again = desk.office.read(get_rebuilding, GetRebuilding())
        assert again.until is not None and (again.second, again.rebuilt) == (HAI, 0)
        archive_code = next(text for text in texts if text.startswith("MC1:"))
        assert add(desk, archive_code).who == "Đ… T… Ẫ…", "the kinds differ"
        assert desk.office.write(close_rebuilding, CloseRebuilding()) == again
        assert desk.office.read(get_rebuilding, GetRebuilding()) == shut
        assert refusal(desk, archive_code) == "rebuild_closed"


@given(st.lists(st.tuples(st.binary(min_size=32, max_size=32), st.binary(min_size=32, max_size=32)), min_size=1))
def test_page_keys_open_with_the_recovery_key(pairs: list[tuple[bytes, bytes]]) -> None:
    recovery = new_recovery_key()
    assert list(open_page_keys(seal_page_keys(pairs, recovery).lower(), recovery)) == pairs


@given(st.text(max_size=60))
def test_random_text_is_no_recovery_page(text: str) -> None:
    with pytest.raises(Refusal):
        open_page_keys(text, new_recovery_key())


def test_lines_of_a_stream_become_scans() -> None:
    paper = "Mã hồ sơ: A\nKhóa: 1\nChữ ký: s"
    stream = f"{paper}\nMC1:AB\n\nMã hồ sơ: cut\n{paper}\r\nrác\nMã hồ sơ: cut\nMC1:CD".splitlines(keepends=True)
    cut = "Mã hồ sơ: cut"
    assert list(split_qr_texts(stream)) == [paper, "MC1:AB", cut, paper, "rác", cut, "MC1:CD"]
    assert sum(text.count("Mã hồ sơ") for text in split_qr_texts(["Mã hồ sơ: x\n"] + ["y\n"] * 100)) == 1
