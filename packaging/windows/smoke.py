"""Smoke test of the package under wine: install, work, update, remove.

Each scenario is a function; they run in order on one PC, the second build beside them. A scenario that fails ends the
test with its reason.
"""

import hashlib
import json
import os
import shutil
import time
import zipfile
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from windows import archive, build, embed, installer, launcher, update_keys
from windows.layout import OUTPUT, BuildError, Layout, source_epoch, source_version
from windows.pc import NATIVE, Pc, expect, screen
from windows.smoke_failures import cut_installation, explain_failures, fail_on_disks, refuse_long_folder
from windows.smoke_office import FIRST, open_files, refuse_places, second_start
from windows.smoke_updates import cut_first_opening, refuse_files, take_update_back, update_from_file
from windows.stage import HOME, GivenStage, Stage
from windows.system import Ended
from windows.tools import install_missing, note, run
from windows.wine import Wine

CITIZEN = "Nguyễn Thị Ẳm Đỗ Ường"
SECOND = "Lê Văn Hai"
PASSWORD, SECOND_PASSWORD = "Đồng lúa 48 mùa", "Con đò 17 bến"
OFFICE = f"""\
name = "UBND xã Kiểm Thử"
parent = "UBND tỉnh Mẫu"
province = "Tỉnh Mẫu"
agency_code = "H29.12"
head = "Lê Văn Mẫu"

[admin]
name = "{FIRST}"
"""
INTAKE = {
    "procedure": "2.000815",
    "channel": "direct",
    "applicant": {"kind": "citizen", "name": CITIZEN, "id_number": "048190004217", "phone": "0905 123 456"},
}


def check_pc(stage: Stage) -> None:
    """Accept this Windows by the check of a PC on the stick."""
    answer = _check_pc(stage)
    expect(answer.status == 0 and "DUNG DUOC" in answer.output, "refused by the check of the PC", answer.output)


def refuse_old_windows(stage: Stage) -> None:
    """Refuse an older Windows with 3; nothing is written.

    The check of a PC on the stick gives the same answer.
    """
    wine = stage.system
    assert isinstance(wine, Wine)
    for version in ("win81", "win7"):
        wine.set_version(version)
        ended = stage.pc.install(stage.setup)
        expect(ended.status == 3, f"{version}: exit {ended.status}, not 3")
        expect(not stage.pc.folder.exists(), f"{version}: something was written")
        expect(_check_pc(stage).status == 3, f"{version}: accepted by the check of the PC")
    wine.set_version("win10")


def _check_pc(stage: Stage) -> Ended:
    script = stage.built.output / archive.CHECK_SCRIPT
    return stage.system.run(["cmd", "/c", stage.system.path(script), "/S"])


def install(stage: Stage) -> None:
    """Install silently: program, starter and shortcuts.

    OneDrive has taken the Desktop of the account over.
    """
    stage.pc.move_desktop()
    ended = stage.pc.install(stage.setup)
    expect(ended.status == 0, f"exit {ended.status}", ended.output)
    expect(stage.pc.version == stage.built.version, "no program folder")
    for name in ("motcua.exe", "motcua-lenh.exe", "go-bo.exe"):
        expect((stage.pc.folder / name).is_file(), f"{name} is missing")
    expect(not (stage.pc.folder / "moi").exists(), "the unpacked folder was left")
    places = {file.parent.name for file in stage.pc.shortcuts()}
    expect(places == {"Desktop", "Programs"}, "not on the Desktop of OneDrive and in the Start menu", places)


def work(stage: Stage) -> None:
    """Take a dossier from intake to the sync file, in a new real office."""
    pc = stage.pc
    pc.variables |= {"MOTCUA_PASSWORD": PASSWORD, "MOTCUA_SECOND_PASSWORD": SECOND_PASSWORD, "MOTCUA_USER": FIRST}
    papers = pc.system.profile / "Giấy tờ"
    papers.mkdir()
    (papers / "cơ quan.toml").write_text(OFFICE, encoding="utf-8")
    pc.answer("init", papers / "cơ quan.toml")
    expect((pc.data / "motcua.db").is_file(), "the office is not in the default folder")
    status = pc.call("keys", "status")
    expect(status.status == 0 and "đang mở được" in status.output, "the vault does not open the office", status.output)
    accepted = pc.answer("intake", "-", text=json.dumps(INTAKE) + "\n")
    stage.key, stage.code = accepted["key"], accepted["code"]
    pc.answer("print", "receipt", stage.code, "--paper", "A5", "--out", papers / "biên nhận.pdf")
    expect((papers / "biên nhận.pdf").read_bytes().startswith(b"%PDF"), "no receipt")
    scan = pc.answer("scan", stage.key)
    expect(scan["kind"] == "dossier" and scan["code"] == stage.code, "the scan does not find the dossier", scan)
    shown = pc.answer("show", stage.code)
    expect(shown["applicant"]["name"] == CITIZEN, "the citizen's name is not kept", shown["applicant"])
    expect(pc.answer("sync", "export", "--out", papers / "đồng bộ.mcsync")["records"] > 0, "an empty sync file")
    expect(pc.answer("check")["ok"], "the office is not sound")


