"""Fuzzing with few inputs.

`python -m tests.faults.fuzz` tries 1,000,000 scans and 10,000 files.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.scanning.scan import UnknownScan
from tests.faults.fuzz import fuzz
from tests.faults.inputs import SCANS, scan

pytestmark = pytest.mark.posix
PIECES = st.sampled_from([text.decode() for text in SCANS])


def test_mangled_inputs_are_only_refused() -> None:
    tally = fuzz(scans=3000, files=150, seed=11)
    assert tally.wrong == []
    assert tally.scans == 3000 and len(tally.files) > 8


@given(st.lists(PIECES | st.text(), max_size=4).map("".join) | st.text(alphabet="0123456789|\n:-]", max_size=80))
def test_any_text_yields_a_scan(text: str) -> None:
    assert scan(text) is not None
    assert not text.isspace() or isinstance(scan(text), UnknownScan)
