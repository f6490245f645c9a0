"""Keys and signatures of updates from a file: Ed25519, by openssl.

The private key is a PEM file that never enters the tree. The public key is `resources/update-key.txt`, 64 hexadecimal
digits. A signature is a file of 64 bytes beside the installer, over all of its bytes.
"""

import os
from pathlib import Path

from windows.layout import PUBLIC_KEY, BuildError
from windows.tools import run

SUFFIX = ".sig"
_KEY_BYTES, _SIGNATURE_BYTES = 32, 64


def make(file: Path) -> str:
    """Write a new private key; return the public key.

    The folder of the file is created if it is missing. Raises BuildError if the file exists.
    """
    if file.exists():
        raise BuildError(f"{file} exists")
    file.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", file])
    except BuildError:
        file.unlink()
        raise
    file.chmod(0o600)
    return public_key(file)


def public_key(file: Path) -> str:
    """Return the public key of a private key, in hexadecimal digits."""
    target = file.with_name(f".{file.name}.pub")
    try:
        run(["openssl", "pkey", "-in", file, "-pubout", "-outform", "DER", "-out", target])
        return target.read_bytes()[-_KEY_BYTES:].hex()
    finally:
        target.unlink(missing_ok=True)


def key_of_build(private: Path | None) -> str:
    """Return the public key that a build carries; empty for none.

    Raises BuildError if the tree has another key than the private one.
    """
    in_tree = PUBLIC_KEY.read_text(encoding="ascii").strip() if PUBLIC_KEY.is_file() else ""
    if private is None:
        return in_tree
    own = public_key(private)
    if in_tree and in_tree != own:
        raise BuildError(f"{PUBLIC_KEY.name} is not the key of {private}")
    return own


def sign(private: Path, file: Path) -> Path:
    """Write the signature beside a file; return its path."""
    target = file.with_name(file.name + SUFFIX)
    run(["openssl", "pkeyutl", "-sign", "-rawin", "-inkey", private, "-in", file, "-out", target])
    if target.stat().st_size != _SIGNATURE_BYTES:
        raise BuildError(f"{private} is not an Ed25519 key")
    return target
