"""Build the law packages of the program, packaging/law to resources/law.

They are believed by their place, so each build signs them with a new key. A test compares their contents with the
drafts. Run it after a draft has changed, and give the package a new id once a release has shipped it.
"""

from datetime import UTC, datetime
from pathlib import Path

from app.services.law_packages.drafting import LAW_TOML, draft_law, new_issuer_key

ROOT = Path(__file__).resolve().parents[1]
MADE_AT = datetime(2026, 11, 29, tzinfo=UTC)
"""For a draft without `made_at`, so that a build is repeatable."""
DRAFTS, PACKAGES = ROOT / "packaging" / "law", ROOT / "resources" / "law"


def main() -> None:
    """Build every draft."""
    key = new_issuer_key()
    for draft in sorted(folder.parent for folder in DRAFTS.glob(f"*/{LAW_TOML}")):
        (PACKAGES / f"{draft.name}.mclaw").write_bytes(draft_law(draft, key, MADE_AT))


if __name__ == "__main__":
    main()
