"""Parts of the integrity check: seals of rows, and dossiers.

May import: `storage`, `models`. Never: permissions, commits, Vietnamese text.
Callers: `usecases.office.integrity`.
Example: `check_seals(work)` yields a code and its values for each defect.
"""

from collections.abc import Iterator, Mapping
from typing import Any

Findings = Iterator[tuple[str, Mapping[str, Any]]]
"""The code and the values of each defect."""
