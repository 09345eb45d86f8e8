"""Google, GitHub and any other provider as real servers on loopback: what a test says of somebody, they say."""

import json
import threading
import time
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
KID = "stone-1"
ACCESS = "opens-the-door"
CLIENT = {"client_id": "cairn", "secret": "a secret between the two"}
KINDS = ("google", "github", "university")


@dataclass
class Provider:
    """Grants whoever comes; `person` is who came, `claims` and `key` are what is wrong with the next id_token."""

    address: str = ""
    person: dict[str, Any] = field(default_factory=dict)
    emails: list[dict[str, Any]] = field(default_factory=list)
    claims: dict[str, Any] = field(default_factory=dict)
    key: Any = KEY
    kid: str = KID
    algorithm: str = "RS256"
    answer: tuple[int, Any] | None = None
    denies: bool = False
    silence: float = 0  # seconds before an answer
    granted: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def grant(self, query: dict[str, str]) -> str:
        """Where the browser is sent back to."""
        back = {"state": query["state"]}
        if self.denies:
            return f"{query['redirect_uri']}?{urlencode(back | {'error': 'access_denied'})}"
        code = f"code-{len(self.granted)}"
        self.granted[code] = query
        return f"{query['redirect_uri']}?{urlencode(back | {'code': code})}"

    def token_for(self, form: dict[str, str]) -> tuple[int, Any]:
        """As they do: a code is good once, for who asked, with the verifier of that time, at the same address."""
        asked = self.granted.pop(form.get("code", ""), None)
        if asked is None or form.get("client_secret") != CLIENT["secret"]:
            return 400, {"error": "invalid_grant"}
        challenge = urlsafe_b64encode(sha256(form.get("code_verifier", "").encode()).digest()).rstrip(b"=").decode()
        if challenge != asked.get("code_challenge") or form.get("redirect_uri") != asked["redirect_uri"]:
            return 400, {"error": "invalid_grant"}
        token: dict[str, Any] = {"access_token": ACCESS, "token_type": "bearer"}
        if "openid" in asked["scope"].split():
            token["id_token"] = self.id_token(nonce=asked["nonce"])
        return 200, token

    def owner_of(self, body: str, path: str, authorization: str) -> tuple[int, Any]:
        """As GitHub tells a program about a token that it gave to that program."""
        basic = b64encode(f"{CLIENT['client_id']}:{CLIENT['secret']}".encode()).decode()
        if authorization != f"Basic {basic}" or path != f"/applications/{CLIENT['client_id']}/token":
            return 404, {}
        return (200, {"user": self.person}) if json.loads(body) == {"access_token": ACCESS} else (404, {})

    def id_token(self, **more: Any) -> str:
        now = int(time.time())
        about = {"iss": self.address, "aud": "cairn", "iat": now, "exp": now + 300}
        said = {name: value for name, value in (about | self.person | more | self.claims).items() if value is not None}
        return jwt.encode(said, self.key, algorithm=self.algorithm, headers={"kid": self.kid})

    def at(self, path: str) -> tuple[int, Any]:
        if path == "/.well-known/openid-configuration":
            return 200, {
                "issuer": self.address,
                "authorization_endpoint": f"{self.address}/authorize",
                "token_endpoint": f"{self.address}/token",
                "jwks_uri": f"{self.address}/keys",
                "userinfo_endpoint": f"{self.address}/userinfo",
            }
        if path == "/keys":
            return 200, {"keys": [RSAAlgorithm.to_jwk(KEY.public_key(), as_dict=True) | {"kid": KID, "alg": "RS256"}]}
        if path in ("/userinfo", "/user"):
            return 200, self.person
        if path == "/user/emails":
            return 200, self.emails
        return 404, {}


@contextmanager
def serving() -> Iterator[Provider]:
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            provider.asked.append(parts.path)
            if parts.path.endswith("/authorize"):
                query = {name: values[0] for name, values in parse_qs(parts.query).items()}
                self.send_response(302)
                self.send_header("Location", provider.grant(query))
                self.end_headers()
            else:
                self.say(*(provider.answer or provider.at(parts.path)))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            provider.asked.append(self.path)
            if self.path.startswith("/applications/"):
                self.say(*(provider.answer or provider.owner_of(body, self.path, self.headers["Authorization"])))
                return
            self.say(*(provider.answer or provider.token_for(dict(part for part in _pairs(body)))))

        def say(self, status: int, said: Any) -> None:
            time.sleep(provider.silence)
            with suppress(BrokenPipeError):
                self.answer(status, said)

        def answer(self, status: int, said: Any) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(said if isinstance(said, bytes) else json.dumps(said).encode())

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _pairs(body: str) -> Iterator[tuple[str, str]]:
    for name, values in parse_qs(body).items():
        yield name, values[0]


def configured(provider: Provider) -> dict[str, Any]:
    """All three kinds at this address, as the settings would have them."""
    pkce = {"oauth_pkce_enabled": True}
    speaking = [
        CLIENT | {"provider_id": name, "name": called, "settings": pkce | {"server_url": provider.address}}
        for name, called in (("google", "Google"), ("university", "The University"))
    ]
    places = pkce | {"web": provider.address, "api": provider.address}
    return {
        "openid_connect": {"APPS": speaking},
        "github": {"APPS": [CLIENT | {"name": "GitHub", "settings": places}]},
    }


def person(provider: Provider, kind: str, number: int = 7, email: object = None, *, verified: object = True) -> None:
    """Who comes next, in the words of this kind of provider."""
    if kind == "github":
        provider.person = {"id": number, "login": "clara-h", "name": "Clara Hill"}
        provider.emails = [{"email": email, "verified": verified, "primary": True}] if email else []
    else:
        provider.person = {"sub": str(number), "name": "Clara Hill"}
        provider.person |= {"email": email, "email_verified": verified} if email else {}
