"""Supply chain: each pin has a hash and is in the bill of materials."""

import json
import re
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
PINS = re.findall(
    r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", (REPOSITORY / "requirements.txt").read_text(encoding="utf-8"), re.MULTILINE
)


def test_bill_lists_each_pin_with_a_licence() -> None:
    bill = json.loads((REPOSITORY / "docs" / "sbom.json").read_text(encoding="utf-8"))
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.5")
    assert [(each["name"], each["version"]) for each in bill["components"]] == PINS and len(PINS) > 40
    assert [each["name"] for each in bill["components"] if not each["licenses"][0]["license"]["name"]] == []


def test_bill_equals_the_output_of_its_script() -> None:
    """Run `python packaging/sbom.py` after a change of pins."""
    check = subprocess.run([sys.executable, REPOSITORY / "packaging" / "sbom.py", "--check"], check=False)
    assert check.returncode == 0


def test_each_pin_has_a_hash() -> None:
    blocks = re.split(r"\n(?=[A-Za-z0-9])", (REPOSITORY / "requirements.txt").read_text(encoding="utf-8"))
    pinned = [block for block in blocks if "==" in block.partition("\n")[0]]
    assert len(pinned) == len(PINS) and all("--hash=sha256:" in block for block in pinned)
