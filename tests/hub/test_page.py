"""The province's page over HTTP: sign-in, rights, lists behind figures."""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from typing import Any

import httpx
import pytest

from app.models.figures import COLUMNS
from app.sync.package import read_package
from tests.hub.page_site import CLERK, PAGES, PERIOD, REGISTRAR, address_of, fill
from tests.support.hub_service import serving
from tests.support.postgres_server import PASSWORD, Hub, HubPool

SHARED = 50
"""Number of the receiver that the tests of this module share."""
_TOKEN = re.compile(r'name="(form|csrf)" value="([^"]+)"')


@pytest.fixture(scope="module")
def shared(hub_pool: HubPool) -> Iterator[Hub]:
    """A receiver that tests only look at."""
    hub = hub_pool.fresh(SHARED, training=True)
    fill(hub)
    yield hub
    hub.close()


@pytest.fixture(scope="module")
def shared_address(shared: Hub) -> Iterator[str]:
    with serving(shared) as address:
        yield address


@pytest.fixture
def browse(shared_address: str) -> Iterator[httpx.Client]:
    """A browser at the shared receiver."""
    with httpx.Client(base_url=shared_address) as client:
        yield client


@pytest.fixture
def troubled(hub: Hub) -> Hub:
    """A receiver that a test changes."""
    fill(hub)
    return hub


@pytest.fixture
def acting(troubled: Hub) -> Iterator[httpx.Client]:
    """A browser at the receiver that a test changes."""
    with serving(troubled) as address, httpx.Client(base_url=address) as client:
        yield client


def token(client: httpx.Client, address: str) -> str:
    match = _TOKEN.search(client.get(address).text)
    assert match is not None
    return match[2]


def sign_in(client: httpx.Client, name: str = "admin", password: str = PASSWORD, address: str = "/sign-in") -> Any:
    form = {"form": token(client, address), "name": name, "password": password}
    return client.post(address, data=form)


def rows(page: str) -> list[list[str]]:
    """Return the texts of the cells of the first table's body."""
    body = re.search(r"<tbody>(.*?)</tbody>", page, re.DOTALL)
    lines = re.findall(r"<tr>(.*?)</tr>", body[1] if body else "", re.DOTALL)
    return [
        [
            unescape(" ".join(re.sub(r"<[^>]+>", " ", cell).split()))
            for cell in re.findall(r"<t[hd].*?</t[hd]>", line, re.DOTALL)
        ]
        for line in lines
    ]


def links(page: str) -> list[str]:
    return [unescape(address) for address in re.findall(r'href="(/[^"#]*)', page)]


@pytest.mark.parametrize("template", PAGES.values())
def test_every_page_needs_a_sign_in_and_is_shown_afterwards(browse: httpx.Client, shared: Hub, template: str) -> None:
    address = address_of(shared, template)
    refused = browse.get(address)
    assert refused.status_code == 303 and refused.headers["location"].startswith("/sign-in")
    signed = sign_in(browse, address=refused.headers["location"])
    assert (signed.status_code, signed.headers["location"]) == (303, address)
    page = browse.get(address)
    assert page.status_code == 200 and "<script" not in page.text and "Bí Mật" not in page.text
    assert "script-src" not in page.headers["content-security-policy"]
    assert page.headers["content-security-policy"].startswith("default-src 'none'")
    assert page.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "target", ["//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:1", "//["]
)
def test_sign_in_leads_to_these_pages_alone(browse: httpx.Client, target: str) -> None:
    assert sign_in(browse, address=f"/sign-in?next={target}").headers["location"] == "/"


def test_cookie_is_out_of_reach_of_scripts(browse: httpx.Client) -> None:
    cookie = sign_in(browse).headers["set-cookie"]
    assert "HttpOnly" in cookie and "samesite=strict" in cookie.lower()


