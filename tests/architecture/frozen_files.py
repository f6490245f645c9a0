"""Read names from the files that the program produced.

These are databases, archives, workbooks and folders.
"""

import json
import re
import tomllib
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from sqlcipher3 import dbapi2

from tests.architecture.frozen_json import key_paths, longest

_STAMP = re.compile(r"[0-9]{8}-[0-9]{6}")
_DIGEST, _NUMBER = re.compile(r"[0-9a-f]{16,}"), re.compile(r"(?<![A-Za-z0-9])[0-9]+(?![A-Za-z0-9])")
_AGENCY = re.compile(r"[A-Y][0-9]{2}\.[0-9]{1,3}")
_LONGEST_HEADING = 60
_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def prefixed(prefix: str, names: Iterable[str]) -> set[str]:
    """Return the names with a prefix."""
    return {f"{prefix}: {name}" for name in names}


def masked(name: str) -> str:
    """Return a name with its variable parts replaced."""
    for pattern, placeholder in ((_AGENCY, "AGENCY"), (_STAMP, "STAMP"), (_DIGEST, "DIGEST"), (_NUMBER, "N")):
        name = pattern.sub(placeholder, name)
    return name


def masked_all(names: Iterable[str]) -> set[str]:
    """Return all names with their variable parts replaced."""
    return set(map(masked, names))


def office_files(folder: Path) -> set[str]:
    """Return the files of offices and the output files of commands.

    Commands choose the names of these output files.
    """
    offices = ("training", "people", "real", "demo", "state")
    names = {
        f"{office}: {masked(path.relative_to(folder / office).as_posix())}"
        for office in offices
        for path in (folder / office).rglob("*")
        if path.is_file() and not path.name.endswith(("-wal", "-shm"))
    }
    outputs = [*(folder / "out").glob("tu-choi-*"), *(folder / "out" / "second").iterdir()]
    return names | prefixed("out", masked_all(path.name for path in outputs))


def zip_names(path: Path) -> set[str]:
    """Return the members of an archive and the keys of its JSON files.

    The prefix is the suffix of the archive's name.
    """
    names = set()
    with ZipFile(path) as archive:
        for member in archive.namelist():
            names.add(f"{path.suffix}: {member}")
            if member.endswith(".json"):
                names |= prefixed(f"{path.suffix} {member}", longest(key_paths(json.loads(archive.read(member)))))
    return names


def toml_keys(file: Path) -> set[str]:
    """Return the keys of a TOML file."""
    return prefixed(file.name, longest(key_paths(tomllib.loads(file.read_text(encoding="utf-8")))))


def workbook_texts(file: Path) -> set[str]:
    """Return the sheet names, titles and headings of a workbook.

    A workbook without rows has no other short texts.
    """
    with ZipFile(file) as archive:
        book = ET.fromstring(archive.read("xl/workbook.xml"))
        texts = ET.fromstring(archive.read("xl/sharedStrings.xml"))
    sheets = {f"sheet {sheet.get('name')}" for sheet in book.iter(f"{_SHEET}sheet")}
    headings = {"".join(each.itertext()) for each in texts.iter(f"{_SHEET}si")}
    return sheets | {text for text in headings if len(text) <= _LONGEST_HEADING}


class Database:
    """Names in one unencrypted database."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def schema(self) -> set[str]:
        """Return tables, columns, keys, references, indexes and triggers.

        Virtual tables are included.
        """
        names: set[str] = set()
        for kind, name, table, sql in self._rows("SELECT type, name, tbl_name, sql FROM sqlite_master"):
            if kind == "table" and not name.startswith("sqlite_"):
                names |= prefixed(name, self._table(name, sql))
            elif sql and kind != "table":
                names.add(f"{table}: {' '.join(sql.split())}")
        return names

    def column(self, table: str, column: str) -> set[str]:
        """Return the values of a column."""
        return {str(value) for (value,) in self._rows(f'SELECT "{column}" FROM "{table}"')}

    def setting(self, name: str) -> str:
        """Return the text of a setting."""
        return str(json.loads(dict(self._rows("SELECT name, value FROM setting"))[name]))

    def json_keys(self) -> set[str]:
        """Return the key paths of all JSON values, by table and column.

        Documents are grouped by template, facts by action, settings by name.
        """
        paths_by_label: dict[str, set[str]] = {}
        for (table,) in self._rows("SELECT name FROM sqlite_master WHERE type = 'table'"):
            for row in self._dicts(table):
                for column, value in row.items():
                    if isinstance(value, str) and value.startswith(("{", "[")):
                        label = f"{table}.{column}{_variant(row, value)}"
                        paths_by_label.setdefault(label, set()).update(key_paths(json.loads(value)))
        return {f"{label}: {path}" for label, paths in paths_by_label.items() for path in longest(paths)}

    def _table(self, name: str, sql: str) -> Iterator[str]:
        if sql.startswith("CREATE VIRTUAL"):
            yield " ".join(sql.split())
        yield from re.findall(r"CONSTRAINT \w+", sql)
        for _, column, kind, required, default, key in self._rows(f'PRAGMA table_info("{name}")'):
            marks = ("not null" * required, f"default {default}" * (default is not None), f"key {key}" * bool(key))
            yield " ".join(filter(None, ("column", column, kind, *marks)))
        for _, index, unique, origin, _ in self._rows(f'PRAGMA index_list("{name}")'):
            columns = [column for _, _, column in self._rows(f'PRAGMA index_info("{index}")')]
            if unique and origin != "pk":
                yield f"unique ({', '.join(columns)})"
        for _, _, target, source, column, *_ in self._rows(f'PRAGMA foreign_key_list("{name}")'):
            yield f"{source} refers to {target}.{column}"

    def _dicts(self, table: str) -> Iterator[dict[str, Any]]:
        columns = [row[1] for row in self._rows(f'PRAGMA table_info("{table}")')]
        return (dict(zip(columns, row, strict=True)) for row in self._rows(f'SELECT * FROM "{table}"'))

    def _rows(self, statement: str) -> list[tuple[Any, ...]]:
        with closing(dbapi2.connect(str(self._file))) as connection:
            return list(connection.execute(statement).fetchall())


def _variant(row: Mapping[str, Any], value: str) -> str:
    """Return the template of a document, action of an event or setting name."""
    document = json.loads(value)
    if isinstance(document, dict) and "template" in document:
        return f" {document['template']}"
    if "facts" in row and "action" in row:
        return f" {row['action']}"
    return f" {row['name']}" if set(row) == {"name", "value"} else ""