def restore(stage: Stage) -> None:
    """Restore a backup into another folder, by two people."""
    pc = stage.pc
    pc.answer("users", "add", SECOND, "--role", "administrator", "--new", "-", text=f"{SECOND_PASSWORD}\n")
    backup = pc.answer("backup", "--to", pc.system.profile / "Sao lưu")
    expect(backup["dossiers"] == 1, "the backup holds no dossier", backup)
    file = next((pc.system.profile / "Sao lưu").glob("*.mcbackup"))
    other = pc.system.profile / "dữ liệu Một Cửa" / "văn phòng số 1"
    pc.answer("--data", other, "--second", SECOND, "restore", file)
    expect(pc.answer("--data", other, "show", stage.code)["code"] == stage.code, "the dossier is not restored")


def upgrade_closed(stage: Stage) -> None:
    """Upgrade with the window closed; the former version is kept.

    The start with Windows is chosen.
    """
    ended = stage.pc.install(stage.later("9.0.1"), "/KHOIDONG=1")
    expect(ended.status == 0 and stage.pc.version == "9.0.1", f"exit {ended.status}, version {stage.pc.version}")
    expect((stage.pc.folder / "cu" / "phien-ban.txt").is_file(), "the former version is gone at once")
    expect(stage.pc.starts_with_windows, "no shortcut in the folder of what starts with Windows")
    expect(stage.pc.answer("show", stage.code)["code"] == stage.code, "the new version does not read the office")


def upgrade_open(stage: Stage) -> None:
    """Refuse to upgrade with 5 while the window is open."""
    version = stage.pc.version
    setup = stage.former("9.0.1")
    with stage.pc.window():
        ended = stage.system.run([setup, "/S"])
    expect(ended.status == 5, f"exit {ended.status}, not 5")
    expect(stage.pc.version == version, "the program was replaced under an open window")


def upgrade_broken(stage: Stage) -> None:
    """Refuse a version that does not start with 4; the old one works."""
    version = stage.pc.version
    ended = stage.pc.install(stage.later("9.0.2"))
    expect(ended.status == 4, f"exit {ended.status}, not 4", ended.output)
    expect(stage.pc.version == version, "the broken version took the place of the old one")
    expect(not (stage.pc.folder / "moi").exists(), "the broken version was left")
    expect(stage.pc.answer("show", stage.code)["code"] == stage.code, "the old version does not work")


def uninstall(stage: Stage) -> None:
    """Remove the program; data and keys stay, byte for byte."""
    pc = stage.pc
    foreign = pc.folder / "ghi chú của tôi.txt"
    foreign.write_text("của người dùng", encoding="utf-8")
    before = pc.digests(pc.data)
    expect(before, "no data")
    ended = pc.uninstall()
    expect(ended.status == 0, f"exit {ended.status}")
    expect(not pc.program.exists() and not (pc.folder / "motcua.exe").exists(), "the program is still there")
    expect(foreign.is_file(), "a file of the user was removed")
    expect(pc.digests(pc.data) == before, "the data are not the same")
    expect(not pc.shortcuts(), "a shortcut was left")


def portable(stage: Stage) -> None:
    """Run the zip from a folder with blanks, on the same office and keys."""
    folder = stage.system.profile / "Máy tính của tôi (bản sao)"
    shutil.unpack_archive(next(stage.built.output.glob("*-mang-theo.zip")), folder)
    shown = stage.pc.answer("show", stage.code, program=folder / "MotCua")
    expect(shown["code"] == stage.code, "the portable program does not read the office")
    status = stage.pc.call("keys", "status", program=folder / "MotCua")
    expect("đang mở được" in status.output, "the keys did not survive the removal", status.output)


def sign_by_hook(stage: Stage) -> None:
    """Sign launchers, uninstaller and installer with a certificate of our own."""
    folder = HOME / "chữ ký"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    names = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem"), "-subj", "/O=Kiem Thu/CN=Kiem Thu"]
    run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", *names])
    script = folder / "sign.sh"
    script.write_text(
        f'set -e\ncd "{folder}"\necho "$1" >> calls\n'
        'osslsigncode sign -certs cert.pem -key key.pem -n "Mot Cua" -in "$1" -out "$1.signed" >/dev/null\n'
        'mv "$1.signed" "$1"\n',
        encoding="utf-8",
    )
    os.environ[installer.SIGN_VARIABLE] = f"sh '{script}' {{}}"
    try:
        setup = stage.later("9.0.5", lambda layout: installer.sign(layout.tree / launcher.WINDOW))
    finally:
        del os.environ[installer.SIGN_VARIABLE]
    expect(setup.name == "motcua-9.0.5-cai-dat.exe", f"named {setup.name}")
    embed.check_signature(setup, "Kiem Thu")
    embed.check_signature(HOME / "9.0.5" / "tree" / launcher.WINDOW, "Kiem Thu")
    calls = (folder / "calls").read_text(encoding="utf-8").splitlines()
    expect(len(calls) == 3, "the hook was not run on launcher, uninstaller and installer", calls)


