"""Collect every name that outsiders rely on.

`python -m tests.architecture.frozen_names --write` saves the snapshot. Names come from the running program and its
files as far as possible: commands, answers, database, produced files. The rest comes from the syntax trees of `app`.
Names of modules, classes and functions are not collected.
"""

import csv
import json
import os
import re
import sys
import tempfile
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from unittest.mock import patch
from zipfile import ZipFile

import pyrage
from PySide6.QtGui import QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from app.bootstrap import main, open_office
from app.cli import parser as command_line
from app.models.errors import Fault, Message, Refusal
from app.settings import parse_office
from app.sync.archive_code import unseal_code
from app.sync.bundle import read_bundle
from app.sync.errors import BundleRefused
from app.ui.shell.window import build_window
from tests.architecture import frozen_commands as drive
from tests.architecture import frozen_files as files
from tests.architecture import frozen_sources as sources
from tests.architecture.frozen_json import key_paths, longest
from tests.architecture.frozen_parser import command_names, leaf_commands
from tests.support.offices import OFFICE
from tests.support.sync_samples import write_ack

SNAPSHOT = Path(__file__).with_name("frozen_names.json")
Names = dict[str, list[str]]
_SIGNING_KEY = bytes(range(32))
_WORDS_OF_A_FILE = 200


def collect() -> Names:
    """Return all frozen names by section, sorted."""
    sections = {**_from_sources(), "commands": command_names(command_line.build_parser())}
    words = sources.identifiers()
    sources.forget()
    with tempfile.TemporaryDirectory() as folder, drive.environment(Path(folder)):
        for section, names in _from_offices(Path(folder), words).items():
            sections[section] = sections.get(section, set()) | names
    return {section: sorted(names) for section, names in sorted(sections.items())}


def driven_commands() -> set[str]:
    """Return the commands whose answers the snapshot must hold.

    `window` has no answer. `clock confirm` has the answer of `clock status` and needs a wrong clock. `self-check` opens
    a window; tests/cli/test_self_check.py has its answer.
    """
    return leaf_commands(command_line.build_parser()) - {"window", "clock confirm", "self-check"}


def write() -> None:
    """Save the names of this program as the snapshot."""
    text = json.dumps(collect(), ensure_ascii=False, indent=1)
    SNAPSHOT.write_text(text + "\n", encoding="utf-8")


def _from_sources() -> dict[str, set[str]]:
    with_codes = {kind.__name__ for kind in (Refusal, Fault, BundleRefused, Message)}
    return {
        "closed lists": sources.closed_lists(),
        "codes": sources.codes(with_codes) | sources.sentence_codes(),
        "codes of faults": sources.codes({Fault.__name__}),
        "database revisions": sources.revisions(),
        "document templates": sources.templates(),
        "object names": sources.object_names(),
        "environment variables": sources.environment_variables(),
        "file names in the program": sources.file_names(),
        "office file keys": _office_keys(),
    }


def _office_keys() -> set[str]:
    """Return the keys of office.toml.

    Each word of the program is tried as a key; an office ignores the unknown ones.
    """
    head, *tables = re.split(r"^(?=\[)", OFFICE, flags=re.MULTILINE)
    keys = _known_lines("", head, head)
    for table in tables:
        keys |= _known_lines(f"{table[1 : table.index(']')]}.", table, head + table)
    return keys


def _known_lines(table: str, lines: str, text: str) -> set[str]:
    """Return the words that are keys of a table, whose `lines` end `text`."""
    known, words = set[str](), sources.identifiers()
    for start in range(0, len(words), _WORDS_OF_A_FILE):
        part = words[start : start + _WORDS_OF_A_FILE]
        added = "".join(f"{word} = 0\n" for word in part if f"\n{word} = " not in f"\n{lines}")
        ignored = parse_office(text + added, opening=True).ignored
        known |= {f"{table}{word}" for word in part} - {line.key for line in ignored if line.problem == "unknown"}
    return known


def _from_offices(folder: Path, words: list[str]) -> dict[str, set[str]]:
    """Run all commands on offices and return the names that appear.

    `words` may be keys of an intake line.
    """
    identity = pyrage.x25519.Identity.generate()
    answers: dict[str, set[str]] = {}
    out, people, real = (folder / name for name in ("out", "people-out", "real-out"))
    # The parser is cached because building it takes longer than a command.
    with patch.object(command_line, "build_parser", cache(command_line.build_parser)):
        hour = ("--now", drive.TRAINING_HOUR)
        training = drive.Terminal(main, answers, folder / "training", hour)
        drive.drive_training(training, out)
        accepted = drive.probe_intake(training, out, words)
        drive.drive_demo(drive.Terminal(main, answers, folder / "demo", ()))
        with_people = drive.Terminal(main, answers, folder / "people", hour)
        bundle = drive.drive_sync_of_people(with_people, people, str(identity.to_public()))
        drive.drive_upgrade(with_people)
        drive.drive_real(drive.Terminal(main, answers, folder / "real", ()), real)
    objects, shortcuts = _window(folder / "training")
    database = files.Database(folder / "training" / "motcua.db")
    return {
        "answers": {f"{command}: {path}" for command, paths in answers.items() for path in longest(paths)},
        "intake keys": accepted,
        "object names": objects,
        "shortcuts": shortcuts,
        "database schema": database.schema(),
        "database settings": database.column("setting", "name"),
        "database counters": {name.partition(":")[0] for name in database.column("counter", "name")},
        "JSON in the database": database.json_keys() | files.Database(folder / "people" / "motcua.db").json_keys(),
        "files of offices": files.office_files(folder),
        "keys of files": _file_keys(folder, bundle, str(identity)),
        "codes on paper": _codes_on_paper(out, database),
        "tables": _tables(out),
    }


