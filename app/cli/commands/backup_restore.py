"""The verbs that keep an office safe: a backup made and proved, a lost database put back."""

import argparse
from functools import partial
from pathlib import Path

from app.cli.commands.keys import means_of
from app.cli.context import Surroundings
from app.cli.files import write_whole
from app.cli.output import say, say_json, warn
from app.cli.secrets import PASSWORD, SECOND_PASSWORD, with_password
from app.models.instants import local
from app.models.text import clean
from app.office.session import OpenOffice
from app.usecases.office.restore import AskContent, Content, ask_content, mind_backup


def backup(office: OpenOffice, asked: argparse.Namespace, as_json: bool) -> int:
    """Copy the database in one step, prove the copy, say where it lies."""
    office.read(mind_backup, None)
    if asked.guide is not None:
        return _guide(office, asked.guide, as_json)
    if asked.second is not None:
        return _second(office, asked.second, as_json)
    if asked.auto:
        return _by_itself(office, as_json)
    content = office.read(ask_content, AskContent())
    file, digest = office.back_up(asked.to)
    if as_json:
        say_json({"file": str(file), "sha256": digest, "dossiers": content.dossiers})
    else:
        say(f"Đã sao lưu {content.dossiers} hồ sơ vào {file}. Bản sao đã được kiểm tra.")
    return 0


def _by_itself(office: OpenOffice, as_json: bool) -> int:
    """A round of backups if one is due, as the Task Scheduler asks for it. A place that failed is told."""
    round_ = office.backups.by_itself()
    troubles = [(place, place.trouble) for place in round_.places if place.trouble]
    if as_json:
        say_json(
            {
                "file": None if round_.file is None else str(round_.file),
                "sha256": round_.sha256 or None,
                "at": round_.at,
                "places": [{"folder": str(p.folder), "trouble": p.trouble or None} for p in round_.places],
                "removed": round_.removed,
            }
        )
    elif round_.file is None:
        last = "" if round_.at is None else f" Bản gần nhất lúc {local(round_.at):%H:%M %d/%m/%Y}."
        say(f"Chưa cần sao lưu: chưa đủ một giờ, hoặc chưa có việc gì mới.{last}")
    else:
        good = [str(place.folder) for place in round_.places if not place.trouble]
        say(f"Đã sao lưu vào {', '.join([str(round_.file), *good])}. Đã bỏ {round_.removed} bản cũ theo lịch giữ.")
    for place, trouble in troubles:
        warn(f"Chưa chép được bản sao lưu vào {place.folder}: {trouble}")
    return 0


def _second(office: OpenOffice, folder: str, as_json: bool) -> int:
    """Remember the second place, or forget it."""
    office.backups.choose_second(Path(folder) if folder else None)
    chosen = office.backups.second()
    if as_json:
        say_json({"second": chosen})
    else:
        say(f"Nơi sao lưu thứ hai: {chosen or 'không dùng'}.")
    return 0


def _guide(office: OpenOffice, out: Path, as_json: bool) -> int:
    """The page that tells how to go on on another machine."""
    write_whole(out, office.restore_page())
    if as_json:
        say_json({"file": str(out)})
    else:
        say(f"Trang hướng dẫn phục hồi: {out}. In ra, cất cùng trang khóa phục hồi.")
    return 0


def restore(asked: argparse.Namespace, as_json: bool, surroundings: Surroundings, folder: Path) -> int:
    """Put a backup in the database's place, or only prove it."""
    content = _restored(asked, surroundings, folder)
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


def _restored(asked: argparse.Namespace, surroundings: Surroundings, folder: Path) -> Content:
    """Two people, each by his own password, typed where it is wanted and not given."""
    user, _password, recovery = means_of(asked, surroundings)
    second = clean(asked.second or "")

    def attempt(first: str, other: str) -> Content:
        return surroundings.restore(folder, asked.file, asked.check, (user, first, recovery), (second, other))

    def with_second(first: str) -> Content:
        return with_password(surroundings, SECOND_PASSWORD, partial(attempt, first), only=second)

    return with_password(surroundings, PASSWORD, with_second, user)


VERBS = {"backup": backup}