def build_again(stage: Stage) -> None:
    """Build the same sources again, and get the same bytes.

    CPython comes from a file like one that a person brings; a wrong digest or a changed file in it stops the build.
    """
    brought = HOME / "python-3.13.99-embed-amd64.zip"
    digest = embed.write_archive(brought)
    changed = HOME / "changed.zip"
    _change_member(brought, changed, "select.pyd")
    for file, sha256 in ((brought, "0" * 64), (changed, digest), (changed, _sha256(changed))):
        try:
            embed.unpack(Layout("1.0.0", 0, HOME / "refused"), file, sha256)
        except BuildError:
            shutil.rmtree(HOME / "refused", ignore_errors=True)
        else:
            raise BuildError(f"{file.name} was taken")
    again = build.build(build.Options(brought, digest, fast=True, output=HOME / "again" / "out", work=HOME / "again"))
    expect(stage.pc.digests(again.tree) == stage.pc.digests(stage.built.tree), "another tree")
    before = _sha256(next(again.output.glob("*.exe")))
    expect(_sha256(installer.build(again, "zlib")) == before, "another installer")
    zips = [next(layout.output.glob("*.zip")).read_bytes() for layout in (again, stage.built)]
    expect(zips[0] == zips[1], "another zip")
    archive.check_tree(again)


def _change_member(source: Path, target: Path, name: str) -> None:
    """Copy a zip; one byte of one member is another."""
    with zipfile.ZipFile(source) as members, zipfile.ZipFile(target, "w") as copy:
        for member in members.infolist():
            content = bytearray(members.read(member))
            if member.filename == name:
                content[len(content) // 2] ^= 1
            copy.writestr(member, bytes(content))


def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


SCENARIOS: tuple[Callable[[Stage], None], ...] = (
    refuse_old_windows,
    check_pc,
    install,
    work,
    second_start,
    refuse_places,
    restore,
    upgrade_closed,
    upgrade_open,
    upgrade_broken,
    refuse_files,
    update_from_file,
    take_update_back,
    cut_first_opening,
    explain_failures,
    fail_on_disks,
    refuse_long_folder,
    open_files,
    cut_installation,
    uninstall,
    portable,
)
_ON_DEBIAN = (refuse_old_windows, fail_on_disks)
"""Scenarios that need wine or a disk of their own; so do `build_again` and `sign_by_hook`, which need the build."""


def run_all(package: Path | None = None, versions: Path | None = None) -> None:
    """Run every scenario on a new PC.

    `package` is the folder of the build. On a real Windows `versions` has the later versions.

    Raises BuildError with the name and the reason of the first that fails.
    """
    stage = _native_stage(package, versions) if NATIVE else _wine_stage(package)
    if not any(stage.built.output.glob("motcua-*-cai-dat*.exe")):
        raise BuildError(f"nothing is built in {stage.built.output}: python packaging/windows.py build")
    with screen() as display:
        stage.pc.variables |= {"DISPLAY": display} if display else {}
        stage.system.prepare()
        try:
            if NATIVE:
                _run_in_order([scenario for scenario in SCENARIOS if scenario not in _ON_DEBIAN], stage)
            else:
                _run_beside_build(stage)
        finally:
            stage.system.close()


def _run_beside_build(stage: Stage) -> None:
    """Run every scenario; the second build runs beside those of the PC.

    The hook of signatures is a variable of this process, so its scenario follows the build.
    """
    with ThreadPoolExecutor(1) as beside:
        again = beside.submit(_run, build_again, stage)
        _run_in_order(SCENARIOS, stage)
        again.result()
    _run(sign_by_hook, stage)


def _run_in_order(scenarios: Iterable[Callable[[Stage], None]], stage: Stage) -> None:
    for scenario in scenarios:
        _run(scenario, stage)


def _wine_stage(package: Path | None) -> Stage:
    install_missing()
    pc = Pc(HOME / "pc")
    pc.take_away()
    stage = Stage(pc, Layout(source_version(), source_epoch(), output=package or OUTPUT), HOME / "update-key.pem")
    stage.update_key.unlink(missing_ok=True)
    update_keys.make(stage.update_key)
    return stage


def _native_stage(package: Path | None, versions: Path | None) -> Stage:
    if versions is None:
        raise BuildError("on Windows: smoke --package DIR --versions DIR, which build and versions have written")
    layout = Layout(source_version(), 0, output=package or OUTPUT)
    return GivenStage(Pc(HOME / "pc"), layout, HOME / "no-key", versions=versions)


def _run(scenario: Callable[[Stage], None], stage: Stage) -> None:
    started = time.monotonic()
    try:
        scenario(stage)
    except BuildError as error:
        raise BuildError(f"{scenario.__name__}: {error}") from error
    note(f"{scenario.__name__}: {time.monotonic() - started:.0f} s")
