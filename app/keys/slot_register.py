"""The register of key slots, which the office's database keeps.

It decides which slots the key file may have. A slot that is not in the register is dropped, one that the file lacks is
sealed again.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.keys.key_file import Slot, checked_number, checked_text, slot_from_json

_MAX_SERIAL = 1 << 40


@dataclass(frozen=True)
class SlotRegister:
    """The slots of a key file with this id.

    `serial` grows with each change. The slots hold no sealed keys.
    """

    id: str
    serial: int
    slots: tuple[Slot, ...]

    def keeping(self, keep: Callable[[Slot], bool], add: tuple[Slot, ...] = ()) -> "SlotRegister":
        """Return the register with the slots to keep and the added ones."""
        return replace(self, slots=(*filter(keep, self.slots), *add))

    def slots_of(self, kind: str, who: str | None = None) -> tuple[Slot, ...]:
        """Return the slots of a kind, optionally of one user or entry."""
        return tuple(slot for slot in self.slots if slot.kind == kind and who in (None, slot.who))

    def slot_with(self, public: bytes) -> Slot | None:
        """Return the slot with a public key, or None."""
        return next((slot for slot in self.slots if slot.public == public), None)

    def to_json(self) -> dict[str, Any]:
        """Return the register as JSON values."""
        slots = [{**slot.to_json(), "sealed": ""} for slot in self.slots]
        return {"id": self.id, "serial": self.serial, "slots": slots}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "SlotRegister":
        """Return a stored register.

        Raises ValueError, KeyError, TypeError for invalid values.
        """
        slots = tuple(slot_from_json(value, is_sealed=False) for value in stored["slots"])
        return cls(checked_text(stored["id"]), checked_number(stored["serial"], _MAX_SERIAL), slots)
