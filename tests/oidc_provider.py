"""An identity provider on this machine: it speaks real HTTP, and says wrong things when told to."""

import base64
import hashlib
import json
import secrets
from collections.abc import Callable
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, Self
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import KeySet, OctKey, RSAKey

CLIENT, SECRET = "foreword", "a secret of theirs"


class IdentityProvider:
    """One issuer with one person; *says* is put over the token's claims, None takes one away.

    *alg*: "none" for a token that nobody signed, "HS256" for one signed with what is public.
    *answers* is put over what the browser brings back.
    """

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.now = now
        self.subject, self.amr = "sub-jo", ["pwd"]
        self.says: dict[str, Any] = {}
        self.answers: dict[str, str | None] = {}
        self.metadata: dict[str, Any] = {}
        self.alg, self.stranger = "RS256", False
        self.codes: dict[str, dict[str, str]] = {}
        self.key = RSAKey.generate_key(2048, parameters={"kid": "k1"})
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"

    def __enter__(self) -> Self:
        Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    def authorize(self, asked: dict[str, str]) -> str:
        """Let the person in at once; return where their browser goes."""
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        answer = {"code": code, "state": asked["state"], "iss": self.issuer} | self.answers
        brought = {name: value for name, value in answer.items() if value is not None}
        return f"{asked['redirect_uri']}?{urlencode(brought)}"

    def token(self, sent: dict[str, str], authorization: str) -> dict[str, Any] | None:
        """Give a token for a code, once, to whoever has the secret and the verifier."""
        asked = self.codes.pop(sent.get("code", ""), None)
        basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        digest = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        fits = asked is not None and asked["code_challenge"] == challenge
        if asked is None or not fits or authorization != f"Basic {basic}":
            return None
        assert sent["redirect_uri"] == asked["redirect_uri"]
        made = int(self.now().timestamp())
        claims = {
            "iss": self.issuer, "aud": asked["client_id"], "sub": self.subject, "iat": made,
            "exp": made + 300, "nonce": asked["nonce"], "amr": self.amr,
            "email": "mira@example.org",
        } | self.says  # fmt: skip
        said = {name: value for name, value in claims.items() if value is not None}
        return {"access_token": "x", "token_type": "Bearer", "id_token": self.signed(said)}

    def signed(self, claims: dict[str, Any]) -> str:
        """Sign what is said, or forge it in one of the known ways."""
        header = {"alg": self.alg, "kid": "k1"}
        if self.alg == "none":
            parts = (json.dumps(part).encode() for part in (header, claims))
            head, body = (base64.urlsafe_b64encode(part).decode().rstrip("=") for part in parts)
            return f"{head}.{body}."
        key: Any = RSAKey.generate_key(2048) if self.stranger else self.key
        if self.alg == "HS256":
            key = OctKey.import_key(self.key.as_pem(private=False).hex())
        return jwt.encode(header, claims, key, algorithms=["RS256", "HS256"])

    def about(self) -> dict[str, Any]:
        """Say where everything is."""
        return {
            "issuer": self.issuer, "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token", "jwks_uri": f"{self.issuer}/jwks",
            "authorization_response_iss_parameter_supported": True,
        } | self.metadata  # fmt: skip

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        house = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                path = urlsplit(self.path).path
                if path == "/jwks":
                    self.give(dict(KeySet([house.key]).as_dict(private=False)))
                else:
                    self.give(house.about() if path.startswith("/.well-known/") else None)

            def do_POST(self) -> None:
                length = int(self.headers["Content-Length"])
                sent = parse_qs(self.rfile.read(length).decode())
                plain = {name: values[0] for name, values in sent.items()}
                self.give(house.token(plain, self.headers.get("Authorization", "")))

            def give(self, found: dict[str, Any] | None) -> None:
                body = json.dumps(found or {"error": "invalid_grant"}).encode()
                self.send_response(200 if found else 400)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_words: object) -> None:
                return None

        return Handler
