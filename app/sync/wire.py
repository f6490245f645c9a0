"""Names and signatures of the wire between offices and a receiver."""

import hashlib

from app.sync.signing import public_key, sign, verify

BUNDLE_TYPE = "application/vnd.motcua.sync"
ACK_TYPE = "application/vnd.motcua.ack"
PACKAGE_TYPE = "application/vnd.motcua.down"
PROBLEM_TYPE = "application/problem+json"

BUNDLES = "/v1/bundles"
PACKAGES = "/v1/packages"
HEALTH = "/v1/health"

KEY_HEADER = "Motcua-Key"
SIGNATURE_HEADER = "Motcua-Signature"

_GROUPS, _DIGITS = 5, 4


def fingerprint(key: bytes) -> str:
    """Return the fingerprint of a public key: five groups of four digits.

    It is the SHA-256 of the 32 bytes as an integer, modulo 10^20. A person reads it out over the telephone.
    """
    number = int.from_bytes(hashlib.sha256(key).digest(), "big") % 10 ** (_GROUPS * _DIGITS)
    digits = f"{number:0{_GROUPS * _DIGITS}d}"
    return " ".join(digits[at : at + _DIGITS] for at in range(0, len(digits), _DIGITS))


def signed_headers(method: str, path: str, receiver_signs: str, signing_key: bytes) -> dict[str, str]:
    """Return the headers with which an office asks for packages.

    `path` includes the query. `receiver_signs` is the receiver's public key in hexadecimal, so that a request to one
    receiver is worthless at another. Both headers are hexadecimal.
    """
    signature = sign(signing_key, _signed_text(method, path, receiver_signs))
    return {KEY_HEADER: public_key(signing_key).hex(), SIGNATURE_HEADER: signature.hex()}


def is_signed_request(method: str, path: str, receiver_signs: str, key: str, signature: str) -> bool:
    """Return whether the headers of a request fit it.

    Text that is no hexadecimal gives False.
    """
    try:
        public, signed = bytes.fromhex(key), bytes.fromhex(signature)
    except ValueError:
        return False
    return verify(public, _signed_text(method, path, receiver_signs), signed)


def _signed_text(method: str, path: str, receiver_signs: str) -> bytes:
    return "\n".join((method, path, receiver_signs)).encode()
