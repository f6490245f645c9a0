"""Make the sounds of the program: `python packaging/sounds.py`.

Each is a WAV of sine tones that fade out, so that nothing recorded by others is needed.
"""

import math
import struct
import sys
import wave
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).resolve().parents[1] / "resources" / "sounds"
RATE = 22_050
_VOLUME, _ATTACK_S = 0.6, 0.005


class Tone(NamedTuple):
    """A tone: its start, length and decay in seconds, its pitch in Hz."""

    start: float
    length: float
    pitch: float
    decay: float


SOUNDS: dict[str, Sequence[Tone]] = {
    "call": (Tone(0, 1.1, 659.26, 0.35), Tone(0.45, 1.3, 523.25, 0.45)),
    "found": (Tone(0, 0.12, 1318.51, 0.05),),
    "unknown": (Tone(0, 0.16, 233.08, 0.12), Tone(0.2, 0.22, 196.0, 0.12)),
}


def wave_file(tones: Sequence[Tone]) -> bytes:
    """Return the WAV of some tones: mono, 16 bits."""
    length = max(tone.start + tone.length for tone in tones)
    samples = [_sample(tones, place / RATE) for place in range(round(length * RATE))]
    content = BytesIO()
    with wave.open(content, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(struct.pack(f"<{len(samples)}h", *samples))
    return content.getvalue()


def _sample(tones: Sequence[Tone], at: float) -> int:
    value = sum(_level(tone, at - tone.start) for tone in tones)
    return round(32_767 * max(-1.0, min(1.0, _VOLUME * value)))


def _level(tone: Tone, since: float) -> float:
    if not 0 <= since < tone.length:
        return 0.0
    swell, end = min(1.0, since / _ATTACK_S), min(1.0, (tone.length - since) / _ATTACK_S)
    return swell * end * math.exp(-since / tone.decay) * math.sin(2 * math.pi * tone.pitch * since)


def main() -> int:
    """Write the files."""
    FOLDER.mkdir(exist_ok=True)
    for name, tones in SOUNDS.items():
        (FOLDER / f"{name}.wav").write_bytes(wave_file(tones))
    return 0


if __name__ == "__main__":
    sys.exit(main())
