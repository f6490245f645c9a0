"""Founding by the guide, its continuation after a cut, and its page."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import keyring
import pytest

from app.bootstrap import open_office
from app.keys.key_file import RECOVERY
from app.models.enums import Role
from app.models.errors import Fault, Refusal
from app.office.guide.answers import Answers, FurtherPerson, GuidePage
from app.office.guide.guide import SETTINGS_FILE, Guide
from app.office.guide.places import GuidePlaces, find_data_folder, holds_office
from app.services.intake.command import AcceptDossier
from app.settings import read_machine_settings
from app.usecases.accounts.users import ListUsers, list_users
from app.usecases.intake.accept import accept_dossier
from tests.office.guide.guide_places import TYPED, WITH_PEOPLE, guide_at_founding, places_in, tools
from tests.support.offices import PASSWORD, SAME_DAY, intake_line
from tests.support.vaults import FileVault

REGISTER = "STT,Mã hồ sơ,Ngày nhận,Họ và tên,Thủ tục,Hẹn trả\n"


@pytest.fixture
def places(tmp_path: Path) -> GuidePlaces:
    return places_in(tmp_path)


@pytest.fixture
def locks() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A vault of this machine that opens the database."""
    monkeypatch.setenv("MOTCUA_TEST_VAULT", str(tmp_path / "vault.json"))
    former = keyring.get_keyring()
    keyring.set_keyring(FileVault())
    yield
    keyring.set_keyring(former)


def typed_groups(guide: Guide) -> tuple[str, ...]:
    assert guide.founded is not None and guide.founded.sheet is not None
    sheet = guide.founded.sheet
    return tuple(sheet.groups[number - 1].lower() for number in sheet.asked_groups)


def register_file(folder: Path, rows: int, wrong: int) -> Path:
    file = folder / "sổ theo dõi.csv"
    every = rows // wrong
    lines = [
        f"{n},HS{n:05},{n % 28 + 1:02}/02/2026,Nguyễn Thị Ẳm,{'không có' if n % every == 0 else 'Đăng ký khai sinh'},"
        "20/03/2026\n"
        for n in range(1, rows + 1)
    ]
    file.write_text(REGISTER + "".join(lines), encoding="utf-8")
    return file


def test_no_office_exists_before_the_last_page(places: GuidePlaces, locks: ExitStack, tmp_path: Path) -> None:
    guide_at_founding(places, locks)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files == [places.answers]
    assert PASSWORD not in places.answers.read_text(encoding="utf-8")


def test_founded_office_takes_in_and_its_page_is_typed_back(places: GuidePlaces, locks: ExitStack) -> None:
    guide = guide_at_founding(places, locks)
    founded = guide.found_office(PASSWORD)
    assert founded.sheet is not None and founded.sheet.pdf.startswith(b"%PDF")
    session = founded.session
    assert (session.facts.office_name, session.facts.workstation) == ("UBND xã Thử Nghiệm", 7)
    accepted = session.write(accept_dossier, AcceptDossier.read(intake_line(procedure=SAME_DAY), session.entry_day()))
    assert accepted.code.startswith("H29.12-") and accepted.code.endswith("60001")
    with pytest.raises(Refusal) as caught:
        guide.finish(("AAAAA", "BBBBB"))
    assert (caught.value.code, caught.value.field) == ("guide_groups", "group0")
    assert guide.page == GuidePage.FOUNDING and places.answers.exists()
    guide.finish(typed_groups(guide))
    assert guide.page == GuidePage.DONE and not places.answers.exists()
    session.close()
    guide.close()
    assert not places.trial.exists() or list(places.trial.iterdir()) == []
    assert find_data_folder(places) == places.default and holds_office(places.default)