def test_account_is_locked_after_wrong_tries_and_opens_again(acting: httpx.Client, troubled: Hub) -> None:
    for _ in range(5):
        assert sign_in(acting, password="sai-mat-khau").status_code == 403
    assert sign_in(acting).status_code == 403
    troubled.now += timedelta(minutes=16)
    assert sign_in(acting).status_code == 303
    assert troubled.rows("SELECT wrong_tries FROM account WHERE name = 'admin'") == [(0,)]


def test_unknown_name_gets_the_same_answer(browse: httpx.Client) -> None:
    known, unknown = (sign_in(browse, name, "sai-mat-khau") for name in ("admin", "khong-co"))
    assert known.status_code == unknown.status_code == 403
    assert re.findall(r'role="alert">([^<]+)', known.text) == re.findall(r'role="alert">([^<]+)', unknown.text)


def test_sign_in_form_of_another_site_is_refused(browse: httpx.Client) -> None:
    assert browse.post("/sign-in", data={"form": "x", "name": "admin", "password": PASSWORD}).status_code == 403


def test_session_ends_by_sign_out_idleness_and_disabling(acting: httpx.Client, troubled: Hub) -> None:
    sign_in(acting)
    csrf = token(acting, "/")
    assert acting.post("/sign-out", data={"csrf": "x"}).status_code == 303
    assert acting.get("/").status_code == 303
    sign_in(acting)
    troubled.now += timedelta(minutes=31)
    assert acting.get("/").status_code == 303
    sign_in(acting, CLERK)
    assert acting.get("/").status_code == 200
    troubled.run("users", "disable", CLERK)
    assert acting.get("/").status_code == 303
    assert csrf


def test_act_without_the_token_of_the_session_changes_nothing(acting: httpx.Client, troubled: Hub) -> None:
    settle = address_of(troubled, "/forks/{fork}/settle")
    sign_in(acting)
    for form in ({}, {"csrf": "x"}):
        assert acting.post(settle, data={"keep": "known", "note": "x", **form}).status_code == 403
    assert troubled.rows("SELECT settled FROM fork") == [(None,)]


def test_reader_sees_every_page_and_changes_nothing(acting: httpx.Client, troubled: Hub) -> None:
    sign_in(acting, CLERK)
    for template in (template for name, template in PAGES.items() if name != "accounts"):
        page = acting.get(address_of(troubled, template))
        assert page.status_code == 200 and 'method="post"' not in page.text.replace('action="/sign-out"', "").replace(
            '<form class="account" method="post" ', ""
        )
    csrf = token(acting, "/")
    for address in ("/forks/1/settle", "/knocks/enrol", "/communes/1/block", "/packages/publish"):
        assert acting.post(address, data={"csrf": csrf}).status_code == 403
    assert troubled.rows("SELECT count(*) FROM knock") == [(1,)]


@pytest.mark.parametrize("name", [CLERK, REGISTRAR])
def test_accounts_are_the_administrators_alone(acting: httpx.Client, troubled: Hub, name: str) -> None:
    sign_in(acting, name)
    csrf = token(acting, "/")
    assert "/accounts" not in acting.get("/").text and acting.get("/accounts").status_code == 403
    for act in ("add", "reset", "disable"):
        form = {"csrf": csrf, "name": "admin", "role": "reader", "password": "x" * 9, "again": "x" * 9}
        assert acting.post(f"/accounts/{act}", data=form).status_code == 403
    assert len(troubled.run("users", "list")) == 3


