"""Options of the command line that name a file to write."""

import argparse
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from app.cli.argtypes import file_name
from app.cli.parser import build_parser
from app.services.law_packages.drafting import key_text, new_issuer_key
from tests.cli.test_law_changes import CHANGES, HEAD
from tests.support.offices import intake_line

_DAY = "2026-02-09"
_PERIOD = ("--from", _DAY, "--to", _DAY)

READ = frozenset(
    (
        *("catalogue import file", "catalogue publish --only", "calendar import file", "reconcile file"),
        *("false-late file", "false-late --map", "import file", "import --map", "sync apply file", "sync join file"),
        *("restore file", "law show file", "law apply file", "law new --from", "law new --key"),
        *("office succeed office",),
    )
)
"""Options that name a file or folder to read."""

VERBS: Mapping[str, tuple[str, ...]] = {
    "backup --to": ("backup", "--to", "{folder}"),
    "backup --second": ("backup", "--second", "{folder}/phụ"),
    "backup --guide": ("backup", "--guide", "{folder}/huong-dan.pdf"),
    "refuse-at-counter --out": ("refuse-at-counter", "{inputs}/tu-choi.jsonl", "--out", "{folder}"),
    "blanks --out": ("blanks", "--count", "1", "--out", "{folder}/giay-in-san.pdf"),
    "print --out": ("print", "receipt", "{code}", "--out", "{folder}/giay.pdf"),
    "print register --out": ("print", "register", *_PERIOD, "--out", "{folder}/so.pdf"),
    "print cash --out": ("print", "cash", "--on", _DAY, "--out", "{folder}/thu.pdf"),
    "print sheet --out": ("print", "sheet", "2.000815", "--out", "{folder}/niem-yet.pdf"),
    "catalogue import --out": ("catalogue", "import", "{inputs}/bang.csv", "--dry-run", "--out", "{folder}/xem.xlsx"),
    "catalogue export file": ("catalogue", "export", "{folder}/danh-muc.tsv"),
    "report --out": ("report", "06a", "--preset", "month", "--out", "{folder}/06a.xlsx"),
    "report --freeze --out": ("report", "06a", "--preset", "month", "--freeze", "--out", "{folder}/da-nop.xlsx"),
    "false-late --out": ("false-late", "{inputs}/tre.csv", "--out", "{folder}/giai-trinh.xlsx"),
    "import --refused": ("import", "{inputs}/so-hong.csv", "--refused", "{folder}/bo.xlsx"),
    "sync export --out": ("sync", "export", "--out", "{folder}/gui.mcsync"),
    "sync export --all": ("sync", "export", "--all", "{folder}"),
    "sync export --national --out": ("sync", "export", "--national", *_PERIOD, "--out", "{folder}/q.json"),
    "queue take --out": ("queue", "take", "--out", "{folder}/so.pdf"),
    "queue print --out": ("queue", "print", "{ticket}", "--out", "{folder}/so.pdf"),
    "notices export file": ("notices", "export", "{folder}/tin.xlsx"),
    "keys-card --out": ("keys-card", "--out", "{folder}/the.pdf"),
    "scanner-card --out": ("scanner-card", "--out", "{folder}/the.pdf"),
    "law key --out": ("law", "key", "--out", "{folder}/khoa"),
    "law new --out": ("law", "new", "--from", "{inputs}/goi", "--key", "{inputs}/khoa", "--out", "{folder}/goi.mclaw"),
}
"""Words of a call that writes, by the option that names the place."""
ELSEWHERE: Mapping[str, str] = {
    "keys recovery --out": "a real office only: tests/cli/test_keys.py",
    "demo --out": "a new folder of a training office: test_refusals.py",
    "self-check --out": "opens a window of its own: test_self_check.py",
}


def output_options() -> set[str]:
    """Return the options of the parser that name a place to write."""
    return {name for name in _file_options(build_parser(), ()) if name not in READ}


def _file_options(parser: argparse.ArgumentParser, words: tuple[str, ...]) -> Iterator[str]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, child in action.choices.items():
                yield from _file_options(child, (*words, name))
        elif action.type is file_name and action.dest != "data":
            yield " ".join((*words, (action.option_strings or [action.dest])[0]))


def write_inputs(folder: Path) -> Path:
    """Write the files that the calls read; return their folder."""
    (folder / "goi").mkdir(parents=True)
    refused = {**intake_line(), "reason": "Thiếu giấy ủy quyền có chứng thực."}
    texts = {
        "tu-choi.jsonl": f"{json.dumps(refused)}\n",
        "bang.csv": "code,name,field,limit,unit\n9.999999,Thủ tục thử,Hộ tịch,5,working_day\n",
        "tre.csv": "Mã hồ sơ,Thủ tục,Ngày hẹn trả\nH29.12-260109-0001,Khai sinh,12/01/2026\n",
        "so-hong.csv": "Số hồ sơ,Ngày tiếp nhận,Tên thủ tục,Họ và tên\nCU-1,12/01/2026,không có,Nguyễn Thị Mận\n",
        "khoa": key_text(new_issuer_key()).decode(),
        **{f"goi/{name}": text for name, text in CHANGES["bien-lai"].items()},
    }
    texts["goi/law.toml"] = HEAD.format(id="bien-lai") + texts["goi/law.toml"]
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder
