"""Speaking to the clinic's identity provider (OpenID Connect): asking, and checking what it says.

One issuer, by setting.  Redirects are not followed, no proxy of the environment is used, and
an address that the provider names is https, and its own or one of the public network.
"""

import json
import secrets
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hmac import compare_digest
from threading import BoundedSemaphore
from typing import Any
from urllib.parse import urlsplit

from app.domain.address import is_outside
from app.domain.staff_refusals import OutsideFailed
from app.services.identities import LONGEST, Seen, methods
from app.settings import LOOPBACK, Oidc

ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]
PATIENCE = (5, 10)  # seconds: to connect, and between two bytes
MOST = 256 * 1024
TURNS = BoundedSemaphore(2)  # so that a provider that hangs leaves threads for everybody else
LEEWAY = 60  # seconds that two clocks may differ


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """What a browser keeps while its person is at the provider."""

    state: str
    nonce: str
    verifier: str

    @classmethod
    def new(cls) -> "Begun":
        """Draw three numbers that nobody guesses."""
        state, nonce = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
        return cls(state=state, nonce=nonce, verifier=secrets.token_urlsafe(48))


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """The provider by its setting; *back* is where it sends people back to."""

    oidc: Oidc
    back: str

    def ask(self, begun: Begun) -> str:
        """Return the address at which a person shows the provider who they are."""
        from authlib.common.urls import add_params_to_uri
        from authlib.oauth2.rfc7636 import create_s256_code_challenge

        address = self._address(self._metadata(), "authorization_endpoint")
        asked = {
            "response_type": "code", "client_id": self.oidc.client_id, "redirect_uri": self.back,
            "scope": "openid", "state": begun.state, "nonce": begun.nonce,
            "code_challenge": create_s256_code_challenge(begun.verifier),
            "code_challenge_method": "S256",
        }  # fmt: skip
        return str(add_params_to_uri(address, list(asked.items())))

    def seen(self, answer: Mapping[str, str], begun: Begun, *, now: datetime) -> Seen:
        """Return whom the provider saw, or raise OutsideFailed: whatever does not hold is wrong."""
        if not compare_digest(answer.get("state", "").encode(), begun.state.encode()):
            raise OutsideFailed
        metadata = self._metadata()
        told = answer.get("iss")
        must = metadata.get("authorization_response_iss_parameter_supported") is True
        if (must or told is not None) and told != self.oidc.issuer:
            raise OutsideFailed  # RFC 9207: the answer is another provider's
        if "error" in answer or not answer.get("code"):
            raise OutsideFailed
        token = self._token(metadata, answer["code"], begun)
        return self._checked(self._claims(metadata, token), begun, now)

    def _token(self, metadata: Mapping[str, Any], code: str, begun: Begun) -> str:
        known = metadata.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        basic = "client_secret_basic" in known
        sent = {
            "grant_type": "authorization_code", "code": code, "redirect_uri": self.back,
            "client_id": self.oidc.client_id, "code_verifier": begun.verifier,
        }  # fmt: skip
        sent |= {} if basic else {"client_secret": self.oidc.client_secret}
        address = self._address(metadata, "token_endpoint")
        found = self._fetched(address, sent=sent, basic=basic).get("id_token")
        if not isinstance(found, str):
            raise OutsideFailed
        return found

    def _claims(self, metadata: Mapping[str, Any], token: str) -> dict[str, Any]:
        """Return what the token says, once one of the provider's keys signed it."""
        from joserfc import jwt
        from joserfc.errors import JoseError
        from joserfc.jwk import KeySet

        keys = self._fetched(self._address(metadata, "jwks_uri"))
        try:
            known = KeySet.import_key_set(keys)  # type: ignore[arg-type]  # refused if it is none
            return dict(jwt.decode(token, known, algorithms=ALGORITHMS).claims)
        except (JoseError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise OutsideFailed from error

    def _checked(self, claims: Mapping[str, Any], begun: Begun, now: datetime) -> Seen:
        audience = claims.get("aud")
        listed = audience if isinstance(audience, list) else [audience]
        party = claims.get("azp", self.oidc.client_id)
        alone = listed == [self.oidc.client_id] or "azp" in claims
        subject, nonce = claims.get("sub"), claims.get("nonce")
        if not (
            claims.get("iss") == self.oidc.issuer
            and self.oidc.client_id in listed
            and alone
            and party == self.oidc.client_id
            and _in_time(claims, now)
            and isinstance(nonce, str)
            and compare_digest(nonce.encode(), begun.nonce.encode())
            and isinstance(subject, str)
            and 0 < len(subject) <= LONGEST
        ):
            raise OutsideFailed
        return Seen(issuer=self.oidc.issuer, subject=subject, methods=methods(claims.get("amr")))

    def _metadata(self) -> Mapping[str, Any]:
        """Return what the provider says about itself, if it is the one."""
        found = self._fetched(f"{self.oidc.issuer.rstrip('/')}/.well-known/openid-configuration")
        if found.get("issuer") != self.oidc.issuer:
            raise OutsideFailed
        return found

    def _address(self, metadata: Mapping[str, Any], name: str) -> str:
        """Return an address that the provider names, if we may go there."""
        address = metadata.get(name)
        if not isinstance(address, str) or not self._may_go(address):
            raise OutsideFailed
        return address

    def _may_go(self, address: str) -> bool:
        ours = urlsplit(self.oidc.issuer)
        try:
            there, port = urlsplit(address), urlsplit(address).port
        except ValueError:
            return False
        if there.scheme == "http":
            return ours.scheme == "http" and there.hostname in LOOPBACK
        if there.scheme != "https" or not there.hostname or "@" in there.netloc:
            return False
        return there.hostname == ours.hostname or (port in (None, 443) and _outside(there.hostname))

    def _fetched(
        self, address: str, *, sent: Mapping[str, str] | None = None, basic: bool = False
    ) -> dict[str, Any]:
        """Fetch a small piece of JSON; whatever goes wrong on the way is one refusal."""
        if not TURNS.acquire(blocking=False):
            raise OutsideFailed
        try:
            found = self._json(address, sent, basic=basic)
        finally:
            TURNS.release()
        if not isinstance(found, dict):
            raise OutsideFailed
        return found

    def _json(self, address: str, sent: Mapping[str, str] | None, *, basic: bool) -> object:
        import requests
        from urllib3.exceptions import HTTPError

        with requests.Session() as session:
            session.trust_env = False
            auth = (self.oidc.client_id, self.oidc.client_secret) if basic else None
            try:
                answer = session.request(
                    "POST" if sent else "GET", address, data=sent, auth=auth, timeout=PATIENCE,
                    allow_redirects=False, stream=True, headers={"Accept": "application/json"},
                )  # fmt: skip
                body = answer.raw.read(MOST + 1, decode_content=True)
                return json.loads(body) if answer.status_code == 200 and len(body) <= MOST else None
            except (
                requests.RequestException, HTTPError, OSError, ValueError, RecursionError
            ) as error:  # fmt: skip
                raise OutsideFailed from error


def _in_time(claims: Mapping[str, Any], now: datetime) -> bool:
    """Say whether a token was made just now and is still good."""
    made, until = claims.get("iat"), claims.get("exp")
    if not isinstance(made, int | float) or not isinstance(until, int | float):
        return False
    return now.timestamp() - LEEWAY < until and made < now.timestamp() + LEEWAY


def _outside(host: str) -> bool:
    """Say whether every address of a name is one of the public network."""
    try:
        found = socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM)
    except OSError:
        return False
    return bool(found) and all(is_outside(str(one[4][0])) for one in found)
