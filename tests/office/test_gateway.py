"""The network client: certificates, clocks, proxies, endless answers."""

import datetime as dt
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from app.models.errors import Refusal
from app.office.exchange.sync_send import push
from app.services.sending.progress import Remedy, remedy_of
from app.sync.gateway import Gateway, GatewayRoute, GatewayTrouble, is_allowed_address
from app.wording.refusals import error_sentence
from tests.support.offices import Desk, desk_session
from tests.support.receiver import Receiver, Reply, join, serve

NOW = dt.datetime.now(dt.UTC)
DAY = dt.timedelta(days=1)


def certificate(folder: Path, begin: dt.datetime, end: dt.datetime, host: str = "127.0.0.1") -> Path:
    """Write a self-signed certificate with its key; return the file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "hub.example")])
    alternative: x509.GeneralName = x509.DNSName(host)
    if host[0].isdigit():
        import ipaddress

        alternative = x509.IPAddress(ipaddress.ip_address(host))
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(end)
        .add_extension(x509.SubjectAlternativeName([alternative]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "server.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(private + built.public_bytes(serialization.Encoding.PEM))
    (folder / "ca.pem").write_bytes(built.public_bytes(serialization.Encoding.PEM))
    return file


def server_context(file: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context


@pytest.fixture
def receiver() -> Receiver:
    return Receiver()


def trouble(route: GatewayRoute) -> str:
    try:
        with Gateway(route) as gateway:
            gateway.send_bundle(b"x")
    except GatewayTrouble as error:
        return error.code
    return ""


def test_own_authority_is_trusted_and_no_other(tmp_path: Path, receiver: Receiver) -> None:
    file = certificate(tmp_path, NOW - DAY, NOW + DAY)
    with serve(receiver, server_context(file)) as address:
        assert trouble(GatewayRoute(address, tmp_path / "ca.pem")) == ""
        assert trouble(GatewayRoute(address)) == "tls_untrusted"
        (tmp_path / "ca.pem").write_text("rác", encoding="utf-8")
        assert trouble(GatewayRoute(address, tmp_path / "ca.pem")) == "tls_untrusted"
        assert trouble(GatewayRoute(address, tmp_path / "none.pem")) == "tls_untrusted"


def test_certificate_of_another_host_is_refused(tmp_path: Path, receiver: Receiver) -> None:
    file = certificate(tmp_path, NOW - DAY, NOW + DAY, "other.example")
    with serve(receiver, server_context(file)) as address:
        assert trouble(GatewayRoute(address, tmp_path / "ca.pem")) == "tls_untrusted"


@pytest.mark.parametrize(
    ("begin", "end", "doubtful", "code"),
    [
        (NOW + DAY, NOW + 2 * DAY, False, "tls_clock"),  # the clock is behind, as in 2015
        (NOW - 2 * DAY, NOW - DAY, True, "tls_clock"),  # the clock is ahead, as in 2037
        (NOW - 2 * DAY, NOW - DAY, False, "tls_untrusted"),
    ],
)
def test_dates_of_a_certificate_name_the_clock(
    tmp_path: Path, receiver: Receiver, begin: dt.datetime, end: dt.datetime, doubtful: bool, code: str
) -> None:
    file = certificate(tmp_path, begin, end)
    with serve(receiver, server_context(file)) as address:
        assert trouble(GatewayRoute(address, tmp_path / "ca.pem", clock_doubtful=doubtful)) == code


def test_plain_server_behind_a_safe_address_is_no_answer(tmp_path: Path, receiver: Receiver) -> None:
    with serve(receiver) as address:
        assert trouble(GatewayRoute(address.replace("http", "https"))) in ("no_network", "no_answer")


@pytest.mark.parametrize(
    ("address", "training", "allowed"),
    [
        ("https://hub.example", False, True),
        ("https://hub.example:8443/mot-cua", False, True),
        ("http://hub.example", True, False),
        ("http://127.0.0.1:8000", True, True),
        ("http://localhost:8000", True, True),
        ("http://[::1]:8000", True, True),
        ("http://127.0.0.1:8000", False, False),
        ("http://127.0.0.1.example", True, False),
        ("https://", False, False),
        ("https://a@hub.example", False, False),
        ("https://hub.example?x=1", False, False),
        ("https://hub.example:99999", False, False),
        ("file:///etc/passwd", True, False),
        ("hub.example", True, False),
        ("", True, False),
    ],
)
def test_only_safe_addresses_are_allowed(address: str, training: bool, allowed: bool) -> None:
    assert is_allowed_address(address, training=training) is allowed


@pytest.fixture
def sender(training_folder: Path, receiver: Receiver, tmp_path: Path) -> Iterator[Desk]:
    """A desk that sends over HTTPS with the receiver's own authority."""
    file = certificate(tmp_path, NOW - DAY, NOW + DAY)
    with serve(receiver, server_context(file)) as address:
        join(training_folder, receiver, address)
        office = training_folder / "office.toml"
        office.write_text('sync_ca = "ca.pem"\n' + office.read_text(encoding="utf-8"), encoding="utf-8")
        (training_folder / "ca.pem").write_bytes((tmp_path / "ca.pem").read_bytes())
        with desk_session(training_folder) as desk:
            yield desk


