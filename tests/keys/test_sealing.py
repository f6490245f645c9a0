"""Sealed keys: the same bytes as a second implementation, and broken ones."""

from hashlib import sha256
from hmac import new as hmac

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.keys.identity import OfficeIdentity, is_signed
from app.keys.sealing import SealBroken, new_secret, prove, public_key_of, seal, secret_from_recovery, unseal

SECRET, CONTEXT, PLAIN = bytes(range(32)), b"motcua test", "khóa của cơ quan".encode()
_OLD_SEAL = bytes.fromhex(
    "48024ce55c13e6c1de04f650db9f8c16c61610b9effa857d79ab532c28cd3a2bfd3163d9bd8dccb66c2063dcd3905dff"
    "4e2efea1ee6ee1f7f57ed95c79fb04c746097120"
)
"""Sealed for SECRET by the release before."""
_LOW_ORDER = (bytes(32), b"\x01" + bytes(31))
"""Public keys that give the same shared secret with every private key."""


def derive(secret: bytes, salt: bytes | None, purpose: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt, purpose).derive(secret)


def reference_seal(plain: bytes, public: bytes, context: bytes) -> bytes:
    ephemeral = X25519PrivateKey.generate()
    own = ephemeral.public_key().public_bytes_raw()
    shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(public))
    key = derive(shared, own + public, b"motcua key slot")
    return own + ChaCha20Poly1305(key).encrypt(bytes(12), plain, context)


def reference_unseal(sealed: bytes, secret: bytes, context: bytes) -> bytes:
    private, own = X25519PrivateKey.from_private_bytes(secret), sealed[:32]
    public = private.public_key().public_bytes_raw()
    key = derive(private.exchange(X25519PublicKey.from_public_bytes(own)), own + public, b"motcua key slot")
    return ChaCha20Poly1305(key).decrypt(bytes(12), sealed[32:], context)


def test_second_implementation_opens_our_seals_and_we_open_its():
    public = X25519PrivateKey.from_private_bytes(SECRET).public_key().public_bytes_raw()
    assert public_key_of(SECRET) == public
    assert reference_unseal(seal(PLAIN, public, CONTEXT), SECRET, CONTEXT) == PLAIN
    assert unseal(reference_seal(PLAIN, public, CONTEXT), SECRET, CONTEXT) == PLAIN
    assert unseal(_OLD_SEAL, SECRET, CONTEXT) == PLAIN


@pytest.mark.parametrize("length", [1, 16, 32, 100])
def test_derived_secrets_equal_those_of_a_second_implementation(length):
    secret = bytes(range(length))
    assert secret_from_recovery(secret) == derive(secret, None, b"motcua recovery key")
    key = derive(secret, None, b"motcua slot proof")
    assert prove(secret, b"statement") == hmac(key, b"statement", sha256).digest()


def test_changed_and_cut_seals_are_broken():
    sealed = seal(PLAIN, public_key_of(SECRET), CONTEXT)
    for place in (0, 31, 32, len(sealed) - 1):
        changed = sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :]
        with pytest.raises(SealBroken):
            unseal(changed, SECRET, CONTEXT)
    for length in (0, 1, 31, 32, 33, 47, 48, len(sealed) - 1):
        with pytest.raises(SealBroken):
            unseal(sealed[:length], SECRET, CONTEXT)
    for secret in (new_secret(), SECRET[:31], b"", SECRET + b"\0"):
        with pytest.raises(SealBroken):
            unseal(sealed, secret, CONTEXT)
    with pytest.raises(SealBroken):
        unseal(sealed, SECRET, b"another context")


@pytest.mark.parametrize("public", _LOW_ORDER)
def test_public_key_without_a_secret_is_refused(public):
    with pytest.raises(SealBroken):
        unseal(public + bytes(48), SECRET, CONTEXT)


def test_identity_signs_as_a_second_implementation_does():
    identity, reference = OfficeIdentity(SECRET), Ed25519PrivateKey.from_private_bytes(SECRET)
    assert identity.public == reference.public_key().public_bytes_raw()
    signature = identity.sign("backup", PLAIN)
    assert signature == reference.sign(b"motcua/backup\n" + PLAIN)
    assert is_signed(identity.public, "backup", PLAIN, signature)
    assert not is_signed(identity.public, "key file", PLAIN, signature)
    for public in (identity.public[:31], b"", bytes(32), OfficeIdentity.new().public):
        assert not is_signed(public, "backup", PLAIN, signature)
    for changed in (signature[:63], b"", signature + b"\0", bytes(64)):
        assert not is_signed(identity.public, "backup", PLAIN, changed)
        with pytest.raises((InvalidSignature, ValueError)):
            Ed25519PublicKey.from_public_bytes(identity.public).verify(changed, PLAIN)
