"""Card of the receiver: read, approved, written to the file."""

from pathlib import Path

import pytest

from app.models.errors import Refusal
from app.office.exchange.receiver_join import join_receiver
from app.services.credentials import Credentials
from app.settings import read_office
from app.sync.wire import fingerprint
from app.usecases.sync.status import GetIdentity, get_identity
from tests.support.offices import ADMIN, OFFICE, PASSWORD, desk_session
from tests.support.receiver import Receiver

ADDRESS = "https://hub.example/mot-cua"
PEM = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"


def card(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "card.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_card_is_written_and_the_rest_of_the_file_stays(training_folder: Path, tmp_path: Path) -> None:
    office_file = training_folder / "office.toml"
    office_file.write_text(f'# giữ dòng này\nsync_address = "https://cu.example"\n{OFFICE}', encoding="utf-8")
    receiver = Receiver()
    with desk_session(training_folder) as desk:
        joined = join_receiver(desk.office, card(tmp_path, receiver.card(ADDRESS) + 'name = "Tỉnh Thử"\n'), None)
    assert (joined.name, joined.sync_address) == ("Tỉnh Thử", ADDRESS)
    assert joined.fingerprint == fingerprint(bytes.fromhex(receiver.signs))
    text, office = office_file.read_text(encoding="utf-8"), read_office(office_file)
    assert "# giữ dòng này" in text and "cu.example" not in text and text.endswith(OFFICE[OFFICE.index("[hours]") :])
    assert (office.sync_address, office.receiver_signs) == (ADDRESS, receiver.signs)
    assert office.receiver_key == str(receiver.identity.to_public()) and office.hours["mon"]


@pytest.mark.parametrize("inline", [True, False])
def test_own_authority_is_stored_beside_the_office_file(training_folder: Path, tmp_path: Path, inline: bool) -> None:
    (tmp_path / "ca.pem").write_text(PEM, encoding="utf-8")
    authority = f"sync_ca = '''{PEM}'''\n" if inline else 'sync_ca = "ca.pem"\n'
    with desk_session(training_folder) as desk:
        join_receiver(desk.office, card(tmp_path, Receiver().card(ADDRESS) + authority), None)
    office = read_office(training_folder / "office.toml")
    assert (training_folder / office.sync_ca).read_text(encoding="utf-8").strip() == PEM.strip()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("receiver_signs", "x"), "card_missing"),
        (('receiver_signs = "', 'receiver_signs = "zz'), "card_wrong"),
        (("age1", "age2"), "card_wrong"),
        (("https", "http"), "sync_address_insecure"),
        (('sync_address = "https://', 'sync_address = "https://['), "sync_address_insecure"),
        (("sync_address", "sync_ca = 'nowhere.pem'\nsync_address"), "card_wrong"),
        (("=", "?"), "card_unreadable"),
    ],
)
def test_unusable_card_changes_nothing(
    training_folder: Path, tmp_path: Path, change: tuple[str, str], code: str
) -> None:
    before = (training_folder / "office.toml").read_bytes()
    with desk_session(training_folder) as desk, pytest.raises(Refusal, match=code):
        join_receiver(desk.office, card(tmp_path, Receiver().card(ADDRESS).replace(*change)), None)
    assert (training_folder / "office.toml").read_bytes() == before


def test_office_file_in_another_encoding_is_left_alone(training_folder: Path, tmp_path: Path) -> None:
    file = training_folder / "office.toml"
    with desk_session(training_folder) as desk:
        file.write_bytes(file.read_bytes() + b"# \xe9\n")
        before = file.read_bytes()
        with pytest.raises(Refusal, match="office_file_unreadable"):
            join_receiver(desk.office, card(tmp_path, Receiver().card(ADDRESS)), None)
    assert file.read_bytes() == before


def test_real_office_needs_two_people(real_folder: Path, tmp_path: Path) -> None:
    file = card(tmp_path, Receiver().card(ADDRESS))
    before = (real_folder / "office.toml").read_bytes()
    with desk_session(real_folder, ADMIN) as desk:
        for second, code in ((None, "second_missing"), (Credentials(ADMIN, PASSWORD), "second_person_same")):
            with pytest.raises(Refusal, match=code):
                join_receiver(desk.office, file, second)
    assert (real_folder / "office.toml").read_bytes() == before


def test_identity_is_the_key_of_the_files(training_folder: Path) -> None:
    with desk_session(training_folder) as desk:
        identity = desk.office.read(get_identity, GetIdentity())
    groups = identity.fingerprint.split(" ")
    assert [len(group) for group in groups] == [4] * 5 and identity.fingerprint.replace(" ", "").isdigit()
    assert identity.fingerprint == fingerprint(bytes.fromhex(identity.public_key))
    assert (identity.agency_code, identity.workstation) == ("H29.12", 1)
