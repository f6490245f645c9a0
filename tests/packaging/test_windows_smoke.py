"""The smoke test on a real Windows: its arguments, PC and given files."""

import importlib.util
import re
import shlex
from pathlib import Path
from types import ModuleType

import pytest
from windows import native, smoke, stage
from windows.layout import BuildError, Layout
from windows.pc import Pc

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def script() -> ModuleType:
    """Return packaging/windows.py; a package beside it has its name."""
    spec = importlib.util.spec_from_file_location("windows_script", ROOT / "packaging" / "windows.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_workflow_calls_commands_that_exist(script: ModuleType) -> None:
    workflow = (ROOT / ".github" / "workflows" / "windows.yml").read_text(encoding="utf-8")
    lines = re.findall(r"run: python3? (?:-X utf8 )?packaging/windows\.py (.+)", workflow)
    parsed = [script._parser().parse_args(shlex.split(line)) for line in lines]
    assert [args.command for args in parsed] == ["build", "smoke", "versions", "smoke"]
    assert parsed[3].versions == parsed[2].out and parsed[3].package is not None


@pytest.mark.parametrize("place", ["Local/motcua", "Local/Programs/MotCua", "Roaming/motcua-office"])
def test_pc_with_an_office_is_not_tested_on(place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "Local"))
    monkeypatch.setenv("APPDATA", str(tmp_path / "Roaming"))
    native.Windows().prepare()
    (tmp_path / place).mkdir(parents=True)
    with pytest.raises(BuildError, match="test on an empty one"):
        native.Windows().prepare()


def test_windows_needs_the_later_versions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smoke, "NATIVE", True)
    with pytest.raises(BuildError, match="--versions DIR"):
        smoke.run_all()


def test_scenarios_of_windows_leave_out_those_of_debian_alone() -> None:
    names = {scenario.__name__ for scenario in smoke.SCENARIOS if scenario not in smoke._ON_DEBIAN}
    assert names >= {"install", "work", "second_start", "restore", "upgrade_closed", "upgrade_open", "upgrade_broken"}
    assert names >= {"refuse_files", "update_from_file", "take_update_back", "open_files", "uninstall", "portable"}


def test_given_versions_are_found_with_their_signatures(tmp_path: Path) -> None:
    for version in stage.VERSIONS:
        (tmp_path / version).mkdir()
        (tmp_path / version / f"motcua-{version}-cai-dat-chua-ky.exe").write_bytes(version.encode())
        (tmp_path / version / f"motcua-{version}-cai-dat-chua-ky.exe.sig").write_bytes(bytes(64))
    later_stage = stage.GivenStage(Pc(tmp_path / "pc"), Layout("1.0.0", 0), tmp_path / "none", versions=tmp_path)
    later_stage.system.profile.mkdir(parents=True)
    copy = later_stage.file_for_stick(later_stage.later("9.0.3"))
    assert copy.read_bytes() == b"9.0.3" and copy.with_name(f"{copy.name}.sig").stat().st_size == 64
    assert later_stage.former("9.0.1") == later_stage.later("9.0.1")


def test_folder_that_a_scanner_holds_is_renamed_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pc = Pc(tmp_path)
    (pc.folder / "moi").mkdir(parents=True)
    refusals = [PermissionError(13, "held")] * 2
    rename = Path.rename

    def held(self: Path, target: Path) -> Path:
        if refusals:
            raise refusals.pop()
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", held)
    monkeypatch.setattr("windows.pc._PAUSE_S", 0)
    pc.rename("moi", "cu")
    assert [file.name for file in pc.folder.iterdir()] == ["cu"] and not refusals
