"""The wire: answers, problems, limits, packages."""

import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from app.sync.ack import read_ack
from app.sync.container import MAX_FILE_BYTES, pack, unpack
from app.sync.package import read_package
from app.sync.wire import signed_headers
from hub.wire import body, service
from tests.hub.test_ingest import enrolled, saved
from tests.support.hub_service import serving
from tests.support.postgres_server import Hub
from tests.support.sync_senders import Sender


@pytest.fixture
def client(hub: Hub) -> Iterator[httpx.Client]:
    with serving(hub) as address, httpx.Client(base_url=address, timeout=60, trust_env=False) as opened:
        yield opened


def post(client: httpx.Client, data: bytes) -> httpx.Response:
    return client.post("/v1/bundles", content=data, headers={"Content-Type": "application/vnd.motcua.sync"})


def check_problem(answer: httpx.Response, status: int, code: str, **fields: Any) -> dict[str, Any]:
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    content: dict[str, Any] = answer.json()
    assert {"type", "title", "status", "code"} <= content.keys()
    assert (content["status"], content["code"]) == (status, code)
    assert fields.items() <= content.items()
    return content


def test_file_goes_both_ways_with_one_ack(hub: Hub, client: httpx.Client, tmp_path: Path) -> None:
    sender = enrolled(hub, Sender())
    sender.take_in(1)
    data = sender.file()
    answers = [post(client, data) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].headers["content-type"] == "application/vnd.motcua.ack"
    (path,) = saved(tmp_path, file=data)
    (line,) = hub.run("ingest", path)
    stick = path.with_suffix(".mcack").read_bytes()
    assert line["result"] == "again" and answers[0].content == answers[1].content == stick
    ack = read_ack(stick, known_key=bytes.fromhex(hub.keys.receiver_signs))
    assert (ack.manifest["sequence"], ack.results[0]["result"]) == (1, "accepted")


def test_problems_have_status_and_fields(hub: Hub, client: httpx.Client) -> None:
    sender = Sender()
    sender.take_in(1)
    first = sender.file()
    sender.take_in(2)
    second = sender.file()
    check_problem(post(client, first), 403, "bundle_unknown_key")
    enrolled(hub, sender)
    check_problem(post(client, second), 409, "bundle_gap", epoch=sender.epoch, expected_sequence=1)
    check_problem(post(client, first[:-10]), 422, "bundle_incomplete")
    check_problem(post(client, b""), 422, "bundle_not_zip")
    members = unpack(first)
    check_problem(post(client, first + b"x"), 422, "bundle_layout")
    check_problem(post(client, pack({**members, "extra": b""})), 422, "bundle_members")
    check_problem(post(client, pack({**members, "summary.json": b"{}"})), 422, "bundle_damaged")
    check_problem(post(client, pack({**members, "manifest.sig": bytes(64)})), 422, "bundle_signature")
    assert hub.rows("SELECT count(*) FROM file") == [(0,)]
    check_problem(post(client, Sender().raw_file([], version=2)), 422, "bundle_newer", known=1)
    check_problem(post(client, Sender().raw_file([], format="other")), 422, "bundle_format")
    check_problem(post(client, Sender().raw_file([], training=False)), 403, "bundle_training")
    assert post(client, first).status_code == 200
    rival = Sender()
    rival.take_in(1, actor="Máy khác")
    fork = check_problem(post(client, rival.file()), 409, "bundle_fork")["fork"]
    assert type(fork) is int
    hub.run("settle", fork, "--keep", "known", "--note", "x")
    check_problem(post(client, rival.files[0]), 409, "bundle_fork", fork=fork, settled="known")
    hub.run("block", sender.public_key, "--note", "x")
    check_problem(post(client, first), 403, "bundle_blocked")


def test_other_addresses_and_methods_are_problems(client: httpx.Client) -> None:
    check_problem(client.get("/v2/bundles"), 404, "not_found")
    check_problem(client.get("/v1/bundles"), 405, "method_not_allowed")
    assert client.get("/v1/health").json()["status"] == "ok"


def test_four_receivers_take_one_file_once(hub: Hub) -> None:
    sender = enrolled(hub, Sender())
    for serial in range(1, 40):
        sender.take_in(serial)
    data = sender.file()
    acks: list[bytes] = []
    with serving(hub) as first, serving(hub) as second:

        def send(address: str) -> None:
            acks.append(httpx.post(f"{address}/v1/bundles", content=data, timeout=60, trust_env=False).content)

        threads = [threading.Thread(target=send, args=(address,)) for address in (first, second) * 4]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(acks) == 8 and len(set(acks)) == 1
    assert hub.rows("SELECT count(*) FROM file") == [(1,)] and hub.rows("SELECT count(*) FROM record") == [(39,)]


