"""Run the commands of law packages for the snapshot of names."""

from collections.abc import Callable
from pathlib import Path

_LAW = """\
id = "thu-01"
title = "Thay đổi thử"
issuer = "UBND tỉnh Thử"
decision = "NQ 1/2026"
valid_from = 2026-02-10
rule = [{ kind = "fee_group", key = "nhom", value = { name = "Nhóm thử", percent = 10 } }]
"""


def drive_law(terminal: Callable[..., object], out: Path) -> None:
    """Draft, sign, show, apply, list and take back a law package."""
    folder, key, file = out / "law", out / "law.key", out / "law.mclaw"
    folder.mkdir()
    (folder / "law.toml").write_text(_LAW, encoding="utf-8")
    terminal("law key", "--out", key)
    terminal("law new", "--from", folder, "--key", key, "--out", file)
    print_of = _fingerprint(file)
    terminal("law show", file, "--fingerprint", print_of)
    terminal("law apply", file, "--fingerprint", print_of)
    terminal("law list")
    terminal("law revert", "thu-01", "--note", "thử")


def _fingerprint(file: Path) -> str:
    from app.sync.law_package import read_law_package
    from app.sync.wire import fingerprint

    return fingerprint(read_law_package(file.read_bytes()).public_key)