def test_cut_after_the_founding_is_continued_with_a_new_page(places: GuidePlaces, locks: ExitStack) -> None:
    first = guide_at_founding(places, locks)
    sheet = first.found_office(PASSWORD).sheet
    assert sheet is not None and first.founded is not None
    first.founded.session.close()
    locks.close()

    guide = Guide(places, tools(locks))
    assert guide.page == GuidePage.FOUNDING and guide.resumed and not guide.may_go_back
    assert guide.back(Answers()) == GuidePage.FOUNDING
    with pytest.raises(Refusal):
        guide.found_office("không phải mật khẩu")
    founded = guide.found_office(PASSWORD)
    assert founded.sheet is not None and founded.sheet.groups != sheet.groups
    guide.finish(typed_groups(guide))
    keys = founded.session.keys
    assert keys is not None and len(keys.read().slots_of(RECOVERY)) == 1
    founded.session.close()
    locks.close()
    with pytest.raises((Refusal, Fault)):
        open_office(places.default, TYPED.admin, None, "", "-".join(sheet.groups))
    open_office(places.default, TYPED.admin, None, "", "-".join(founded.sheet.groups)).close()


def test_confirmed_page_is_not_made_again_by_one_person(places: GuidePlaces, locks: ExitStack) -> None:
    guide = guide_at_founding(places, locks)
    guide.found_office(PASSWORD)
    answers = places.answers.read_text(encoding="utf-8")
    guide.finish(typed_groups(guide))
    assert guide.founded is not None
    guide.founded.session.close()
    locks.close()
    places.answers.write_text(answers, encoding="utf-8")  # a forged or an old file
    again = Guide(places, tools(locks))
    founded = again.found_office(PASSWORD)
    assert founded.sheet is None
    again.finish(("", ""))
    founded.session.close()


def test_people_fields_places_and_register_are_set(
    places: GuidePlaces, locks: ExitStack, tmp_path: Path, vault: None
) -> None:
    second = tmp_path / "ổ hai"
    second.mkdir()
    register = register_file(tmp_path, 60, 6)
    answers = replace(WITH_PEOPLE, fields=("Hộ tịch", "Chứng thực"), register=str(register), second_backup=str(second))
    guide = guide_at_founding(places, locks, answers)
    plan = guide.read_register(register)
    assert (len(plan.entries), len(plan.refused)) == (54, 6)
    (places.trial / SETTINGS_FILE).write_text("[General]\nprinter=LBP\n", encoding="utf-8")
    founded = guide.found_office(PASSWORD)
    assert founded.without_password == ()
    names = {line.name for line in founded.session.read(list_users, ListUsers())}
    assert names == {"Trần Thị Bình", "Vũ Thị Mới"}
    assert read_machine_settings(places.default / "machine.toml").second_backup == str(second)
    assert "LBP" in (places.default / SETTINGS_FILE).read_text(encoding="utf-8")
    progress: list[tuple[Any, ...]] = []
    result = guide.import_register(lambda *step: progress.append(step))
    assert result is not None and (result.imported, result.already, len(result.refused)) == (54, 0, 6)
    assert progress[-1][:2] == (54, 54)
    again = guide.import_register(lambda *_step: None)
    assert again is not None and (again.imported, again.already) == (0, 54)
    unpublished = AcceptDossier.read(intake_line(procedure="1.012537"), founded.session.entry_day())
    with pytest.raises(Refusal) as caught:
        founded.session.write(accept_dossier, unpublished)
    assert caught.value.code == "procedure_unpublished"
    founded.session.close()


def test_further_people_wait_where_no_vault_opens(places: GuidePlaces, locks: ExitStack) -> None:
    guide = guide_at_founding(places, locks, WITH_PEOPLE)
    founded = guide.found_office(PASSWORD)
    assert founded.without_password == ("Vũ Thị Mới",)
    assert len(founded.session.read(list_users, ListUsers())) == 1
    founded.session.close()