def test_too_big_a_file_is_refused_without_being_kept(client: httpx.Client) -> None:
    declared = client.post("/v1/bundles", content=bytes(MAX_FILE_BYTES + 1))
    check_problem(declared, 413, "bundle_too_big")
    endless = client.post("/v1/bundles", content=(bytes(2**20) for _ in range(MAX_FILE_BYTES // 2**20 + 2)))
    check_problem(endless, 413, "bundle_too_big")


def test_trickle_is_ended(client: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(body, "IDLE_SECONDS", 0.2)
    parts = urlsplit(str(client.base_url))
    with socket.create_connection((parts.hostname, parts.port)) as line:
        line.sendall(b"POST /v1/bundles HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nPK")
        answer = line.makefile("rb").read()
    assert answer.startswith(b"HTTP/1.1 408 ") and b'"request_timeout"' in answer


def test_slow_average_is_ended(client: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(body, "GRACE_SECONDS", 0.0)
    monkeypatch.setattr(body, "MIN_BYTES_PER_SECOND", 2**40)
    check_problem(post(client, bytes(100_000)), 408, "request_timeout")


def test_too_many_requests_wait(client: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "MAX_WAITING", 0)
    answer = post(client, b"x")
    check_problem(answer, 429, "receiver_busy")
    assert int(answer.headers["retry-after"]) > 0


def test_database_away_is_busy(hub: Hub, client: httpx.Client) -> None:
    sender = enrolled(hub, Sender())
    sender.take_in(1)
    data = sender.file()
    name = hub.address.partition("@/")[2].partition("?")[0]
    elsewhere = Hub(hub.address.replace(f"@/{name}", "@/postgres"), hub.keys_file)
    elsewhere.rows(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
    try:
        elsewhere.rows("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", name)
        answer = post(client, data)
        check_problem(answer, 503, "receiver_busy")
        assert int(answer.headers["retry-after"]) > 0
    finally:
        elsewhere.rows(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
    assert post(client, data).status_code == 200


def test_packages_are_for_their_agency(hub: Hub, client: httpx.Client, tmp_path: Path) -> None:
    sender = enrolled(hub, Sender())
    content = tmp_path / "days.csv"
    content.write_text("date,kind,hours,decision\n", encoding="utf-8")
    for agency in ("*", "H30.01", "H29.12"):
        hub.run("publish", "calendar", content, "--title", f"Lịch {agency}", "--agency", agency)
    signs = hub.keys.receiver_signs

    def get(path: str, key: bytes = sender.key, signed: str | None = None) -> httpx.Response:
        return client.get(path, headers=signed_headers("GET", signed or path, signs, key))

    rows = get("/v1/packages?after=0").json()
    assert [(row["number"], row["kind"], row["title"], row["agency"]) for row in rows] == [
        (1, "calendar", "Lịch *", "*"),
        (3, "calendar", "Lịch H29.12", "H29.12"),
    ]
    assert [row["number"] for row in get("/v1/packages?after=1").json()] == [3]
    package = get("/v1/packages/3")
    assert package.headers["content-type"] == "application/vnd.motcua.down" and len(package.content) == rows[1]["size"]
    assert read_package(package.content, known_key=bytes.fromhex(signs)).content == content.read_bytes()
    check_problem(get("/v1/packages/2"), 404, "package_unknown")
    check_problem(client.get("/v1/packages?after=0"), 401, "request_unsigned")
    check_problem(get("/v1/packages?after=0", signed="/v1/packages?after=1"), 401, "request_unsigned")
    check_problem(get("/v1/packages?after=0", key=bytes(32)), 403, "bundle_unknown_key")


def test_forward_sends_the_same_bytes_up(make_hub: Any) -> None:
    province, country = make_hub(), make_hub()
    sender = enrolled(province, Sender())
    for serial in (1, 2):
        sender.take_in(serial)
        assert province.intake().receive(sender.file(), province.now).accepted == 1
    with serving(country) as address:
        lines = province.run("forward", "--to", address, status=1)
        assert [line["code"] for line in lines] == ["bundle_unknown_key"]
        enrolled(country, sender)
        assert [line["result"] for line in province.run("forward", "--to", address)] == ["forwarded", "forwarded"]
        assert province.run("forward", "--to", address) == []
    assert country.rows("SELECT content FROM file ORDER BY place") == province.rows(
        "SELECT content FROM file ORDER BY place"
    )
    assert province.rows("SELECT count(*) FROM forwarded") == [(2,)]
