"""Update of the program from a file, first opening and way back."""

import shutil
import struct
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from app.bootstrap import main, open_office
from app.machine.program_folder import InstalledProgram, installed_program
from app.models.errors import Fault, Refusal
from app.models.instants import office_instant
from app.office.update.first_opening import STATUS_VARIABLE, UpdateTakenBackError, begin_opening
from app.office.update.installer_file import check_update, installer_version, read_update_key
from app.office.update.record import COPY_FOLDER, RECORD_FILE, UpdateRecord, UpdateState, read_record, write_record
from app.office.update.start import PlannedUpdate, begin_update
from app.storage.database import FILE_NAME, open_database
from app.sync.signing import new_signing_key, public_key, sign
from tests.support.offices import ADMIN, PASSWORD, desk_session, machine_now, use_profile

KEY = new_signing_key()
AMD64, I386 = 0x8664, 0x014C
NOON = office_instant("2026-11-20T12:00")


def installer(version: tuple[int, int, int], machine: int = AMD64, mark: bytes = b"NullsoftInst") -> bytes:
    """Return the parts of an installer that are read."""
    head = b"MZ" + bytes(58) + struct.pack("<I", 64) + b"PE\0\0" + struct.pack("<H", machine) + bytes(100)
    major, minor, patch = version
    fixed = struct.pack("<IIII", 0xFEEF04BD, 0x10000, major << 16 | minor, patch << 16)
    return head + fixed + bytes(40) + mark + bytes(1000)


@pytest.fixture
def program(tmp_path: Path) -> InstalledProgram:
    """An installation of version 1.2.3 whose starter notes how it is called."""
    folder = tmp_path / "Chương trình" / "MotCua"
    for name, version in (("chuong-trinh", "1.2.3"), ("cu", "1.2.2")):
        (folder / name / "python").mkdir(parents=True)
        (folder / name / "phien-ban.txt").write_text(f"{version}\n", encoding="ascii")
        (folder / name / "motcua.exe").write_bytes(b"MZ")
    (folder / "motcua.exe").write_text('#!/bin/sh\nprintf "%s\\n" "$@" > "$0.called"\n', encoding="utf-8")
    (folder / "motcua.exe").chmod(0o700)
    return InstalledProgram(folder, "1.2.3")


Signed = Callable[[bytes], Path]


@pytest.fixture
def signed(tmp_path: Path) -> Signed:
    """Write an installer with its signature."""

    def write(content: bytes) -> Path:
        file = tmp_path / "motcua mới.exe"
        file.write_bytes(content)
        file.with_name("motcua mới.exe.sig").write_bytes(sign(KEY, content))
        return file

    return write


def refusal(file: Path, program: InstalledProgram | None, key: bytes = public_key(KEY)) -> str:
    with pytest.raises(Refusal) as caught:
        check_update(file, program, key)
    return caught.value.code


def test_newer_signed_installer_is_accepted(signed: Signed, program: InstalledProgram) -> None:
    content = installer((1, 10, 0))
    update = check_update(signed(content), program, public_key(KEY))
    assert (update.version, update.content) == ("1.10.0", content)


@pytest.mark.parametrize("version", [(1, 2, 3), (1, 2, 2), (0, 99, 99)])
def test_same_or_older_version_is_refused(
    version: tuple[int, int, int], signed: Signed, program: InstalledProgram
) -> None:
    assert refusal(signed(installer(version)), program) == "update_older"


@pytest.mark.parametrize(
    "content",
    [
        installer((2, 0, 0), I386),
        installer((2, 0, 0), mark=b"another program"),
        b"MZ",
        b"",
        b"PK\3\4" + bytes(500),
        installer((2, 0, 0))[:120],
    ],
    ids=["32-bit", "no installer", "two bytes", "empty", "zip", "cut"],
)
def test_signed_file_that_is_no_installer_of_ours_is_refused(
    content: bytes, signed: Signed, program: InstalledProgram
) -> None:
    assert refusal(signed(content), program) == "update_foreign"


def test_changed_file_or_other_key_is_refused(signed: Signed, program: InstalledProgram) -> None:
    file = signed(installer((2, 0, 0)))
    content = file.read_bytes()
    for changed in (content + b"\0", content[:-1], content[:500] + b"\1" + content[501:]):
        file.write_bytes(changed)
        assert refusal(file, program) == "update_forged"
    file.write_bytes(content)
    assert refusal(file, program, public_key(new_signing_key())) == "update_forged"
    file.with_name(f"{file.name}.sig").write_bytes(b"short")
    assert refusal(file, program) == "update_forged"
    file.with_name(f"{file.name}.sig").unlink()
    assert refusal(file, program) == "update_unsigned"


def test_refused_without_key_or_installation(signed: Signed, program: InstalledProgram, tmp_path: Path) -> None:
    file = signed(installer((2, 0, 0)))
    assert refusal(file, None) == "update_not_installed"
    assert refusal(file, program, b"") == "update_without_key"
    assert refusal(tmp_path / "missing.exe", program) == "update_unreadable"
    assert refusal(tmp_path, program) == "update_unreadable"


