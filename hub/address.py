"""Addresses of receivers."""

from urllib.parse import urlsplit

from hub.errors import Refused

_LOOPBACK = ("127.0.0.1", "localhost", "::1")


def check_address(text: str) -> str:
    """Return the address of a receiver without a trailing slash.

    HTTP without TLS is for loopback alone. Raises Refused `address`.
    """
    address = text.strip().rstrip("/")
    try:
        parts = urlsplit(address)
        host = parts.hostname
        _ = parts.port
    except ValueError:
        raise Refused("address", text=text[:200]) from None
    secure = parts.scheme == "https" or (parts.scheme == "http" and host in _LOOPBACK)
    if not host or not secure or parts.query or parts.fragment or parts.username:
        raise Refused("address", text=text[:200])
    return address