def test_further_person_with_a_password_signs_in_without_a_vault(places: GuidePlaces, locks: ExitStack) -> None:
    second = "con đò 17 bến"
    people = (*WITH_PEOPLE.people, FurtherPerson("Hồ Văn Hai", Role.CASHIER))
    guide = guide_at_founding(places, locks, replace(WITH_PEOPLE, people=people))
    guide.check_other_passwords(people, [(second, second), ("", "")])
    assert second not in places.answers.read_text(encoding="utf-8")
    founded = guide.found_office(PASSWORD)
    assert founded.without_password == ("Hồ Văn Hai",)
    founded.session.close()
    locks.close()
    session = open_office(places.default, "Vũ Thị Mới", None, second)
    assert session.facts.roles == (Role.OFFICER,)
    session.close()


def test_trial_office_bears_the_typed_name_and_goes(places: GuidePlaces, locks: ExitStack) -> None:
    guide = guide_at_founding(places, locks)
    trial = guide.open_trial()
    assert trial.facts.office_name == TYPED.name and trial.facts.training
    assert guide.open_trial() is trial
    (places.trial / SETTINGS_FILE).write_text("[General]\n", encoding="utf-8")
    guide.close()
    assert [path.name for path in places.trial.iterdir()] == [SETTINGS_FILE]
    assert not holds_office(places.default)


def test_answers_that_became_wrong_lead_back_to_their_page(places: GuidePlaces, locks: ExitStack) -> None:
    guide = guide_at_founding(places, locks)
    guide.keep(replace(guide.answers, workstation="100"))
    assert Guide(places, tools(locks)).page == GuidePage.OFFICE
    guide.keep(guide.answers)
    assert guide.back(guide.answers) == GuidePage.REGISTER
    assert Guide(places, tools(locks)).page == GuidePage.OFFICE
    assert Guide(places, tools(locks), GuidePage.START).page == GuidePage.START


def test_demo_existing_folder_and_lost_folder(places: GuidePlaces, locks: ExitStack, tmp_path: Path) -> None:
    guide = Guide(places, tools(locks))
    assert guide.warning == ""
    demo = guide.open_demo()
    assert demo != places.default and guide.open_demo() == demo
    with pytest.raises(Refusal):
        guide.open_existing(tmp_path)
    moved = tmp_path / "ổ rời"
    demo.rename(moved)
    assert guide.open_existing(moved) == moved and find_data_folder(places) == moved
    moved.rename(tmp_path / "không cắm")
    again = Guide(places, tools(locks))
    assert str(moved) in again.warning
    with pytest.raises(Refusal) as refused:
        again.submit(again.answers)
    assert (refused.value.code, again.page) == ("guide_folder_gone", GuidePage.START), "nothing new beside a lost drive"


CUT = """
import os, sys
from contextlib import ExitStack
from pathlib import Path
from app.office.guide.guide import Guide
from tests.office.guide.guide_places import places_in, tools
from tests.support.offices import PASSWORD
step, folder = int(sys.argv[1]), Path(sys.argv[2])
rename, done = os.replace, 0
def cut(source, target, **options):
    global done
    done += 1
    if done == step:
        os._exit(9)
    rename(source, target, **options)
os.replace = cut
guide = Guide(places_in(folder), tools(ExitStack()))
guide.found_office(PASSWORD)
print(done)
"""


@pytest.mark.slow
def test_kill_at_any_rename_leaves_no_office_or_one_that_is_continued(tmp_path: Path) -> None:
    steps, outcomes = 0, set()
    while True:
        steps += 1
        folder = tmp_path / str(steps)
        places = places_in(folder)
        with ExitStack() as stack:
            guide_at_founding(places, stack)
        run = subprocess.run([sys.executable, "-c", CUT, str(steps), str(folder)], capture_output=True, check=False)
        assert run.returncode in (0, 9), run.stderr.decode()
        outcomes.add(holds_office(places.default))
        with ExitStack() as stack:
            guide = Guide(places, tools(stack))
            founded = guide.found_office(PASSWORD)
            guide.finish(typed_groups(guide))
            founded.session.close()
        assert holds_office(places.default) and not places.answers.exists()
        if run.returncode == 0:
            break
    assert steps > 4 and outcomes == {False, True}
