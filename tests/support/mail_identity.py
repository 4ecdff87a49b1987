"""A provider's sign-in to mail accounts, as strict as the strictest, on loopback.

It takes no code without PKCE (S256), from another redirect, or twice; a refresh token is replaced
at each use, and one that is used again ends the whole sign-in. Addresses are as of Microsoft's.
"""

import asyncio
import json
import time
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from secrets import token_urlsafe
from urllib.parse import parse_qs, urlencode, urlsplit

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from tests.support.console_server import free_port
from tests.support.identity_provider import serving

CLIENT_ID, CLIENT_SECRET = "certs-mail", "secret-of-the-mail-client"


@dataclass
class Issued:
    """One sign-in: whose, for which scopes, and whether it was ended."""

    person: str
    granted: str
    is_over: bool = False


@dataclass
class MailIdentity:
    """`person` signs in to whatever is asked; the other fields let it refuse, be slow or busy."""

    site: str
    redirects: list[str] = field(default_factory=list)
    person: str = "thanks@harbour.example"
    # The seconds that an access token lasts.
    lives: float = 3600.0
    # What the token endpoint says in place of a token: status and `error`, with a description.
    refuses: tuple[int, str, str] | None = None
    # The same, as it stands, with a status that says that all is well.
    says: bytes | None = None
    # What comes back in place of a code, as when somebody presses Cancel.
    declines: str = ""
    delay: float = 0.0
    tells_address: bool = True
    gives_refresh_token: bool = True
    renewals: int = 0
    _codes: dict[str, dict[str, str]] = field(default_factory=dict)
    _used: dict[str, Issued] = field(default_factory=dict)
    _refresh: dict[str, Issued] = field(default_factory=dict)
    _spent: dict[str, Issued] = field(default_factory=dict)
    _access: dict[str, tuple[Issued, str, float]] = field(default_factory=dict)

    @property
    def authorize_url(self) -> str:
        return f"{self.site}/common/oauth2/v2.0/authorize"

    @property
    def token_url(self) -> str:
        return f"{self.site}/common/oauth2/v2.0/token"

    @property
    def given(self) -> list[str]:
        """All tokens and codes that it gave to anybody."""
        return [*self._codes, *self._used, *self._refresh, *self._spent, *self._access]

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/{tenant}/oauth2/v2.0/authorize", self._authorize),
                Route("/{tenant}/oauth2/v2.0/token", self._give_token, methods=["POST"]),
            ]
        )

    def remember(self, person: str, refresh_tokens: Iterable[str]) -> None:
        """It gave these before; for Microsoft's, whatever scope is asked for then."""
        self._refresh |= {token: Issued(person, "") for token in refresh_tokens}

    def opens(self, token: str, person: str, scope: str = "") -> bool:
        """Whether a mail server takes `token` for this person's mailbox."""
        issued, granted, until = self._access.get(token, (None, "", 0.0))
        return (
            issued is not None
            and not issued.is_over
            and time.monotonic() < until
            and issued.person == person
            and scope in granted
        )

    def end_access(self) -> None:
        """All access tokens end before their time."""
        self._access.clear()

    def end_sign_ins(self) -> None:
        """The password was changed: nothing that was given before opens anything."""
        for issued in self._refresh.values():
            issued.is_over = True

    async def _authorize(self, request: Request) -> Response:
        asked = dict(request.query_params)
        if asked.get("client_id") != CLIENT_ID or asked.get("redirect_uri") not in self.redirects:
            return PlainTextResponse("AADSTS50011: the redirect is not registered", 400)
        return RedirectResponse(self.consent(str(request.url)), 303)

    def consent(self, url: str) -> str:
        """The person signs in at the address that they were sent to; where they are led back."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        back = {"state": asked["state"]}
        if self.declines:
            back["error"] = self.declines
        else:
            back["code"] = token_urlsafe(16)
            self._codes[back["code"]] = asked
        return f"{asked['redirect_uri']}?{urlencode(back)}"

    async def _give_token(self, request: Request) -> Response:
        form = {name: str(value) for name, value in (await request.form()).items()}
        await asyncio.sleep(self.delay)
        if self.says is not None:
            return Response(self.says, media_type="application/json")
        if self.refuses:
            status, error, description = self.refuses
            return _error(error, status, description)
        basic = b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
        if request.headers.get("authorization") != f"Basic {basic}":
            return _error("invalid_client", 401, "AADSTS7000215: Invalid client secret provided.")
        if form.get("grant_type") == "authorization_code":
            return self._by_code(form)
        return self._by_refresh_token(form)

    def _by_code(self, form: dict[str, str]) -> Response:
        code = form.get("code", "")
        if code in self._used:
            self._used[code].is_over = True
        asked = self._codes.pop(code, None)
        digest = sha256(form.get("code_verifier", "").encode()).digest()
        challenge = urlsafe_b64encode(digest).rstrip(b"=").decode()
        if asked is None or challenge != asked["code_challenge"]:
            return _error("invalid_grant", 400, "AADSTS54005: the code was redeemed already.")
        if form.get("redirect_uri") != asked["redirect_uri"]:
            return _error("invalid_grant", 400, "AADSTS50011: another redirect.")
        issued = self._used[code] = Issued(self.person, asked["scope"])
        return self._tokens(issued, form.get("scope", asked["scope"]))

    def _by_refresh_token(self, form: dict[str, str]) -> Response:
        shown = form.get("refresh_token", "")
        if shown in self._spent:
            self._spent[shown].is_over = True
        issued = self._refresh.pop(shown, None)
        if issued is None or issued.is_over:
            return _error("invalid_grant", 400, "AADSTS50173: The grant was revoked.")
        self._spent[shown] = issued
        self.renewals += 1
        return self._tokens(issued, form.get("scope", issued.granted))

    def _tokens(self, issued: Issued, scope: str) -> Response:
        access, refresh = token_urlsafe(32), token_urlsafe(32)
        self._access[access] = (issued, scope, time.monotonic() + self.lives)
        self._refresh[refresh] = issued
        said = {
            "token_type": "Bearer",
            "access_token": access,
            "refresh_token": refresh,
            "expires_in": int(self.lives),
            "scope": scope,
        }
        if not self.gives_refresh_token:
            del said["refresh_token"]
        if self.tells_address:
            said["id_token"] = _id_token(issued.person)
        return JSONResponse(said)


def _id_token(person: str) -> str:
    """Nobody looks at its signature, since it comes from the provider itself."""
    claims = {"aud": CLIENT_ID, "preferred_username": person}
    parts = ({"alg": "none"}, claims, "signature")
    return ".".join(
        urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in parts
    )


def _error(error: str, status: int, description: str) -> Response:
    return JSONResponse({"error": error, "error_description": description}, status)


@contextmanager
def served_mail_identity() -> Iterator[MailIdentity]:
    """At an address of this machine, which is what MICROSOFT_AUTHORITY may name."""
    port = free_port()
    identity = MailIdentity(f"http://127.0.0.1:{port}")
    with serving(identity.app(), port):
        yield identity
