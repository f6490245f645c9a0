"""Card of a receiver.

The card is TOML with `sync_address`, `receiver_key`, `receiver_signs` and optionally `name` and `sync_ca`.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from app.models.errors import Refusal

CA_FILE = "noi-nhan-ca.pem"
"""File in the office's folder with the certificate authority of the receiver."""
_MAX_CARD_LENGTH = 100_000
_KEY = re.compile(r"[0-9a-f]{64}")
_AGE_KEY = re.compile(r"age1[02-9ac-hj-np-z]{58}")


@dataclass(frozen=True)
class ReceiverCard:
    """A receiver: address, age recipient for people, and signing key.

    `sync_ca` is a PEM text or the name of a PEM file beside the card, empty for none.
    """

    name: str
    sync_address: str
    receiver_key: str
    receiver_signs: str
    sync_ca: str


def read_card(text: str) -> ReceiverCard:
    """Return the card of a TOML text.

    Raises Refusal `card_unreadable`, `card_missing` and `card_wrong` with the key.
    """
    if len(text) > _MAX_CARD_LENGTH:
        raise Refusal("card_unreadable", "file")
    try:
        values = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise Refusal("card_unreadable", "file") from error
    signs, key = _value(values, "receiver_signs").lower(), _value(values, "receiver_key")
    if not _KEY.fullmatch(signs):
        raise Refusal("card_wrong", "receiver_signs", key="receiver_signs")
    if not _AGE_KEY.fullmatch(key):
        raise Refusal("card_wrong", "receiver_key", key="receiver_key")
    address = _value(values, "sync_address")
    name = _value(values, "name", _host(address))
    return ReceiverCard(name, address, key, signs, _value(values, "sync_ca", ""))


def _host(address: str) -> str:
    """Return the host of an address, or the address where it has none."""
    try:
        return urlsplit(address).hostname or address
    except ValueError:
        return address


def _value(values: Mapping[str, object], key: str, default: str | None = None) -> str:
    value = values.get(key, default)
    if value is None:
        raise Refusal("card_missing", key, key=key)
    if not isinstance(value, str) or any(character in value for character in '"\\') or (not value and default is None):
        raise Refusal("card_wrong", key, key=key)
    return value.strip()
