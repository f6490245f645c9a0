"""Sounds of this machine: a call of a number, a scan found or unknown."""

from enum import StrEnum
from pathlib import Path
from threading import Thread

from app.machine import sounds
from app.office.desk import Desk


class Sound(StrEnum):
    """A sound; its file is in `resources/sounds`."""

    CALL = "call"
    KNOWN = "found"
    UNKNOWN = "unknown"


def play_sound(desk: Desk, sound: Sound, words: str = "") -> None:
    """Play a sound, then speak `words` if the system has a voice for them.

    Nothing waits for it: neither the next key nor the end of the window. Off in the settings of this machine.
    """
    if desk.machine.sounds:
        file = desk.facts.resources / "sounds" / f"{sound.value}.wav"
        Thread(target=_play, args=(file, words), daemon=True).start()


def _play(file: Path, words: str) -> None:
    if sounds.play(file) and words:
        sounds.speak(words)
