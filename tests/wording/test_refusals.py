"""Vietnamese sentences of every code that the program raises."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from app.models.codes import KeyFault
from app.models.enums import Action, Status
from app.models.errors import Fault, Message, Refusal
from app.models.people import PersonKind
from app.settings import OfficeFileError, parse_office
from app.wording.faults import FAULTS
from app.wording.refusals import SENTENCES, error_sentence
from app.wording.unknown_scans import unknown_scan_reason
from app.wording.warnings import warning_line

APP = Path(__file__).resolve().parent.parent.parent / "app"
RAISED = ("Refusal", "Fault", "BundleRefused")
RECEIVER_CODES = frozenset(
    (
        *("bundle_encrypted", "bundle_identity", "bundle_count", "kept_copy_damaged", "kept_copy_format"),
        "kept_copy_key",
    )
)
"""Codes that only a receiver raises: the office writes files and reads answers."""
COMPOSED_CODES = {
    "unknown_{key}": {"unknown_kind", "unknown_gender"},
    "unknown_{column}": {"unknown_unit", "unknown_supplement_clock", "unknown_boundary_free", "unknown_withdrawn"},
    "office_file_{error.problem}": {
        *("office_file_unreadable", "office_file_not_toml", "office_file_missing", "office_file_wrong"),
        "office_file_unseen",
        "office_file_too_big",
    },
    "law_{refused.code.removeprefix('bundle_')}": {
        *("law_not_zip", "law_incomplete", "law_layout", "law_members", "law_damaged", "law_format", "law_newer"),
        *("law_signature", "law_manifest", "law_json", "law_too_big"),
    },
}
"""Codes composed where they are raised, with their results."""
ENGLISH = re.compile(
    r"\b(the|not|is|are|of|file|error|invalid|missing|wrong|cannot|please|must|value|field|only|failed)\b"
)


@cache
def function_calls() -> tuple[tuple[str, ast.Call], ...]:
    """Return every call of a plain name with arguments, and its place."""
    return tuple(
        (f"{path.relative_to(APP).as_posix()}:{node.lineno}", node)
        for path in sorted(APP.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args
    )


def calls_of(name: str) -> Iterator[tuple[str, ast.Call]]:
    return (each for each in function_calls() if each[1].func.id == name)


def codes(node: ast.expr) -> set[str]:
    """Return the codes that an expression may have, none for a forwarded code."""
    if isinstance(node, ast.Constant):
        return {str(node.value)}
    if isinstance(node, ast.IfExp):
        return codes(node.body) | codes(node.orelse)
    return COMPOSED_CODES[ast.unparse(node)[2:-1]] if isinstance(node, ast.JoinedStr) else set()


@cache
def raised_errors() -> list[tuple[str, str, frozenset[str]]]:
    """Return place, code and value names of every raised error."""
    errors = []
    for name in RAISED:
        for place, call in calls_of(name):
            names = frozenset(keyword.arg for keyword in call.keywords if keyword.arg and keyword.arg != "field")
            is_forwarded = any(keyword.arg is None for keyword in call.keywords)  # values of an earlier refusal
            for code in codes(call.args[0]) - RECEIVER_CODES:
                if not is_forwarded:
                    errors.append((place, code, names))
    return errors


def error_text(code: str, names: frozenset[str]) -> str:
    return error_sentence(Refusal(code, None, **dict.fromkeys(names, "ABC")))


def test_raised_codes_are_collected() -> None:
    errors = raised_errors()
    assert len(errors) > 100
    assert {"act_not_allowed", "disk_full", "unknown_gender", "bundle_chain"} <= {code for _, code, _ in errors} | {
        "disk_full"
    }


def test_every_code_has_a_sentence() -> None:
    missing = sorted({f"{code} ({place})" for place, code, _ in raised_errors() if code not in SENTENCES})
    assert missing == []


def test_every_sentence_has_its_values() -> None:
    """A missing value would appear as «…»."""
    gaps = sorted(
        f"{code} ({place}): {error_text(code, names)}"
        for place, code, names in raised_errors()
        if code in SENTENCES and error_text(code, names).count("…") > literal_ellipses(code)
    )
    assert gaps == []


def literal_ellipses(code: str) -> int:
    """Return how many «…» the sentence itself contains."""
    return error_text(code, placeholder_names()).count("…")


@cache
def placeholder_names() -> frozenset[str]:
    return frozenset(name for _, _, names in raised_errors() for name in names)


def faults_by_system() -> set[str]:
    """Return the fault codes that storage maps system errors to."""
    tree = ast.parse((APP / "storage" / "error_mapping.py").read_text(encoding="utf-8"))
    values = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return {value for value in values if re.fullmatch(r"(disk|file|folder|database|program)_[a-z_]+", value)}


def test_every_system_fault_has_a_sentence() -> None:
    assert len(faults_by_system()) >= 6
    assert faults_by_system() <= set(SENTENCES)


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_sentence_is_vietnamese_and_ends(code: str) -> None:
    sentence = error_text(code, placeholder_names())
    assert re.search(r"[À-ỹđĐ]", sentence) and not ENGLISH.search(sentence), sentence
    assert sentence[0].isupper() or sentence[0] in "«A"
    assert sentence.rstrip().endswith((".", "…", "”", "ABC")), sentence
    assert "  " not in sentence and "{" not in sentence.replace('{"procedure": …}', "")


def test_no_unused_sentences() -> None:
    """An unused sentence misleads readers."""
    raised = {code for _, code, _ in raised_errors()} | faults_by_system() | RECEIVER_CODES
    texts = "\n".join(
        path.read_text(encoding="utf-8") for path in APP.rglob("*.py") if "wording/ref" not in path.as_posix()
    )
    unused = sorted(code for code in set(SENTENCES) - raised if f'"{code}"' not in texts)
    assert unused == []


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("status", Status)
def test_refused_action_uses_vietnamese_names(action: Action, status: Status) -> None:
    sentence = error_sentence(Refusal("act_not_allowed", "action", action=action.value, status=status.value))
    assert action.value not in sentence.split() and status.value not in sentence.split()


def test_values_are_formatted() -> None:
    assert "23/02/2026" in error_sentence(Refusal("until_not_later", "until", due="2026-02-23"))
    assert "số nguyên" in error_sentence(Refusal("wrong_type", "fee", expected="whole"))
    assert "…" in error_sentence(Refusal("until_not_later", "until"))
    assert "chua_co" in error_sentence(Fault("chua_co"))


@pytest.mark.parametrize("value", ["{0}", "{code}", "%s", "{", "}", "{a.b[c]}", "\\", "", "Ẵm", "x" * 5000])
def test_typed_values_are_quoted_verbatim(value: str) -> None:
    assert value in error_sentence(Refusal("dossier_unknown", "code", code_=value, code=value)) or value == ""
    assert value in error_sentence(Refusal("alias_taken", "alias", alias=value))


def test_allowed_choices_are_named() -> None:
    sentence = error_sentence(Refusal("unknown_kind", "applicant.kind", text="robot", allowed=", ".join(PersonKind)))
    assert "robot" in sentence and "citizen" in sentence


def test_office_file_error_names_its_key() -> None:
    with pytest.raises(OfficeFileError) as error:
        parse_office("name = 'a'\nworkstation = 0")
    sentence = error_sentence(Refusal(f"office_file_{error.value.problem}", error.value.key, key=error.value.key))
    assert "workstation" in sentence


# --- warnings and unknown scans


@cache
def message_codes() -> list[tuple[str, str, frozenset[str]]]:
    """Return place, code and value names of every literal `Message`."""
    messages = []
    for place, call in calls_of("Message"):
        values: Any = call.args[1] if len(call.args) > 1 else None
        plain = values is None or (
            isinstance(values, ast.Dict) and all(isinstance(k, ast.Constant) for k in values.keys)
        )
        if isinstance(call.args[0], ast.Constant) and plain:
            names = frozenset(str(k.value) for k in values.keys) if isinstance(values, ast.Dict) else frozenset()
            messages.append((place, str(call.args[0].value), names))
    return messages


def test_every_warning_and_unknown_scan_has_a_sentence() -> None:
    missing = []
    for place, code, names in message_codes():
        if code.startswith("term_"):
            continue  # proof steps have their own test
        if code == "scan_not_a_code" or place.startswith("office/"):
            continue  # the general sentence itself; notes of an opening have their own sentences
        values = {name: "2026-02-09" if name in ("day", "last") else "2026-02-09T08:00:00+07:00" for name in names}
        sentence = warning_line(Message(code, values))
        scan_reason = unknown_scan_reason(Message(code, values))
        if f"({code})" in sentence and scan_reason == unknown_scan_reason(Message("no such code")):
            missing.append(f"{code} ({place})")
        assert "…" not in sentence or f"({code})" in sentence, (place, sentence)
    assert missing == [] and len(message_codes()) > 20


def test_every_key_fault_has_a_sentence() -> None:
    general = unknown_scan_reason(Message("no such code"))
    assert all(unknown_scan_reason(Message(fault.value)) != general for fault in KeyFault)


COMMAND_WORDS = re.compile(
    r"--[a-z]|MOTCUA_|python3|\blệnh [a-z]|\(restore\)|\b(?:clock confirm|keys recover|keys recovery|numbers repair)\b"
)
IN_WINDOW = re.compile(r"ở cửa sổ|«[^»]+»|\(F\d+\)|người thứ hai|của cả hai|trên tờ giấy|người quản trị|hai người")
BY_COMMAND = re.compile(r"\((?:bằng lệnh|dòng lệnh): [^)]+\)|; bằng lệnh[^.;]*|MOTCUA_RECOVERY_KEY")


@pytest.mark.parametrize("code", sorted(set(FAULTS) - {"no_screen"}))
def test_fault_sends_no_clerk_to_a_command_line(code: str) -> None:
    assert not COMMAND_WORDS.search(FAULTS[code]), FAULTS[code]


@pytest.mark.parametrize(
    "code",
    [
        *("vault_lost", "keys_password_wrong", "keys_password_missing", "user_missing", "second_missing", "claim_over"),
        *("office_unproved", "office_unencrypted", "backup_unproved", "backup_other_office", "fingerprint_none"),
    ],
)
def test_sentence_names_the_way_in_the_window_first(code: str) -> None:
    sentence = error_text(code, placeholder_names())
    without_command = BY_COMMAND.sub("", sentence)
    assert IN_WINDOW.search(without_command) and not COMMAND_WORDS.search(without_command), sentence


def test_control_and_direction_characters_of_a_value_are_escaped() -> None:
    sentence = error_sentence(Refusal("import_too_long", column="Họ\x1b[2J \u202etên\x00 \ud800", limit=5))
    assert sentence.startswith("Họ\\u001b[2J \\u202etên\\u0000 \\ud800 dài quá 5 ký tự")
