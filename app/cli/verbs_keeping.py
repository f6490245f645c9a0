"""The verbs that keep an office safe: a backup made and proved, a lost database put back."""

import argparse
from pathlib import Path

from app.cli.answers import say, say_json
from app.cli.surroundings import OpenOffice, Surroundings
from app.cli.verbs_keys import means_of
from app.models.values import local
from app.usecases.keeping import AskContent, ask_content


def backup(office: OpenOffice, asked: argparse.Namespace, as_json: bool) -> int:
    """Copy the database in one step, prove the copy, say where it lies."""
    content = office.read(ask_content, AskContent())
    file, digest = office.back_up(asked.to)
    if as_json:
        say_json({"file": str(file), "sha256": digest, "dossiers": content.dossiers})
    else:
        say(f"Đã sao lưu {content.dossiers} hồ sơ vào {file}. Bản sao đã được kiểm tra.")
    return 0


def restore(asked: argparse.Namespace, as_json: bool, surroundings: Surroundings, folder: Path) -> int:
    """Put a backup in the database's place, or only prove it."""
    content = surroundings.restore(folder, asked.file, asked.check, means_of(asked, surroundings))
    if as_json:
        answer = {
            "file": str(asked.file),
            "dossiers": content.dossiers,
            "last_event_at": content.last_event_at,
            "restored": not asked.check,
        }
        say_json(answer)
        return 0
    until = "chưa có" if content.last_event_at is None else f"{local(content.last_event_at):%H:%M %d/%m/%Y}"
    say(f"Bản sao lưu nguyên vẹn: {content.dossiers} hồ sơ, việc ghi cuối cùng {until}.")
    if not asked.check:
        say("Đã phục hồi. Dữ liệu cũ được giữ lại bên cạnh; số hồ sơ cấp tiếp sẽ nhảy một khoảng để không trùng.")
    return 0


VERBS = {"backup": backup}
