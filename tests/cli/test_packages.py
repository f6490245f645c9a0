"""The command `sync apply` on a package."""

from pathlib import Path
from typing import Any

from app.sync.package import PackageHeader, write_package
from app.sync.signing import public_key
from tests.cli.conftest import Call
from tests.support.sync_samples import RECEIVER_KEY

CONTENT = b"date,kind,hours,decision\n2026-02-12,off,,12/TB\n"


def package_file(folder: Path, number: int = 1, agency: str = "*") -> Path:
    header = PackageHeader(number, "calendar", agency, "Nghỉ bù", "2026-02-09T07:00:00+07:00")
    file = folder / f"goi-{number}.mcdown"
    file.write_bytes(write_package(header, CONTENT, RECEIVER_KEY))
    return file


def join(desk: Any) -> None:
    office = desk.folder / "office.toml"
    key = public_key(RECEIVER_KEY).hex()
    office.write_text(f'receiver_signs = "{key}"\n' + office.read_text(encoding="utf-8"), encoding="utf-8")


def test_changes_are_shown_first_and_applied_with_yes(call_json: Call, desk: Any, tmp_path: Path) -> None:
    file = package_file(tmp_path)
    assert call_json("sync", "apply", file).one["refused"]["code"] == "bundle_unknown_key"
    text = (desk.folder / "office.toml").read_text(encoding="utf-8")
    try:
        join(desk)
        expected = {
            "kind": "calendar",
            "number": 1,
            "title": "Nghỉ bù",
            "changes": [{"change": "day", "date": "2026-02-12", "kind": "off", "hours": "", "decision": "12/TB"}],
            "applied": False,
        }
        assert call_json("sync", "apply", file).one == expected
        assert call_json("sync", "apply", file, "--yes").one == {**expected, "applied": True}
        assert call_json("sync", "apply", file, "--yes").one == {**expected, "applied": True, "changes": []}
        other = call_json("sync", "apply", package_file(tmp_path, 2, "H29.13"), "--yes")
        assert (other.status, other.one["refused"]["code"]) == (1, "package_other_office")
    finally:
        (desk.folder / "office.toml").write_text(text, encoding="utf-8")


def test_missing_file_is_refused(call_json: Call, tmp_path: Path) -> None:
    assert call_json("sync", "apply", tmp_path / "khong-co.mcdown").one["refused"]["code"] == "file_missing"
