"""A device that makes passkeys, in software: what a browser and its key would answer."""

import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


def text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


def raw(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Device:
    """One passkey; *flags*, *origin* and *handle* are what a test wants it to get wrong."""

    def __init__(self, origin: str = "http://localhost", host: str = "localhost") -> None:
        self.origin, self.host = origin, host
        self.flags = PRESENT | VERIFIED
        self.count = 0
        self.handle = b""
        self.id = secrets.token_bytes(16)
        self._key = ec.generate_private_key(ec.SECP256R1())

    def make(self, options: str) -> str:
        """Answer a request for a new passkey."""
        asked = json.loads(options)
        self.handle = raw(asked["user"]["id"])
        point = self._key.public_key().public_numbers()
        key = {1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32), -3: point.y.to_bytes(32)}
        attested = bytes(16) + len(self.id).to_bytes(2) + self.id + cbor2.dumps(key)
        data = self._said(self.flags | ATTESTED) + attested
        made = {"fmt": "none", "attStmt": {}, "authData": data}
        client = self._client("webauthn.create", asked["challenge"])
        said = {"clientDataJSON": client, "attestationObject": cbor2.dumps(made)}
        return self._answer({name: text(one) for name, one in said.items()})

    def sign(self, options: str) -> str:
        """Answer a challenge."""
        self.count += 1
        client = self._client("webauthn.get", json.loads(options)["challenge"])
        data = self._said(self.flags)
        signed = self._key.sign(data + sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        said = {
            "clientDataJSON": client, "authenticatorData": data, "signature": signed,
            "userHandle": self.handle,
        }  # fmt: skip
        return self._answer({name: text(one) for name, one in said.items()})

    def _said(self, flags: int) -> bytes:
        return sha256(self.host.encode()).digest() + bytes([flags]) + self.count.to_bytes(4)

    def _client(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _answer(self, response: dict[str, Any]) -> str:
        name = text(self.id)
        return json.dumps(
            {"id": name, "rawId": name, "type": "public-key", "response": response,
             "clientExtensionResults": {}}
        )  # fmt: skip
