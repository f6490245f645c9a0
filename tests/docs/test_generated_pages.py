"""Generated pages agree with the program."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_command_reference_is_up_to_date() -> None:
    program = "import runpy; print(runpy.run_path('packaging/commands_page.py')['page'](), end='')"
    command = [sys.executable, "-X", "utf8", "-c", f"import sys; sys.path.insert(0, '.'); {program}"]
    output = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True).stdout
    expected = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert output == expected, "run `python packaging/commands_page.py`"


def test_relative_links_of_every_page_exist() -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    broken = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in pages
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]
    assert len(pages) > 40 and broken == []


def test_readme_is_short_and_starts_with_the_set_up() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```sh\n(.*?)\n```", text, re.DOTALL)
    assert len(text.splitlines()) <= 120
    assert blocks[:2] == ["python3 install.py demo", "python3 install.py test"]


def test_decisions_are_numbered_indexed_and_short() -> None:
    folder = ROOT / "docs" / "decisions"
    records = sorted(path.name for path in folder.glob("[0-9]*.md"))
    index = re.findall(r"\((\d{4}-[a-z0-9-]+\.md)\)", (folder / "README.md").read_text(encoding="utf-8"))
    assert index == records and [int(name[:4]) for name in records] == list(range(1, len(records) + 1))
    for name in records:
        text = (folder / name).read_text(encoding="utf-8")
        title = re.match(r"# \d+\. (.+)\n", text)
        assert title is not None and len(title.group(1)) <= 60, name
        assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Context", "Decision", "Consequences"], name


def test_changelog_lines_are_short() -> None:
    lines = re.findall(r"^- (.+)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert len(lines) > 20 and [line for line in lines if len(line) > 60] == []
