"""A device that keeps passkeys, without a finger: real keys, real signatures."""

import json
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from django.conf import settings
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

Flags = AuthenticatorData.FLAG
KNOWN = Flags.UP | Flags.UV


@dataclass
class Device:
    """Holds one passkey. `count` is what it says of how often it answered."""

    site: str = "localhost"
    origin: str = field(default_factory=lambda: settings.SITE_URL)
    flags: Flags = KNOWN
    count: int = 0
    id: bytes = b"a passkey of the tests"

    def __post_init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.owner = b""

    def makes(self, options: dict[str, Any]) -> str:
        """What a browser sends when the device has made a passkey."""
        asked = options["publicKey"]
        self.owner = websafe_decode(asked["user"]["id"])
        public = ES256.from_cryptography_key(self.key.public_key())
        made = AttestedCredentialData.create(Aaguid.NONE, self.id, public)
        data = AuthenticatorData.create(self._site(), self.flags | Flags.AT, self.count, made)
        said = {
            "clientDataJSON": websafe_encode(self._client(CollectedClientData.TYPE.CREATE, asked["challenge"])),
            "attestationObject": websafe_encode(AttestationObject.create("none", data, {})),
        }
        return self._sent(said)

    def answers(self, options: dict[str, Any], **instead: bytes) -> str:
        """What a browser sends when the device was asked."""
        client = self._client(CollectedClientData.TYPE.GET, options["publicKey"]["challenge"])
        data = AuthenticatorData.create(self._site(), self.flags, self.count)
        signature = self.key.sign(data + sha256(client).digest(), ec.ECDSA(SHA256()))
        said = {"clientDataJSON": client, "authenticatorData": data, "signature": signature, "userHandle": self.owner}
        return self._sent({name: websafe_encode(value) for name, value in (said | instead).items()})

    def _site(self) -> bytes:
        return sha256(self.site.encode()).digest()

    def _client(self, kind: str, challenge: str) -> bytes:
        return CollectedClientData.create(kind, websafe_decode(challenge), self.origin)

    def _sent(self, said: dict[str, str]) -> str:
        name = websafe_encode(self.id)
        extra = {"clientExtensionResults": {}, "authenticatorAttachment": "platform"}
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": said} | extra)
