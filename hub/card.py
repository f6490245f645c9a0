"""The card of a receiver: what an office needs to send to it."""

import json

from hub.storage.receiver import Receiver


def card_text(address: str, receiver: Receiver, ca: str | None) -> str:
    """Return the card as TOML.

    `ca` is the PEM text of the authority that signed the receiver's certificate, if it is not a public one.
    """
    values = {
        "sync_address": address,
        "receiver_key": receiver.receiver_key,
        "receiver_signs": receiver.receiver_signs,
        **({} if ca is None else {"sync_ca": ca}),
    }
    return "".join(f"{name} = {json.dumps(value, ensure_ascii=False)}\n" for name, value in values.items())
