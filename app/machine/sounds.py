"""Play a sound file, speak a sentence; by programs of the system.

On Linux a player of PipeWire, PulseAudio or ALSA plays; on Windows `winsound`. A sentence is spoken only by a
Vietnamese voice of the system.
"""

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

_PLAYERS = (("pw-play",), ("paplay",), ("aplay", "-q"))
_PLAY_SECONDS, _SPEAK_SECONDS = 10, 20
_SPEAKERS = (("espeak-ng", "-v", "vi", "--"), ("spd-say", "--wait", "--language", "vi", "--"))
_VOICES = {"espeak-ng": ("--voices=vi",), "spd-say": ("--list-synthesis-voices",)}
_WINDOWS_VOICES = r"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Speech_OneCore\Voices"
_WINDOWS_SPEECH = (
    "$c = New-Object -ComObject SAPI.SpObjectTokenCategory; "
    f"$c.SetId('{_WINDOWS_VOICES}', $false); "
    "$t = $c.EnumerateTokens('Language=42a'); if ($t.Count -eq 0) { exit 1 }; "
    "$v = New-Object -ComObject SAPI.SpVoice; $v.Voice = $t.Item(0); "
    "$r = New-Object IO.StreamReader([Console]::OpenStandardInput(), [Text.Encoding]::UTF8); "
    "[void]$v.Speak($r.ReadToEnd())"
)
"""42a is the language number of Vietnamese. The sentence comes through stdin in UTF-8, whatever the console's page."""


def play(file: Path) -> bool:
    """Play a WAV to its end; False if this machine cannot."""
    if sys.platform == "win32":
        import winsound

        try:
            winsound.PlaySound(str(file), winsound.SND_FILENAME | winsound.SND_NODEFAULT)
        except RuntimeError:
            return False
        return True
    player = next((player for player in _PLAYERS if shutil.which(player[0])), None)
    return player is not None and _run((*player, str(file)), _PLAY_SECONDS)


def speak(text: str) -> bool:
    """Speak a sentence; False without a Vietnamese voice."""
    if sys.platform == "win32":
        command = ("powershell", "-NoProfile", "-NonInteractive", "-Command", _WINDOWS_SPEECH)
        return _run(command, _SPEAK_SECONDS, text)
    speaker = next((speaker for speaker in _SPEAKERS if _has_voice(speaker[0])), None)
    return speaker is not None and _run((*speaker, text), _SPEAK_SECONDS)


def _has_voice(program: str) -> bool:
    """Return whether a speaking program is installed with a Vietnamese voice."""
    if shutil.which(program) is None:
        return False
    try:
        voices = subprocess.run(
            [program, *_VOICES[program]],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_PLAY_SECONDS,
            encoding="utf-8",
            errors="replace",
            check=False,
        ).stdout
    except (OSError, subprocess.TimeoutExpired):
        return False
    return any("vi" in line.split() or "vi-VN" in line.split() for line in voices.splitlines())


def _run(command: Sequence[str], seconds: int, text: str = "") -> bool:
    flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    try:
        ended = subprocess.run(
            command,
            input=text.encode("utf-8"),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            check=False,
            creationflags=flags,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return ended.returncode == 0
