"""Parts of the Windows build: pins, icon, keys, archives, scripts."""

import hashlib
import re
import shutil
import struct
import subprocess
import zipfile
import zlib
from pathlib import Path
from xml.etree import ElementTree

import pytest
from windows import archive, icon, installer, update_keys, wheels
from windows.layout import ARCHITECTURE, SOURCES, BuildError, Layout, set_times

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("marker", "holds"),
    [
        ("", True),
        ('sys_platform == "win32"', True),
        ("sys_platform == 'linux'", False),
        ('python_version < "3.12"', False),
        ('python_full_version >= "3.9" and os_name == "nt"', True),
        ('(platform_python_implementation != "CPython") or extra == "brotli"', False),
        ('extra == "test" and python_version >= "3"', False),
    ],
)
def test_dependency_markers_of_the_target(marker: str, holds: bool) -> None:
    assert wheels.applies(marker) is holds


@pytest.mark.parametrize("marker", ["__import__('os')", "sys_platform in 'win32'", "unknown == 'x'", "1 < 2 < 3"])
def test_unknown_marker_stops_the_build(marker: str) -> None:
    with pytest.raises(BuildError):
        wheels.applies(marker)


def test_each_direct_dependency_has_a_pin_for_windows() -> None:
    pins = wheels.read_pins((ROOT / "requirements.txt").read_text(encoding="utf-8"))
    assert set(wheels.direct_dependencies()) <= pins.keys()
    assert "jeepney" not in pins and "pywin32-ctypes" in pins
    assert all(pin.hashes for pin in pins.values())


@pytest.mark.parametrize("name", ["../evil.py", "/etc/x", "a\\..\\b.py", "C:x.py"])
def test_wheel_member_outside_the_wheel_stops_the_build(name: str, tmp_path: Path) -> None:
    wheel = tmp_path / "a-1-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as members:
        members.writestr(name, b"x")
    with pytest.raises(BuildError):
        wheels.unpack(Layout("1.0.0", 0, tmp_path / "work"), [wheel])


def test_icon_has_every_size() -> None:
    content = icon.ico()
    _zero, kind, count = struct.unpack_from("<HHH", content)
    assert (kind, count) == (1, len(icon.SIZES))
    for place, size in enumerate(icon.SIZES):
        width, _height, _c, _r, _p, depth, length, offset = struct.unpack_from("<BBBBHHII", content, 6 + 16 * place)
        image = content[offset : offset + length]
        assert (width or 256, depth) == (size, 32) and len(image) == length
        assert image.startswith(b"\x89PNG") if size == 256 else struct.unpack_from("<i", image, 4) == (size,)


def test_icon_is_a_white_door_on_blue() -> None:
    rows = icon.pixels(64)
    assert rows[0][:4] == bytes(4)  # the corner is transparent
    assert rows[4][4 * 32 : 4 * 32 + 4] == bytes((0x1B, 0x5E, 0x9B, 255))
    assert rows[32][4 * 28 : 4 * 28 + 4] == bytes((255, 255, 255, 255))
    assert zlib.crc32(icon.png(16)) == zlib.crc32(icon.png(16))


def test_vector_icon_is_the_drawn_one() -> None:
    """Run `python packaging/windows.py icon` after a change of the shapes."""
    assert (ROOT / "resources" / "icons" / "motcua.svg").read_text(encoding="ascii") == icon.svg()


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is missing")
def test_signature_fits_its_key_and_file_only(tmp_path: Path) -> None:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    private, setup = tmp_path / "chưa có" / "khóa.pem", tmp_path / "cài đặt.exe"
    key = update_keys.make(private)
    setup.write_bytes(b"MZ" + bytes(1000))
    signature = update_keys.sign(private, setup)
    assert signature.name == "cài đặt.exe.sig" and private.stat().st_mode & 0o077 == 0
    public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(key))
    public.verify(signature.read_bytes(), setup.read_bytes())
    with pytest.raises(InvalidSignature):
        public.verify(signature.read_bytes(), setup.read_bytes() + b"\0")
    with pytest.raises(BuildError):
        update_keys.make(private)


def make_tree(tmp_path: Path) -> Layout:
    layout = Layout("1.2.3", 1_750_000_000, tmp_path / "work", tmp_path / "out")
    for name in ("phien-ban.txt", "python/program/main.py", "python/program/app/một.pyc"):
        file = layout.tree / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(name.encode())
    layout.output.mkdir()
    return layout


