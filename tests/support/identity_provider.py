"""A provider of OpenID Connect that keeps the rules, and breaks one of them where it is asked to.

It signs ID tokens with a key of its own, demands PKCE with S256, and takes a code once.
"""

import time
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from secrets import token_urlsafe
from typing import Any, Literal
from urllib.parse import parse_qs, urlencode, urlsplit

import uvicorn
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey
from joserfc.jws import JWSRegistry
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from tests.support.console_server import free_port
from tests.support.serving import running

ISSUER = "https://login.harbour.example"
CLIENT_ID, CLIENT_SECRET = "certs", "secret-of-the-client-of-32-octets"


@cache
def _key_of(whom: str) -> RSAKey:
    """Made once: that takes 40 ms."""
    return RSAKey.generate_key(2048, {"kid": "one"})


@dataclass
class IdentityProvider:
    """`claims` and `metadata` take the place of what it would say; None leaves something out."""

    issuer: str = ISSUER
    subject: str = "4711"
    name: str = "Ana Lund"
    claims: dict[str, Any] = field(default_factory=dict)
    metadata: dict[str, Any] = field(default_factory=dict)
    # What is added to the address that leads back.
    answer: dict[str, str] = field(default_factory=dict)
    # What it signs with: its own key, a foreign one, the client's secret, or nothing.
    signs_with: Literal["own", "foreign", "secret", "nothing"] = "own"
    has_id_token: bool = True
    is_away: bool = False
    signed_in_at: float = field(default_factory=time.time)
    obeys_max_age: bool = True
    _asked: dict[str, dict[str, str]] = field(default_factory=dict)
    _key: RSAKey = field(default_factory=lambda: _key_of("own"))

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self._discover),
                Route("/authorize", self._authorize),
                Route("/token", self._give_token, methods=["POST"]),
                Route("/keys", self._show_keys),
            ]
        )

    async def _discover(self, _: Request) -> Response:
        if self.is_away:
            return JSONResponse({}, 503)
        said = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            # Authlib, as it comes, believes a provider that lists `none`.
            "id_token_signing_alg_values_supported": ["RS256", "none", "HS256"],
        }
        return JSONResponse(_without_none(said | self.metadata))

    async def _authorize(self, request: Request) -> Response:
        return RedirectResponse(self.consent(str(request.url)), 303)

    def consent(self, url: str) -> str:
        """The person signs in at the address that they were sent to; where they are led back."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        if "max_age" in asked and self.obeys_max_age:
            self.signed_in_at = time.time()
        code = token_urlsafe(16)
        self._asked[code] = asked
        back = {"code": code, "state": asked["state"], "iss": self.issuer} | self.answer
        return f"{asked['redirect_uri']}?{urlencode(back)}"

    async def _give_token(self, request: Request) -> Response:
        form = await request.form()
        asked = self._asked.pop(str(form.get("code")), None)
        verifier = str(form.get("code_verifier", "")).encode()
        challenge = urlsafe_b64encode(sha256(verifier).digest()).rstrip(b"=").decode()
        basic = b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
        if request.headers.get("authorization") != f"Basic {basic}":
            return JSONResponse({"error": "invalid_client"}, 401)
        if asked is None or challenge != asked["code_challenge"]:
            return JSONResponse({"error": "invalid_grant"}, 400)
        token = {"access_token": token_urlsafe(16), "token_type": "Bearer", "expires_in": 300}
        if self.has_id_token:
            token["id_token"] = self._id_token(asked)
        return JSONResponse(token)

    def _id_token(self, asked: dict[str, str]) -> str:
        at = int(time.time())
        said = {
            "iss": self.issuer,
            "sub": self.subject,
            "aud": CLIENT_ID,
            "iat": at,
            "exp": at + 300,
            "nonce": asked["nonce"],
            "auth_time": int(self.signed_in_at),
            "name": self.name,
        }
        return self._signed(_without_none(said | self.claims))

    def _signed(self, claims: dict[str, Any]) -> str:
        header = {"alg": "RS256", "kid": "one"}
        if self.signs_with == "own":
            return jwt.encode(header, claims, self._key)
        if self.signs_with == "foreign":
            return jwt.encode(header, claims, _key_of("foreign"))
        if self.signs_with == "secret":
            return jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(CLIENT_SECRET))
        header = {"alg": "none"}
        return jwt.encode(header, claims, self._key, registry=JWSRegistry(algorithms=["none"]))

    async def _show_keys(self, _: Request) -> Response:
        return JSONResponse({"keys": [self._key.as_dict(private=False)]})


@contextmanager
def served_provider() -> Iterator[IdentityProvider]:
    """A provider at an address of this machine, whose person consents to whatever is asked."""
    port = free_port()
    provider = IdentityProvider(issuer=f"http://127.0.0.1:{port}")
    with serving(provider.app(), port):
        yield provider


@contextmanager
def serving(app: Starlette, port: int, **options: Any) -> Iterator[None]:
    """`app` answers at `port` of this machine; `options` are uvicorn's."""
    with running(uvicorn.Server(uvicorn.Config(app, port=port, log_level="warning", **options))):
        yield


def _without_none(said: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in said.items() if value is not None}
