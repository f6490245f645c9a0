"""The trial of a province: everything starts, sends, and ends."""

import re
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from hub.trial.postgres import server_binaries

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [
    pytest.mark.slow,
    pytest.mark.posix,
    pytest.mark.skipif(server_binaries() is None, reason="PostgreSQL is not installed"),
]


def test_three_communes_send_over_a_line_that_breaks_and_the_page_opens() -> None:
    trial = subprocess.Popen(
        [sys.executable, "packaging/province.py", "--days", "1", "--wait", "60"],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    assert trial.stdout is not None
    lines = []
    for line in trial.stdout:
        lines.append(line)
        if "Ctrl+C" in line:
            break
    text = "".join(lines)
    address, password = re.search(r"(http://\S+)/", text), re.search(r"Mật khẩu: (\S+)", text)
    assert address is not None and password is not None, text
    with httpx.Client(base_url=address[1]) as client:
        form = re.search(r'name="form" value="([^"]+)"', client.get("/sign-in").text)
        assert form is not None
        client.post("/sign-in", data={"form": form[1], "name": "admin", "password": password[1]})
        page = client.get("/").text
    trial.terminate()
    rest = trial.stdout.read()
    trial.stdout.close()
    assert trial.wait(60) == 0 and "xóa mọi thứ" in rest
    assert text.count("đường truyền đứt") == 1 and text.count("còn chờ 0") == 3
    assert page.count("giờ qua") == 3
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{address[1]}/sign-in")