def test_zip_is_the_same_whatever_the_times_and_the_order(tmp_path: Path) -> None:
    digests = set()
    for name in ("một", "hai"):
        layout = make_tree(tmp_path / name)
        if name == "một":
            set_times(layout.tree, layout.epoch)
        archive.copy_check_script(layout)
        digests.add(hashlib.sha256(archive.write_zip(layout).read_bytes()).hexdigest())
    assert len(digests) == 1
    with zipfile.ZipFile(layout.output / "motcua-1.2.3-mang-theo.zip") as members:
        assert members.namelist() == sorted(members.namelist())
        assert {"kiem-tra-may.cmd", "MotCua/python/program/app/một.pyc"} <= set(members.namelist())


def test_digests_are_those_of_sha256sum(tmp_path: Path) -> None:
    layout = make_tree(tmp_path)
    script = archive.copy_check_script(layout)
    archive.write_digests(layout, [script])
    check = subprocess.run(["sha256sum", "-c", archive.DIGESTS], cwd=layout.output, capture_output=True, check=False)
    assert check.returncode == 0


@pytest.mark.parametrize("name", ["icuuc.dll", "bcryptprimitives.dll", "MSCMS.dll"])
def test_substitute_of_wine_is_refused(name: str, tmp_path: Path) -> None:
    layout = make_tree(tmp_path)
    (layout.tree / "python" / name).write_bytes(b"MZ")
    with pytest.raises(BuildError, match="substitute"):
        archive.check_tree(layout)


def test_program_of_another_architecture_is_refused(tmp_path: Path) -> None:
    layout = make_tree(tmp_path)
    (layout.tree / "python" / "x.dll").write_bytes(b"MZ" + bytes(58) + (64).to_bytes(4, "little") + b"PE\0\0\x4c\x01")
    with pytest.raises(BuildError, match=ARCHITECTURE):
        archive.check_tree(layout)


def test_check_of_a_pc_has_the_line_ends_of_windows(tmp_path: Path) -> None:
    content = archive.copy_check_script(Layout("1.2.3", 0, tmp_path, tmp_path)).read_bytes()
    assert content.isascii() and content.count(b"\r\n") == content.count(b"\n") > 40


def test_installer_without_signature_is_named_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(installer.SIGN_VARIABLE, raising=False)
    assert installer.file_name(Layout("1.2.3", 0)) == "motcua-1.2.3-cai-dat-chua-ky.exe"
    monkeypatch.setenv(installer.SIGN_VARIABLE, "sign {}")
    assert installer.file_name(Layout("1.2.3", 0)) == "motcua-1.2.3-cai-dat.exe"


def test_signing_hook_gets_each_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "một tệp.exe"
    file.write_bytes(b"MZ")
    monkeypatch.setenv(installer.SIGN_VARIABLE, "printf ký >> {}")
    installer.sign(file)
    assert file.read_bytes() == b"MZ" + "ký".encode()
    monkeypatch.setenv(installer.SIGN_VARIABLE, "false {}")
    with pytest.raises(BuildError):
        installer.sign(file)


def test_installer_removes_only_folders_of_its_own() -> None:
    """Each `RMDir /r` names a folder `python` inside a marked folder."""
    script = (SOURCES / "motcua.nsi").read_text(encoding="utf-8")
    assert re.findall(r"^\s*RMDir /r (.+)$", script, re.MULTILINE) == ['"${FOLDER}\\python"']
    assert 'InstallDir "$LOCALAPPDATA\\Programs\\MotCua"' in script and "RequestExecutionLevel user" in script


def test_manifest_of_both_launchers() -> None:
    """Sharp text, long paths, controls of the system, no administrator."""
    manifest = ElementTree.parse(SOURCES / "motcua.manifest").getroot()
    values = {each.tag.rpartition("}")[2]: each for each in manifest.iter()}
    assert values["dpiAwareness"].text == "PerMonitorV2" and values["longPathAware"].text == "true"
    assert values["requestedExecutionLevel"].get("level") == "asInvoker"
    identities = [each.get("name") for each in manifest.iter() if each.tag.endswith("}assemblyIdentity")]
    assert "Microsoft.Windows.Common-Controls" in identities


def test_launcher_starts_python_without_the_settings_of_the_account() -> None:
    source = (SOURCES / "launcher.c").read_text(encoding="utf-8")
    assert all(f'L"{option}"' in source for option in ("utf8", "-E", "-s", "-B")) and "Py_Main" in source