def test_source_tree_has_no_installation_and_no_key() -> None:
    assert installed_program() is None
    assert read_update_key(Path(__file__).parents[2] / "resources") == b""


def test_key_of_the_resources(tmp_path: Path) -> None:
    file = tmp_path / "update-key.txt"
    for text, key in ((f"{public_key(KEY).hex()}\n", public_key(KEY)), ("xyz", b""), ("ab" * 31, b"")):
        file.write_text(text, encoding="ascii")
        assert read_update_key(tmp_path) == key


def test_installation_is_found_from_its_module(program: InstalledProgram) -> None:
    module = program.folder / "chuong-trinh" / "python" / "program" / "app" / "machine" / "program_folder.pyc"
    assert installed_program(module) == program
    (program.folder / "motcua.exe").unlink()
    assert installed_program(module) is None


def test_version_numbers_of_an_installer() -> None:
    assert installer_version(installer((3, 14, 15))) == (3, 14, 15)


def plan(folder: Path, program: InstalledProgram) -> str:
    """Begin an update to 1.3.0 after one dossier; return its code."""
    with desk_session(folder) as desk:
        code = desk.take_in().code
    with closing(open_database(folder / FILE_NAME)) as database:
        begin_update(PlannedUpdate(program, "1.3.0"), database, folder, NOON)
    return code


def newer(program: InstalledProgram) -> InstalledProgram:
    return InstalledProgram(program.folder, "1.3.0")


def codes(folder: Path) -> list[str]:
    with desk_session(folder) as desk:
        assert desk.check().ok
        return [code for (code,) in desk.rows("SELECT code FROM dossier ORDER BY code")]


def test_commands_wait_for_the_first_opening(
    training_folder: Path, program: InstalledProgram, capsys: pytest.CaptureFixture[str]
) -> None:
    write_record(training_folder, UpdateRecord("1.2.3", "1.3.0", UpdateState.INSTALLING, "1"))
    assert main(["--data", str(training_folder), "check"]) == 3
    assert "Mở cửa sổ Một Cửa một lần" in capsys.readouterr().err
    begin_opening(training_folder, newer(program), {}).succeed()
    assert main(["--data", str(training_folder), "check"]) == 0


def test_good_first_opening_keeps_the_new_program(training_folder: Path, program: InstalledProgram) -> None:
    code = plan(training_folder, program)
    opening = begin_opening(training_folder, newer(program), {})
    assert read_record(training_folder) is not None and opening.note is None
    opening.succeed()
    assert not (training_folder / RECORD_FILE).exists() and not (training_folder / COPY_FOLDER).exists()
    assert not (program.folder / "cu").exists() and (program.folder / "chuong-trinh").is_dir()
    assert code in codes(training_folder)


def test_failed_first_opening_takes_program_and_data_back(training_folder: Path, program: InstalledProgram) -> None:
    """The new program has changed the data before it failed."""
    before = plan(training_folder, program)
    opening = begin_opening(training_folder, newer(program), {})
    with pytest.raises(Fault), opening.watched():
        (training_folder / RECORD_FILE).rename(training_folder / "aside")  # lets this process write like a new program
        with desk_session(training_folder) as desk:
            later = desk.take_in().code
        (training_folder / "aside").rename(training_folder / RECORD_FILE)
        raise Fault("database_damaged", file=FILE_NAME)
    assert opening.failed
    former = begin_opening(training_folder, program, {})
    assert former.note is not None and former.note.code == "update_taken_back"
    assert before in codes(training_folder) and later not in codes(training_folder)
    assert [file.name for file in training_folder.glob("motcua-1.3.0-*.db")] == ["motcua-1.3.0-20261120-120000.db"]
    assert read_record(training_folder) is None


def test_way_back_may_be_cut_and_repeated(training_folder: Path, program: InstalledProgram) -> None:
    before = plan(training_folder, program)
    begin_opening(training_folder, newer(program), {})
    for suffix in ("-wal", "-shm"):
        (training_folder / f"{FILE_NAME}{suffix}").unlink(missing_ok=True)
    (training_folder / FILE_NAME).rename(training_folder / "motcua-1.3.0-20261120-120000.db")  # cut after this
    begin_opening(training_folder, program, {})
    assert before in codes(training_folder)


def test_real_office_comes_back_with_keys_and_marks(real_folder: Path, program: InstalledProgram) -> None:
    office = open_office(real_folder, ADMIN, password=PASSWORD)
    begin_update(PlannedUpdate(program, "1.3.0"), office._database, real_folder, NOON)
    office.close()
    opening = begin_opening(real_folder, newer(program), {})
    keys = (real_folder / "keys.json").read_bytes()
    (real_folder / RECORD_FILE).rename(real_folder / "aside")
    open_office(real_folder, ADMIN, password=PASSWORD).close()  # signs in, which is an event
    (real_folder / "aside").rename(real_folder / RECORD_FILE)
    (real_folder / "keys.json").write_bytes(b"{}")
    with pytest.raises(RuntimeError), opening.watched():
        raise RuntimeError
    begin_opening(real_folder, program, {})
    assert (real_folder / "keys.json").read_bytes() == keys
    open_office(real_folder, ADMIN, password=PASSWORD).close()


