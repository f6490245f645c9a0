"""Sounds reach a player of the system; PulseAudio with a null sink."""

import os
import shutil
import struct
import subprocess
import sys
import wave
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.machine import sounds
from tests.architecture.project import ROOT

sys.path.insert(0, str(ROOT / "packaging"))

from sounds import FOLDER, RATE, SOUNDS, wave_file

_TOOLS = ("pulseaudio", "paplay", "parec", "pactl")
_MISSING = [tool for tool in _TOOLS if shutil.which(tool) is None]
_SECONDS = 60


@pytest.mark.parametrize("name", SOUNDS)
def test_resources_are_the_sounds_that_the_project_makes(name: str) -> None:
    content = (FOLDER / f"{name}.wav").read_bytes()
    with wave.open(str(FOLDER / f"{name}.wav")) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE)
        frames = file.readframes(file.getnframes())
    again = wave_file(SOUNDS[name])
    assert len(again) == len(content)
    # The last digit of a sine may differ between systems.
    samples = [struct.unpack(f"<{len(frames) // 2}h", each) for each in (frames, again[-len(frames) :])]
    assert max(abs(one - other) for one, other in zip(*samples, strict=True)) <= 1
    assert max(map(abs, samples[0])) > 8000 and samples[0][0] == 0


@pytest.mark.posix
def test_machine_without_a_player_stays_silent(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not sounds.play(FOLDER / "call.wav")
    assert not sounds.speak("Mời số 1 đến quầy 1.")


@pytest.mark.posix
@pytest.mark.parametrize(("voices", "spoken"), [("Pty Language\n 5  vi  Vietnamese", True), ("5  en  English", False)])
def test_only_a_vietnamese_voice_speaks(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, voices: str, spoken: bool
) -> None:
    program, spoken_words = tmp_path / "espeak-ng", tmp_path / "words"
    program.write_text(
        f'#!/bin/sh\ncase "$1" in --voices*) echo "{voices}";; *) echo "$4" > {spoken_words};; esac\n', encoding="utf-8"
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    assert sounds.speak("Mời số 7 đến quầy 2.") is spoken
    assert spoken_words.exists() is spoken
    assert not spoken or spoken_words.read_text(encoding="utf-8") == "Mời số 7 đến quầy 2.\n"


@pytest.fixture
def null_sink(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Run a sound server whose only output is recorded by its monitor."""
    socket = tmp_path / "socket"
    monkeypatch.setenv("PULSE_SERVER", f"unix:{socket}")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    modules = ("module-null-sink sink_name=out", f"module-native-protocol-unix auth-anonymous=1 socket={socket}")
    server = subprocess.Popen(
        ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", *(f"--load={module}" for module in modules)],
        stderr=subprocess.DEVNULL,
    )
    try:
        subprocess.run(["sh", "-c", "until pactl info >/dev/null 2>&1; do :; done"], check=True, timeout=_SECONDS)
        yield "out.monitor"
    finally:
        server.terminate()
        server.wait(_SECONDS)


@pytest.mark.posix
@pytest.mark.skipif(bool(_MISSING), reason=f"not installed here: {_MISSING}")
def test_chime_is_heard_at_the_output(null_sink: str) -> None:
    recorder = subprocess.Popen(
        ["parec", "--raw", "--format=s16le", "--channels=1", f"--rate={RATE}", f"--device={null_sink}"],
        stdout=subprocess.PIPE,
    )
    assert recorder.stdout is not None
    recorder.stdout.read(2)  # the recorder is connected
    assert sounds.play(FOLDER / "call.wav")
    recorder.terminate()
    content = recorder.stdout.read()
    recorder.stdout.close()
    recorder.wait(_SECONDS)
    samples = struct.unpack(f"<{len(content) // 2}h", content[: len(content) // 2 * 2])
    assert max(map(abs, samples)) > 8000
    assert sum(abs(sample) > 100 for sample in samples) > RATE // 2
