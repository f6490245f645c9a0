"""A receiver with every kind of trouble, and the addresses of its pages."""

from datetime import date, timedelta

from app.sync.errors import BundleRefused
from hub.delivery.packages import PackageDraft, publish
from hub.errors import Refused
from hub.ingest.intake import Intake
from tests.support.postgres_server import Hub
from tests.support.sync_senders import Sender

CLERK = "Lê Thị Xem"
REGISTRAR = "Phạm Ghi Danh"
PERIOD = "from=2026-01-01&to=2026-03-31"
PAGES = {
    "communes": "/",
    "commune": "/communes/{busy}",
    "records": "/communes/{busy}/records",
    "file": "/communes/{poisoned}/records?place=1",
    "dossier": "/communes/{busy}/dossiers/H29.12-260202-0008",
    "06a": f"/06a?{PERIOD}",
    "06a-agency": f"/06a?{PERIOD}&by=agency",
    "behind": f"/06a/dossiers?{PERIOD}&column=resolved",
    "files": "/files",
    "rejected": "/rejected",
    "forks": "/forks",
    "fork": "/forks/{fork}",
    "lost": "/lost",
    "knocks": "/knocks",
    "packages": "/packages",
    "package": "/packages/{package}/content",
    "known": "/communes/{restored}/files/2/already",
    "accounts": "/accounts",
}


def address_of(hub: Hub, template: str) -> str:
    """Return an address with the numbers of this receiver."""
    sites = {agency: site for site, agency in hub.rows("SELECT site_id, agency_code FROM sender")}
    ((fork,),) = hub.rows("SELECT number FROM fork")
    ((package,),) = hub.rows("SELECT max(number) FROM package")
    busy, poisoned, restored = (sites[code] for code in ("H29.12", "H29.13", "H29.14"))
    return template.format(busy=busy, poisoned=poisoned, restored=restored, fork=fork, package=package)


def fill(hub: Hub) -> None:
    """Receive files of three offices with every kind of trouble."""
    busy, poisoned, restored = (Sender(number=n, agency=f"H29.{11 + n}", day=date(2026, 2, 2)) for n in (1, 2, 3))
    for sender in (busy, poisoned, restored):
        hub.run("enrol", sender.public_key, "--agency", sender.agency, "--name", f"UBND xã Thử {sender.number}")
    hub.run("enrol", "ab" * 32, "--agency", "H29.40", "--name", "UBND xã Chưa Gửi")
    hub.run("users", "add", CLERK, "--role", "reader")
    hub.run("users", "add", REGISTRAR, "--role", "registrar")
    intake = hub.intake()
    for serial in range(1, 30):
        _live(busy, serial)
    intake.receive(busy.file(), hub.now - timedelta(hours=3))
    for serial in range(1, 12):
        poisoned.take_in(serial)
    poisoned.add("progress", "H99.1-260202-0001", {"TrangThai": "4"})
    intake.receive(poisoned.file(), hub.now - timedelta(days=4))
    for serial in range(1, 9):
        restored.take_in(serial)
    intake.receive(restored.file(), hub.now - timedelta(days=9))
    restored.restore(5)
    intake.receive(restored.file(), hub.now - timedelta(days=8))
    _fork(hub, busy)
    unknown = Sender(number=77, agency="H29.50")
    unknown.take_in(1)
    _refused(intake, unknown.file(), hub)
    draft = PackageDraft("calendar", "*", "Nghỉ bù ngày Chiến thắng")
    publish(hub.database(), hub.keys, draft, b"date,kind,hours,decision\n2026-05-02,off,,\n", "admin", hub.now)


def _live(sender: Sender, serial: int) -> None:
    code = sender.take_in(serial, payload={"ChuHoSo": "Nguyễn Thị Bí Mật"} if serial == 8 else {})
    for each, status in ((3, "processing"), (4, "finished"), (8, "returned")):
        if serial % each == 0:
            sender.progress(code, status)


def _fork(hub: Hub, sender: Sender) -> None:
    """Send two files of the same number, as a cloned disk would."""
    previous, sequence = sender.previous, sender.sequence
    sender.take_in(40)
    hub.intake().receive(sender.file(), hub.now - timedelta(hours=2))
    sender.records.pop()
    sender.sent, sender.sequence, sender.previous = sender.sent - 1, sequence, previous
    sender.take_in(41)
    _refused(hub.intake(), sender.file(), hub)


def _refused(intake: Intake, data: bytes, hub: Hub) -> None:
    try:
        intake.receive(data, hub.now)
    except (Refused, BundleRefused):
        return
    raise AssertionError("the file was taken")