def test_forged_record_brings_no_older_database_past_the_mark_in_the_profile(
    real_folder: Path, program: InstalledProgram, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Someone who can write the data folder, but not the profile."""
    use_profile(monkeypatch, tmp_path / "state")
    with desk_session(real_folder, ADMIN) as desk:
        desk.take_in(machine_now())
    yesterday = shutil.copytree(real_folder, tmp_path / "yesterday")
    with desk_session(real_folder, ADMIN) as desk:
        desk.take_in(machine_now())
    copy = Path(shutil.copytree(yesterday, real_folder / COPY_FOLDER))
    for name in ("mark-0.seen", "mark-1.seen"):
        shutil.copy(copy / "motcua.seen", copy / name)
    write_record(real_folder, UpdateRecord("1.2.3", "1.3.0", UpdateState.OPENING, "1"))
    begin_opening(real_folder, program, {})
    with pytest.raises(Fault) as caught:
        open_office(real_folder, ADMIN, None, PASSWORD)
    assert caught.value.code == "database_older"


@pytest.mark.posix
def test_copy_is_not_put_back_through_a_link(training_folder: Path, program: InstalledProgram, tmp_path: Path) -> None:
    before = plan(training_folder, program)
    begin_opening(training_folder, newer(program), {})
    other = tmp_path / "other"
    other.write_bytes(b"precious")
    (training_folder / f"{FILE_NAME}.part").symlink_to(other)
    begin_opening(training_folder, program, {})
    assert before in codes(training_folder) and other.read_bytes() == b"precious"


def test_persons_mistake_is_no_failure(training_folder: Path, program: InstalledProgram) -> None:
    plan(training_folder, program)
    opening = begin_opening(training_folder, newer(program), {})
    with pytest.raises(Refusal), opening.watched():
        raise Refusal("password_wrong", "password")
    assert not opening.failed


def test_opening_that_never_ended_is_a_failure(training_folder: Path, program: InstalledProgram) -> None:
    plan(training_folder, program)
    begin_opening(training_folder, newer(program), {})  # the process ends here
    with pytest.raises(UpdateTakenBackError):
        begin_opening(training_folder, newer(program), {})
    shutil.rmtree(program.folder / "cu")
    assert begin_opening(training_folder, newer(program), {}).note is None, "without a former program it tries again"


def test_refused_installation_has_a_note(training_folder: Path, program: InstalledProgram) -> None:
    before = plan(training_folder, program)
    opening = begin_opening(training_folder, program, {STATUS_VARIABLE: "4"})
    assert opening.note is not None and opening.note.code == "update_not_done"
    assert before in codes(training_folder) and not (training_folder / COPY_FOLDER).exists()


@pytest.mark.parametrize("content", [b"", b"[]", b'{"format": "motcua-update"}', b"\xff", b'{"format": 1}'])
def test_unreadable_record_is_no_update(content: bytes, training_folder: Path, program: InstalledProgram) -> None:
    (training_folder / RECORD_FILE).write_bytes(content)
    assert begin_opening(training_folder, program, {}).record is None


def test_record_with_a_path_is_no_update(training_folder: Path) -> None:
    write_record(training_folder, UpdateRecord("1", "../../x", UpdateState.FAILED, "1"))
    assert read_record(training_folder) is None


@pytest.mark.skipif(sys.platform == "win32", reason="a POSIX shell is missing")
def test_starter_gets_process_and_arguments(program: InstalledProgram) -> None:
    program.stage_update(b"MZ new")
    (program.folder / "cap-nhat" / "motcua.exe").chmod(0o700)
    assert program.start_update(["--data", "D:\\dữ liệu"]).wait() == 0
    called = program.folder / "cap-nhat" / "motcua.exe.called"
    words = called.read_text(encoding="utf-8").splitlines()
    assert words[0] == "/cap-nhat" and words[1].isdigit() and words[3:] == ["--data", "D:\\dữ liệu"]
    assert Path(words[2]).read_bytes() == b"MZ new"


def test_former_program_is_removed_but_no_file_of_a_person(program: InstalledProgram) -> None:
    note = program.folder / "cu" / "ghi chú.txt"
    note.write_text("của người dùng", encoding="utf-8")
    program.remove_former()
    notes = list(program.folder.rglob("ghi chú.txt"))
    assert len(notes) == 1 and not (program.folder / "cu").exists()
    assert not any((program.folder / folder / "python").exists() for folder in program.folder.glob("hong-*"))