def test_account_is_added_reset_and_disabled_on_the_page(acting: httpx.Client, troubled: Hub) -> None:
    sign_in(acting)
    name, words = "Trần Thị Mới", {"password": "mat-khau-moi-1", "again": "mat-khau-moi-1"}

    def act(verb: str, **form: str) -> int:
        return acting.post(f"/accounts/{verb}", data={"csrf": token(acting, "/"), "name": name, **form}).status_code

    assert act("add", role="reader", password="mat-khau-1", again="mat-khau-2") == 422
    assert act("add", role="reader", password="ngan", again="ngan") == 422
    assert act("add", role="khac", **words) == 422
    assert act("add", role="reader", **words) == 303
    assert act("add", role="reader", **words) in (409, 422)
    assert {"name": name, "role": "reader", "active": True} in troubled.run("users", "list")
    assert name in acting.get("/accounts").text and "mat-khau-moi-1" not in acting.get("/accounts").text
    with httpx.Client(base_url=acting.base_url) as other:
        assert sign_in(other, name, "mat-khau-moi-1").status_code == 303
        assert act("disable") == 303
        assert other.get("/").status_code == 303
        assert sign_in(other, name, "mat-khau-moi-1").status_code == 403
        assert act("reset", role="registrar", password="mat-khau-moi-2", again="mat-khau-moi-2") == 303
        assert sign_in(other, name, "mat-khau-moi-2").status_code == 303
        assert "Phát hành gói mới" in other.get("/packages").text
    assert act("reset", name="không có", role="reader", **words) == 422
    done = [row[0] for row in troubled.rows("SELECT act FROM act WHERE actor = 'admin' ORDER BY number")]
    assert done[-3:] == ["users add", "users disable", "users reset"]


def test_last_administrator_stays(acting: httpx.Client, troubled: Hub) -> None:
    sign_in(acting)
    csrf = token(acting, "/")
    form = {"csrf": csrf, "name": "admin", "role": "reader", "password": PASSWORD, "again": PASSWORD}
    for verb in ("disable", "reset"):
        page = acting.post(f"/accounts/{verb}", data=form)
        assert page.status_code >= 400 and "quản trị viên cuối cùng" in page.text
    assert acting.get("/accounts").status_code == 200


def test_figures_of_a_file_open_as_many_records(browse: httpx.Client, shared: Hub) -> None:
    sign_in(browse)
    for template in ("/files", "/communes/{busy}", "/communes/{restored}"):
        page = browse.get(address_of(shared, template)).text
        figures = re.findall(r'href="(/communes/[0-9]+/files/[0-9]+/(?:accepted|already))">([0-9.]+)</a>', page)
        assert figures
        for address, number in figures:
            assert f": {number} bản ghi" in browse.get(address).text
            assert len(rows(browse.get(address).text)) == int(number)
    assert browse.get(address_of(shared, "/communes/{busy}/files/1/khac")).status_code == 404
    assert browse.get(address_of(shared, "/communes/{busy}/files/99/already")).status_code == 404


def test_size_of_a_package_opens_its_content(browse: httpx.Client) -> None:
    sign_in(browse)
    (address,) = re.findall(r'href="(/packages/[0-9]+/content)"', browse.get("/packages").text)
    page = browse.get(address).text
    assert "2026-05-02,off,," in page and "Nghỉ bù ngày Chiến thắng" in page


def test_offices_are_listed_by_lag(browse: httpx.Client) -> None:
    sign_in(browse)
    lines = rows(browse.get("/").text)
    assert [(line[0], line[4]) for line in lines] == [
        ("H29.40", "chưa gửi lần nào"),
        ("H29.14", "8 ngày chưa có tệp"),
        ("H29.13", "4 ngày chưa có tệp"),
        ("H29.12", "2 giờ trước"),
    ]
    assert [line[7] for line in lines] == ["0", "0", "1", "0"] and lines[3][8] == "1"


def test_each_figure_of_06a_opens_as_many_dossiers(browse: httpx.Client) -> None:
    sign_in(browse)
    for by in ("field", "agency"):
        page = browse.get(f"/06a?{PERIOD}&by={by}").text
        figures = re.findall(r'href="(/06a/dossiers\?[^"]+)">([0-9.]+)</a>', page)
        assert len(figures) > 20
        for address, number in figures:
            assert len(rows(browse.get(unescape(address)).text)) == int(number.replace(".", "")), address