def test_file_goes_over_https(sender: Desk, receiver: Receiver) -> None:
    sender.take_in()
    assert push(sender.office).files == 1 and len(receiver.records) == 1
    (sender.folder / "ca.pem").unlink()
    sender.take_in()
    result = push(sender.office)
    assert result.trouble is not None and result.trouble.code == "tls_untrusted" and len(receiver.records) == 1


def test_proxy_of_the_system_is_used_but_not_for_this_machine(
    training_folder: Path, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
        monkeypatch.setenv(name.lower(), "http://127.0.0.1:9")
    with serve(receiver) as address:
        join(training_folder, receiver, address)
        with desk_session(training_folder) as desk:
            desk.take_in()
            assert push(desk.office).files == 1
    proxy = Receiver()
    with serve(proxy) as address:
        for name in ("https_proxy", "HTTPS_PROXY"):
            monkeypatch.setenv(name, address)
        assert trouble(GatewayRoute("https://hub.example")) == "no_network"  # CONNECT reached the proxy, which refuses


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("ALL_PROXY", "socks5://127.0.0.1:1080"),
        ("HTTPS_PROXY", "ftp://proxy.example"),
        ("HTTPS_PROXY", "http=10.0.0.1:80;https=10.0.0.2:80"),
        ("NO_PROXY", "[::1"),
    ],
)
def test_unusable_proxy_settings_are_named(monkeypatch: pytest.MonkeyPatch, name: str, text: str) -> None:
    for each in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(each, raising=False)
        monkeypatch.delenv(each.lower(), raising=False)
    monkeypatch.setenv(name, text)
    assert trouble(GatewayRoute("https://hub.example")) == "proxy_wrong"
    assert remedy_of("proxy_wrong") == Remedy.HOURLY and "proxy" in error_sentence(Refusal("proxy_wrong"))


@pytest.mark.parametrize("host", ["hub..example", ".example", f"{'a' * 64}.example"])
def test_host_that_no_network_knows_is_a_wrong_address(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    for each in ("HTTPS_PROXY", "ALL_PROXY", "https_proxy", "all_proxy"):
        monkeypatch.delenv(each, raising=False)
    assert trouble(GatewayRoute(f"https://{host}")) == "address_wrong"


def test_headers_without_end_are_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each part comes in time, and the answer never begins."""
    monkeypatch.setattr("app.sync.gateway._LONGEST_EXCHANGE_S", 0.2)
    connections: list[socket.socket] = []

    def trickle(listener: socket.socket) -> None:
        connections.append(listener.accept()[0])
        with connections[0] as connection, suppress(OSError):
            while True:
                connection.sendall(b"HTTP/1.1 103 Early Hints\r\n\r\n")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = threading.Thread(target=trickle, args=(listener,))
        server.start()
        assert trouble(GatewayRoute(f"http://127.0.0.1:{listener.getsockname()[1]}")) == "no_answer"
        with suppress(OSError):
            connections[0].shutdown(socket.SHUT_RDWR)
        server.join()


def test_time_for_the_answer_begins_after_a_slow_upload(receiver: Receiver) -> None:
    before = set(threading.enumerate())  # the time limit of a test is such a thread on Windows
    timers: list[threading.Thread] = []

    def own_timers() -> list[threading.Thread]:
        return [each for each in threading.enumerate() if isinstance(each, threading.Timer) and each not in before]

    def note(_sent: int, _all: int) -> None:
        timers.extend(own_timers())

    with serve(receiver) as address, Gateway(GatewayRoute(address)) as gateway:
        answer = gateway.send_bundle(b"x" * 100_000, note)
    assert answer.status == 422 and not timers and not own_timers()


def test_answer_without_end_is_left(sender: Desk, receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.sync.gateway.MAX_FILE_BYTES", 1000)
    receiver.replies = [lambda _content: Reply(200, b"x" * 5000, "application/vnd.motcua.ack")]
    sender.take_in()
    assert push(sender.office).trouble.code == "no_answer"
    monkeypatch.undo()
    assert push(sender.office).files == 1
