"""Packages from the receiver to an office: by wire, by stick, once (S6)."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.models.enums import Status
from app.office.exchange.sync_send import push
from app.services.packages.received import Received
from app.sync.package import read_package
from app.usecases.sync.packages import (
    ApplyPackage,
    PreviewPackage,
    ShowReceived,
    apply_package,
    preview_package,
    show_received,
)
from app.usecases.sync.status import GetIdentity, get_identity
from tests.support.hub_service import serving
from tests.support.offices import MORNING, Desk, at
from tests.support.postgres_server import Hub
from tests.usecases.law.samples import RELIEF, law_file

NOON = at("2026-02-09T12:00")


@pytest.fixture
def joined(desk: Desk, hub: Hub) -> Iterator[Desk]:
    """An office that sends to a receiver in this process."""
    key = desk.office.read(get_identity, GetIdentity()).public_key
    hub.run("enrol", key, "--agency", "H29.12")
    facts = desk.office.facts
    with serving(hub) as address:
        office = replace(facts.office, sync_address=address, receiver_signs=hub.keys.receiver_signs)
        desk.office.facts = replace(facts, office=office)
        yield desk
    desk.office.facts = facts


def publish(hub: Hub, folder: Path, kind: str, text: str, *options: str) -> None:
    file = folder / kind
    file.write_text(text, encoding="utf-8")
    hub.run("publish", kind, file, "--title", f"Gói {kind}", *options)


def received(desk: Desk) -> Received:
    return desk.office.read(show_received, ShowReceived(), NOON)


def test_packages_are_fetched_after_a_push_and_wait(joined: Desk, hub: Hub, tmp_path: Path) -> None:
    joined.take_in(MORNING)
    publish(hub, tmp_path, "calendar", "date,kind,hours,decision\n2026-02-12,off,,12/TB\n")
    publish(hub, tmp_path, "notice", "Chỉ cho xã khác.", "--agency", "H29.13")
    publish(hub, tmp_path, "notice", "Cổng bảo trì.", "--agency", "H29.12")
    result = push(joined.office)
    assert (result.files, result.trouble, result.packages) == (1, None, 2)
    waiting = received(joined)
    assert [line.number for line in waiting.packages] == [1] and [line.number for line in waiting.notices] == [3]
    assert joined.rows("SELECT * FROM calendar_decision") == []
    assert push(joined.office).packages == 0


def test_package_of_the_wire_is_the_package_of_the_stick(joined: Desk, hub: Hub, tmp_path: Path) -> None:
    stick = tmp_path / "goi.mcdown"
    publish(hub, tmp_path, "calendar", "date,kind,hours,decision\n2026-02-12,off,,12/TB\n", "--out", str(stick))
    accepted = joined.take_in(MORNING)
    push(joined.office)
    (waiting,) = received(joined).packages
    assert waiting.file == stick.read_bytes()
    shown = joined.office.read(preview_package, PreviewPackage(waiting.file), NOON)
    assert [change.change for change in shown.changes] == ["day", "dossier"]
    joined.office.write(apply_package, ApplyPackage(stick.read_bytes()), NOON)
    assert received(joined).packages == ()
    again = joined.office.write(apply_package, ApplyPackage(waiting.file), NOON)
    assert (again.applied, again.changes) == (True, ())
    assert len(joined.rows("SELECT * FROM calendar_decision")) == 1
    assert joined.show(accepted.code, NOON).due_at == accepted.due_at


def test_older_state_from_above_reverts_nothing(joined: Desk, hub: Hub, tmp_path: Path) -> None:
    """S6: handed over here, «đang xử lý» above."""
    code = joined.take_in(MORNING).code
    joined.act(code, "finish", at("2026-02-09T10:00"))
    joined.act(code, "return", at("2026-02-09T11:00"), received_by="Đào Thị Ẫm")
    publish(hub, tmp_path, "states", f"code,national_status,at\n{code},4,2026-02-09T09:00:00+07:00\n")
    push(joined.office)
    (waiting,) = received(joined).packages
    joined.office.write(apply_package, ApplyPackage(waiting.file), NOON)
    (difference,) = received(joined).differences
    assert (difference.code, difference.status, difference.at) == (code, Status.RETURNED, at("2026-02-09T11:00"))
    assert (difference.portal_status, difference.portal_at) == (4, at("2026-02-09T09:00"))
    assert difference.is_ours_newer and joined.show(code, NOON).status == Status.RETURNED
    assert joined.check(NOON).ok


def test_blocked_office_gets_no_packages(joined: Desk, hub: Hub, tmp_path: Path) -> None:
    push(joined.office)
    publish(hub, tmp_path, "notice", "Tin.")
    key = joined.office.read(get_identity, GetIdentity()).public_key
    hub.run("block", key, "--note", "x")
    result = push(joined.office)
    assert (result.packages, received(joined).notices) == (0, ())


def test_law_package_is_published_under_its_own_title(hub: Hub, tmp_path: Path) -> None:
    file = tmp_path / "goi.mclaw"
    file.write_bytes(law_file([RELIEF]))
    out = tmp_path / "goi.mcdown"
    assert hub.run("publish", "law", file, "--out", out)[0]["title"] == "Thay đổi thử"
    package = read_package(out.read_bytes(), known_key=None)
    assert (package.header.kind, package.content) == ("law", file.read_bytes())
    file.write_bytes(law_file([RELIEF])[:-1])
    assert hub.refused("publish", "law", file) == "bundle_incomplete"
    assert hub.refused("publish", "notice", file) == "package_title"