def test_06a_equals_the_command_line_and_the_workbook(acting: httpx.Client, troubled: Hub) -> None:
    sign_in(acting)
    (report,) = troubled.run("report", "06a", "--from", "2026-01-01", "--to", "2026-03-31")
    shown = rows(acting.get(f"/06a?{PERIOD}").text)
    assert [[line[0], int(line[1])] for line in shown] == [[row["field"], row["received"]] for row in report["rows"]]
    book = zipfile.ZipFile(io.BytesIO(acting.get(f"/06a.xlsx?{PERIOD}").content))
    last = book.read("xl/worksheets/sheet1.xml").decode().rpartition("<row ")[2]
    assert re.findall(r"<v>([0-9]+)</v>", last)[1] == str(report["total"]["received"])


@pytest.mark.parametrize("query", ["from=x&to=y", "from=2026-03-31&to=2026-01-01", "preset=eon", "by=code"])
def test_odd_periods_are_answered_in_words(browse: httpx.Client, query: str) -> None:
    sign_in(browse)
    page = browse.get(f"/06a?{query}")
    assert page.status_code in (200, 422) and "Traceback" not in page.text


def test_no_link_is_dead(browse: httpx.Client, shared: Hub) -> None:
    sign_in(browse)
    pages = [browse.get(address_of(shared, template)).text for template in PAGES.values()]
    kinds: dict[str, str] = {re.sub(r"[0-9]+", "0", link): link for page in pages for link in links(page)}
    addresses = set(kinds.values())
    assert len(addresses) > 40
    assert {address: browse.get(address).status_code for address in addresses} == dict.fromkeys(addresses, 200)


def test_fork_is_shown_side_by_side_and_settled_with_a_note(acting: httpx.Client, troubled: Hub) -> None:
    fork, settle = (address_of(troubled, template) for template in ("/forks/{fork}", "/forks/{fork}/settle"))
    sign_in(acting, REGISTRAR)
    page = acting.get(fork).text
    assert "H29.12-260202-0040 / H29.12-260202-0041" in page and "Tệp khác cùng số" in page
    csrf = token(acting, fork)
    assert acting.post(settle, data={"csrf": csrf, "keep": "found", "note": " "}).status_code == 422
    settled = acting.post(settle, data={"csrf": csrf, "keep": "found", "note": "Máy cũ đã hỏng đĩa"})
    assert settled.status_code == 303
    assert troubled.rows("SELECT settled, settled_by, note FROM fork") == [("found", REGISTRAR, "Máy cũ đã hỏng đĩa")]
    assert "Máy cũ đã hỏng đĩa" in acting.get(fork).text
    assert acting.post(settle, data={"csrf": csrf, "keep": "known", "note": "x"}).status_code != 303


def test_key_that_knocked_is_enrolled_by_its_fingerprint(acting: httpx.Client, troubled: Hub) -> None:
    sign_in(acting, REGISTRAR)
    (knock,) = troubled.run("knocks")
    assert knock["fingerprint"] in acting.get("/knocks").text
    form = {
        "csrf": token(acting, "/"),
        "public_key": knock["public_key"],
        "agency_code": "H29.50",
        "name": "UBND xã Mới",
    }
    assert acting.post("/knocks/enrol", data={**form, "agency_code": "H29.51"}).status_code == 404
    assert acting.post("/knocks/enrol", data=form).status_code == 303
    assert ("H29.50", "UBND xã Mới") in [(line["agency_code"], line["name"]) for line in troubled.run("senders")]
    assert troubled.rows("SELECT actor, act FROM act ORDER BY number DESC LIMIT 1") == [(REGISTRAR, "enrol")]


def test_lost_and_rejected_dossiers_are_named(browse: httpx.Client) -> None:
    sign_in(browse)
    assert [line[0] for line in rows(browse.get("/lost").text)] == [f"H29.14-260202-000{n}" for n in (6, 7, 8)]
    (line,) = rows(browse.get("/rejected").text)
    assert line[0] == "H99.1-260202-0001" and line[3] == "Mã hồ sơ thuộc cơ quan khác."