def _window(folder: Path) -> tuple[set[str], set[str]]:
    """Return object names and shortcuts of the window with all its pages.

    A half-filled form stays in the office as a draft.
    """
    application = QApplication.instance() or QApplication([])
    office = open_office(folder, "")
    window = build_window(office)

    def settle() -> None:
        while not window.runner.idle:
            application.processEvents()

    try:
        window.show()
        for name in (*window.pages, "intake"):
            window.go_to_page(name)
            settle()
        names = {widget.objectName() for widget in window.findChildren(QWidget)}
        shortcuts = {shortcut.key().toString() for shortcut in window.findChildren(QShortcut)}
        QTest.keyClicks(window.findChild(QLineEdit, "intake.name"), "Dao Thi Am")
    finally:
        window.close()
        settle()
        office.close()
    return {name for name in names if "." in name or name == "banner"}, shortcuts


def _file_keys(folder: Path, bundle: Path, identity: str) -> set[str]:
    """Return members and JSON keys of the files of an office.

    These are sync files, their answers, backups and the files beside the database.
    """
    opened = read_bundle(bundle.read_bytes(), identity=identity)
    record = opened.records[0]
    results = [
        {"id": record["id"], "sequence": record["sequence"], "result": "accepted"},
        {"id": record["id"], "sequence": record["sequence"], "result": "rejected", "reason": "Sai mã"},
    ]
    ack = bundle.with_suffix(".mcack")
    ack.write_bytes(write_ack(opened, results, "2026-02-10T08:00:00+07:00", _SIGNING_KEY))
    plain = folder / "out" / "bundle.mcsync"
    backup = next((folder / "real" / "sao-luu").iterdir())
    names = {name for archive in (plain, bundle, ack) for name in files.zip_names(archive)}
    with ZipFile(backup) as archive:
        names |= files.prefixed(".mcbackup", archive.namelist())
    for each in read_bundle(plain.read_bytes()).records + opened.records:
        names |= files.prefixed(f"record of type {each['type']}", longest(key_paths(dict(each))))
    for name in ("keys.json", "motcua.seen", "tries.json"):
        names |= files.prefixed(name, longest(key_paths(json.loads((folder / "real" / name).read_bytes()))))
    vault = files.masked_all(key_paths(json.loads((folder / "vault.json").read_bytes())))
    return names | files.toml_keys(folder / "training" / "machine.toml") | files.prefixed("vault entry", vault)


def _codes_on_paper(out: Path, database: files.Database) -> set[str]:
    """Return line labels of open QR codes and keys of sealed ones.

    The archived copy has the sealed code.
    """
    key = bytes.fromhex(database.setting("kept_copy_key"))
    names = set()
    for name in ("receipt", "receipt-listed", "control", "register", "refusal"):
        for text in drive.codes_of(out / f"{name}.pdf"):
            if text.startswith("MC1:"):
                names |= files.prefixed("MC1", longest(key_paths(unseal_code(text, key))))
            else:
                names |= {f"{name}: {line.partition(':')[0]}" for line in text.splitlines() if ":" in line}
    return names


def _tables(out: Path) -> set[str]:
    """Return sheets and headings of workbooks, and columns of tables."""
    names: set[str] = set()
    for name in ("06a", "register", "fees", "satisfaction", "feedback"):
        names |= files.prefixed(f"{name}.xlsx", files.workbook_texts(out / f"{name}.xlsx"))
    rows = {
        "catalogue export": (out / "catalogue.tsv", "\t"),
        "notices export": (out / "notices.csv", ","),
        "resources/catalogue.tsv": (sources.APP.parent / "resources" / "catalogue.tsv", "\t"),
    }
    for name, (file, delimiter) in rows.items():
        with file.open(encoding="utf-8-sig", newline="") as table:
            names |= files.prefixed(name, set(next(csv.reader(table, delimiter=delimiter))))
    return names


def differences(before: Mapping[str, Iterable[str]], after: Mapping[str, Iterable[str]]) -> tuple[list[str], list[str]]:
    """Return the removed and the added names, as `section / name`."""

    def flat(names: Mapping[str, Iterable[str]]) -> set[str]:
        return {f"{section} / {name}" for section, each in names.items() for name in each}

    return sorted(flat(before) - flat(after)), sorted(flat(after) - flat(before))


if __name__ == "__main__":
    if sys.argv[1:] != ["--write"]:
        sys.exit("usage: python -m tests.architecture.frozen_names --write")
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    write()
