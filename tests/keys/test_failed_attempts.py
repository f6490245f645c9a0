"""Failed passwords at a locked database: the wait survives restarts."""

import json
from pathlib import Path

import pytest

from app.keys.failed_attempts import FILE_NAME, UnlockAttempts
from app.models.errors import Refusal
from app.models.signin import FREE_ATTEMPTS
from tests.support.offices import ADMIN, PASSWORD


def test_failures_delay_and_success_clears_them(tmp_path: Path) -> None:
    for _ in range(FREE_ATTEMPTS):
        UnlockAttempts(tmp_path, "Lê Văn Hai", 100).record_failure()
    with pytest.raises(Refusal, match="sign_in_wrong_wait"):
        UnlockAttempts(tmp_path, " Lê Văn Hai", 100).record_failure()
    with pytest.raises(Refusal, match="sign_in_wait"):
        UnlockAttempts(tmp_path, "Lê Văn Hai", 101).check_wait_over()
    UnlockAttempts(tmp_path, "Lê Văn Hai", 200).check_wait_over()
    UnlockAttempts(tmp_path, "Lê Văn Hai", 200).clear()
    UnlockAttempts(tmp_path, "Lê Văn Hai", 200).record_failure()
    assert "Hai" not in (tmp_path / FILE_NAME).read_text(encoding="utf-8")


def test_typed_password_in_place_of_the_name_leaves_no_digest(real_folder: Path) -> None:
    (real_folder / FILE_NAME).write_text('{"0123456789abcdef": [1, 0, 0]}', encoding="utf-8")
    for place in range(FREE_ATTEMPTS):
        UnlockAttempts(real_folder, f"{PASSWORD} {place}", 100).record_failure()
    assert list(json.loads((real_folder / FILE_NAME).read_text(encoding="utf-8"))) == ["?"]
    UnlockAttempts(real_folder, ADMIN, 100).record_failure()
    assert len(json.loads((real_folder / FILE_NAME).read_text(encoding="utf-8"))) == 2
    with pytest.raises(Refusal, match="sign_in_wrong_wait"):
        UnlockAttempts(real_folder, "một tên khác", 100).record_failure()
    UnlockAttempts(real_folder, ADMIN, 101).check_wait_over()


@pytest.mark.parametrize("text", ["", "[]", "{", '{"x": 1}', "\x00"])
def test_damaged_attempts_file_locks_no_user_out(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE_NAME).write_text(text, encoding="utf-8")
    UnlockAttempts(tmp_path, "Lê Văn Hai", 100).check_wait_over()
    UnlockAttempts(tmp_path, "Lê Văn Hai", 100).record_failure()