def test_package_is_published_and_downloaded(acting: httpx.Client, troubled: Hub) -> None:
    sign_in(acting, REGISTRAR)
    form = {"csrf": token(acting, "/"), "kind": "notice", "title": "Cổng bảo trì", "agency": "H29.12", "expires_at": ""}
    answer = acting.post("/packages/publish", data=form, files={"file": ("tin.txt", "Tối nay.".encode())})
    assert answer.status_code == 303
    package = read_package(acting.get("/packages/2").content, known_key=bytes.fromhex(troubled.keys.receiver_signs))
    assert (package.header.number, package.header.kind, package.content) == (2, "notice", "Tối nay.".encode())
    assert acting.post("/packages/publish", data=form).status_code == 422


def test_block_needs_a_reason(acting: httpx.Client, troubled: Hub) -> None:
    commune = address_of(troubled, "/communes/{busy}")
    sign_in(acting)
    csrf = token(acting, "/")
    assert acting.post(f"{commune}/block", data={"csrf": csrf, "note": ""}).status_code == 422
    assert acting.post(f"{commune}/block", data={"csrf": csrf, "note": "Máy mất"}).status_code == 303
    assert "Máy mất" in acting.get(commune).text


def test_unknown_pages_are_answered_in_words(browse: httpx.Client) -> None:
    sign_in(browse)
    for address in ("/communes/99", "/communes/9/dossiers/x", "/forks/99", "/packages/99"):
        page = browse.get(address)
        assert page.status_code == 404 and "Không có trang này" in page.text
    page = browse.get("/khong-co", headers={"accept": "text/html,*/*"})
    assert page.status_code == 404 and "Không có trang này" in page.text


def test_difference_to_the_office_is_shown(troubled: Hub) -> None:
    troubled.rows(
        "UPDATE file SET summary = jsonb_build_object('last_record', 0, 'reports', jsonb_build_array(%s::jsonb))"
        " WHERE agency_code = 'H29.13'",
        '{"period": {"from": "2026-01-01", "to": "2026-03-31"}, "total": {'
        + ", ".join(f'"{name}": 0' for name in COLUMNS)
        + "}}",
    )
    with serving(troubled) as address, httpx.Client(base_url=address) as client:
        sign_in(client)
        assert "Số ở đây khác số của cơ quan" in client.get(address_of(troubled, "/communes/{poisoned}")).text
        assert "Số ở đây khác số của cơ quan" not in client.get(address_of(troubled, "/communes/{busy}")).text


@pytest.mark.parametrize(
    "summary",
    [
        '{"reports": [], "last_record": "x"}',
        '{"reports": [{"period": {"from": "2026-03-31", "to": "2026-01-01"}, "total": {}}], "last_record": 0}',
        '{"reports": [[], null, {"period": 1}, {"period": {"from": "x", "to": 3}}], "last_record": 0}',
        '{"reports": []}',
    ],
)
def test_unreadable_summary_hides_no_page(troubled: Hub, summary: str) -> None:
    troubled.rows("UPDATE file SET summary = %s::jsonb WHERE agency_code = 'H29.13'", summary)
    with serving(troubled) as address, httpx.Client(base_url=address) as client:
        sign_in(client)
        page = client.get(address_of(troubled, "/communes/{poisoned}"))
        assert page.status_code == 200 and "H29.13" in page.text


def test_body_without_a_session_is_not_read(browse: httpx.Client) -> None:
    big = {"csrf": "x", "note": "x" * 200_000}
    for address in ("/packages/publish", "/accounts/add", "/knocks/enrol"):
        refused = browse.post(address, data=big)
        assert refused.status_code == 303 and refused.headers["location"].startswith("/sign-in")
    assert browse.post("/sign-in", data={"form": "x", "name": "admin", "password": "x" * 200_000}).status_code == 403
    sign_in(browse)
    assert browse.post("/knocks/enrol", data=big).status_code == 413
