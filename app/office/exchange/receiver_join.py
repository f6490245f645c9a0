"""Write the receiver of a card into the office file."""

from dataclasses import dataclass
from pathlib import Path

from app.disk import write_file
from app.models.errors import Refusal
from app.office.desk import Desk
from app.office.office_edit import read_office_text
from app.services.credentials import Credentials
from app.services.office_file import edited_office
from app.services.sending.card import CA_FILE, ReceiverCard, read_card
from app.settings import FILE_NAME as OFFICE_FILE
from app.storage.error_mapping import map_errors_to_fault
from app.sync.wire import fingerprint
from app.usecases.sync.join import ApproveReceiver, approve_receiver

_MAX_CARD_BYTES = 400_000
_PEM = "-----BEGIN CERTIFICATE-----"


@dataclass(frozen=True)
class JoinedReceiver:
    """A receiver that the office sends to."""

    name: str
    fingerprint: str
    sync_address: str


def read_receiver(file: Path) -> tuple[ReceiverCard, JoinedReceiver]:
    """Return the card of a file, and what two people compare.

    Raises Refusal `file_missing`, or as `read_card` does.
    """
    try:
        with file.open("rb") as content:
            text = content.read(_MAX_CARD_BYTES).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Refusal("file_missing", "file", file=str(file)) from error
    card = read_card(text)
    return card, JoinedReceiver(card.name, fingerprint(bytes.fromhex(card.receiver_signs)), card.sync_address)


def join_receiver(desk: Desk, file: Path, second: Credentials | None) -> JoinedReceiver:
    """Write the receiver of a card into the office file.

    Raises Refusal `sync_address_insecure`, `card_wrong`, or as `edited_office`, `read_receiver` and
    `approve_receiver` do; nothing is then changed.
    """
    from app.sync.gateway import is_allowed_address

    card, joined = read_receiver(file)
    if not is_allowed_address(card.sync_address, training=desk.facts.training):
        raise Refusal("sync_address_insecure", "sync_address", address=card.sync_address[:100])
    authority = _authority(card, file)
    folder = desk.facts.folder
    lines = {
        "sync_address": card.sync_address,
        "receiver_key": card.receiver_key,
        "receiver_signs": card.receiver_signs,
        "sync_ca": CA_FILE if authority else "",
    }
    _office, changed = edited_office(read_office_text(folder), lines)
    desk.write(approve_receiver, ApproveReceiver(joined.fingerprint, second))
    with map_errors_to_fault():
        if authority:
            write_file(folder / CA_FILE, authority)
        write_file(folder / OFFICE_FILE, changed.encode())
    return joined


def _authority(card: ReceiverCard, file: Path) -> bytes:
    """Return the PEM text of the receiver's own certificate authority."""
    if not card.sync_ca or card.sync_ca.startswith(_PEM):
        return card.sync_ca.encode()
    try:
        with (file.parent / card.sync_ca).open("rb") as content:
            pem = content.read(_MAX_CARD_BYTES)
    except (OSError, ValueError) as error:
        raise Refusal("card_wrong", "sync_ca", key="sync_ca") from error
    if _PEM.encode() not in pem:
        raise Refusal("card_wrong", "sync_ca", key="sync_ca")
    return pem
