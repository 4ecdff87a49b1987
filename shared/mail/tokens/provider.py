"""Providers of mail accounts: this program's registrations, the address to send a browser to, and
the answers of token endpoints (RFC 6749).

The `error` of an answer decides whether to ask again or wait for a person; the numbers in
Microsoft's descriptions only choose the sentence.
"""

import json
import logging
import re
from base64 import urlsafe_b64decode
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from types import MappingProxyType
from typing import Any
from urllib.parse import quote

import httpx2
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import AsyncOAuth2Client

from shared.destinations import ANYWHERE, BY_SETTINGS, Reach
from shared.errors import (
    ACCESS_BLOCKED,
    ADMINISTRATOR_NEEDED,
    ENDED,
    NOT_ASSIGNED,
    PROGRAM_REFUSED,
    DestinationRefused,
    ProductError,
    SettingRefused,
    SignInBusy,
    SignInEnded,
)
from shared.language import N_
from shared.mail.tokens.judged_transport import JudgedTransport, wait_for
from shared.mail.transport.answers import for_logs
from shared.mail.transport.protocol import MailProvider
from shared.settings import Settings
from shared.storage.models import MailSignIn
from shared.storage.sealing.passwords import client_binding_of
from shared.storage.sealing.tokens import Seal

log = logging.getLogger(__name__)

PROVIDER_AWAY = N_(
    "The provider's sign-in does not answer right now. Nothing was changed. Start again "
    "in a few minutes."
)

_NOT_LET_IN = N_(
    "The provider did not let this program into the mailbox. Nothing was changed. Start "
    "again and agree to what the provider asks."
)

# Even an answer that arrives byte by byte is cut off after this.
LONGEST_SECONDS = 20.0
_BUSY = ("temporarily_unavailable", "server_error", "slow_down")
_OF_THE_PROGRAM = ("invalid_client", "unauthorized_client", "invalid_request", "invalid_scope")
# learn.microsoft.com, “Microsoft Entra authentication and authorization error codes”.
_NUMBERS = {
    ADMINISTRATOR_NEEDED: "65001 90094 90095",
    ACCESS_BLOCKED: "50005 50097 53000 53001 53002 53003 53004 530003 530032",
    NOT_ASSIGNED: "50105",
    PROGRAM_REFUSED: "7000112 7000215 7000222 700016 500011 500013 650052",
}
_TOO_OFTEN = "50196"
# A token is written into a line of SMTP or IMAP unchanged (RFC 6749, A.12, without the space).
_TOKEN = re.compile(r"[\x21-\x7e]{1,16384}")
# In seconds; the usual one if an answer has none (RFC 6749, 5.1).
_USUAL_LIFE, _LONGEST_LIFE = 3600, 86400

# Errors from reading JSON of any other form.
_NO_GRANT = (
    ValueError, LookupError, TypeError, AttributeError, OverflowError, RecursionError
)  # fmt: skip

Ask = Callable[[AsyncOAuth2Client], Awaitable[Any]]
# Google gives a refresh token with these; others ignore unknown parameters (RFC 6749, 3.1).
_OFFLINE = MappingProxyType({"access_type": "offline", "prompt": "consent"})


@dataclass(frozen=True)
class Registration:
    """This program's registration at a provider."""

    authorize_url: str
    token_url: str
    client_id: str
    client_secret: str | None = field(repr=False)
    # Scopes of no resource, requested at a sign-in: renewal, and the address of the person.
    beside: str = ""
    more: Mapping[str, str] = field(default_factory=lambda: _OFFLINE)
    # Whether each token is for one resource, which then has to be named (Microsoft).
    names_scope: bool = False
    reach: Reach = BY_SETTINGS


def consent_address(settings: Settings) -> str:
    """Return the address where a Microsoft tenant's administrator allows this program for everybody
    in it (“Construct the URL for granting tenant-wide admin consent”)."""
    site = f"{settings.microsoft_authority.rstrip('/')}/{settings.microsoft_tenant}"
    return f"{site}/adminconsent?client_id={quote(settings.microsoft_client_id)}"


def is_set_up(settings: Settings, provider: str) -> bool:
    """Return whether the owner registered this program there; organizers register it at the
    others."""
    ids = {
        MailProvider.MICROSOFT: settings.microsoft_client_id,
        MailProvider.GOOGLE: settings.google_client_id,
    }
    return bool(ids.get(MailProvider(provider), "registered by organizers"))


def registration_of(settings: Settings, seal: Seal, sign_in: MailSignIn) -> Registration:
    """Return the registration from the settings, or that of the account. Raises SignInEnded without
    one."""
    provider = MailProvider(sign_in.provider)
    if not is_set_up(settings, provider):
        raise SignInEnded(PROGRAM_REFUSED)
    if provider is MailProvider.MICROSOFT:
        site = f"{settings.microsoft_authority.rstrip('/')}/{settings.microsoft_tenant}/oauth2/v2.0"
        secret = settings.microsoft_client_secret
        return Registration(
            authorize_url=f"{site}/authorize",
            token_url=f"{site}/token",
            client_id=settings.microsoft_client_id,
            client_secret=secret.get_secret_value() if secret else None,
            beside="offline_access openid email profile",
            more=MappingProxyType({"prompt": "select_account"}),
            names_scope=True,
        )
    if provider is MailProvider.GOOGLE:
        secret = settings.google_client_secret
        return Registration(
            authorize_url="https://accounts.google.com/o/oauth2/v2/auth",
            token_url="https://oauth2.googleapis.com/token",  # noqa: S106
            client_id=settings.google_client_id,
            client_secret=secret.get_secret_value() if secret else None,
            beside="openid email",
        )
    sealed = sign_in.sealed_client_secret
    try:
        entered = seal.open_bound(sealed, client_binding_of(sign_in)) if sealed else None
    except SettingRefused:
        raise SignInEnded(PROGRAM_REFUSED) from None
    return Registration(
        authorize_url=sign_in.authorize_url,
        token_url=sign_in.token_url,
        client_id=sign_in.client_id,
        client_secret=entered,
        reach=ANYWHERE if sign_in.urls_by_owner else settings.organizers_reach,
    )


@dataclass(frozen=True)
class Grant:
    """The tokens that a provider granted. `address` is that of the person who signed in, if the
    provider says it."""

    access_token: str = field(repr=False)
    # None if the old one stays valid.
    refresh_token: str | None = field(repr=False)
    lives: timedelta
    address: str = ""


def authorize_url(
    registration: Registration, scope: str, back: str, state: str, verifier: str, address: str
) -> str:
    """Return the address to send a browser to: code flow with PKCE (RFC 7636, S256). `address` is
    that of the person who should sign in, if known."""
    client = AsyncOAuth2Client(
        registration.client_id,
        redirect_uri=back,
        scope=f"{scope} {registration.beside}".strip(),
        code_challenge_method="S256",
    )
    more = {**registration.more, **({"login_hint": address} if address else {})}
    url, _ = client.create_authorization_url(
        registration.authorize_url, state=state, code_verifier=verifier, **more
    )
    return str(url)


def take_code(registration: Registration, scope: str, back: str, code: str, verifier: str) -> Grant:
    """Exchange the code of somebody who signed in. Raises SignInEnded and SignInBusy."""
    more = {"scope": f"{scope} {registration.beside}"} if registration.names_scope else {}
    return _asked(
        registration,
        lambda client: client.fetch_token(
            registration.token_url, code=code, code_verifier=verifier, redirect_uri=back, **more
        ),
    )


def renew(registration: Registration, refresh_token: str, scope: str) -> Grant:
    """Return a new access token for `scope`, or if it is empty for all that was granted.

    Raises SignInEnded and SignInBusy.
    """
    named = f"{scope} offline_access" if registration.names_scope else scope
    more = {"scope": named} if named else {}
    return _asked(
        registration,
        lambda client: client.refresh_token(
            registration.token_url, refresh_token=refresh_token, **more
        ),
    )


def declined(error: str, description: str) -> ProductError:
    """Return the error to show if a browser came back without a code (RFC 6749, 4.1.2.1)."""
    refusal = _refusal(error, description)
    if isinstance(refusal, SignInBusy):
        return ProductError(PROVIDER_AWAY)
    return to_who_signs_in(refusal)


def to_who_signs_in(refusal: SignInEnded) -> ProductError:
    """Return the error to show to somebody whom a provider refused while signing in: it does not
    say that an earlier sign-in has ended."""
    return ProductError(_NOT_LET_IN) if refusal.trouble is ENDED else refusal


def _asked(registration: Registration, ask: Ask) -> Grant:
    """Ask the provider, waiting at most `LONGEST_SECONDS`, and return what it granted. Raises
    SignInEnded and SignInBusy."""

    client = AsyncOAuth2Client(
        registration.client_id,
        registration.client_secret,
        # The client needs an empty one if there is none yet.
        token={},
        transport=JudgedTransport(registration.reach, LONGEST_SECONDS),
        trust_env=False,
        timeout=LONGEST_SECONDS,
    )

    def busy_is_no_answer(answer: httpx2.Response) -> httpx2.Response:
        # Too many requests say nothing about the sign-in (RFC 6585, 4).
        if answer.status_code == 429:
            raise SignInBusy()
        return answer

    async def answer_of_it() -> dict[str, Any]:
        for kind in ("access_token_response", "refresh_token_response"):
            client.register_compliance_hook(kind, busy_is_no_answer)
        async with client:
            return dict(await ask(client))

    try:
        return _grant(wait_for(answer_of_it()), registration.client_id)
    except OAuthError as refusal:
        raise _refusal(str(refusal.error), str(refusal.description)) from None
    except (httpx2.HTTPError, *_NO_GRANT) as fault:
        log.warning("a provider's sign-in does not answer as it should: %.200r", fault)
        raise SignInBusy() from None
    except DestinationRefused:
        log.warning("a provider's sign-in lies where organizers may not connect to")
        raise SignInEnded(PROGRAM_REFUSED) from None


def _refusal(error: str, description: str) -> SignInBusy | SignInEnded:
    log.warning("a provider gave no token: %.60r %.200s", error, for_logs(description))
    number = found[1] if (found := re.search(r"AADSTS(\d+)", description)) else ""
    if error in _BUSY or number == _TOO_OFTEN:
        return SignInBusy()
    said = f"AADSTS{number}" if number else ""
    # Before the error, which is the same for troubles that a person can cure.
    for trouble, numbers in _NUMBERS.items():
        if number in numbers.split():
            return SignInEnded(trouble, said)
    if error == "consent_required":
        return SignInEnded(ADMINISTRATOR_NEEDED, said)
    return SignInEnded(PROGRAM_REFUSED if error in _OF_THE_PROGRAM else ENDED, said)


def _grant(answer: dict[str, Any], client_id: str) -> Grant:
    """Raises one of `_NO_GRANT` for anything but a token endpoint's answer."""
    access, refresh = answer["access_token"], answer.get("refresh_token")
    for token in (access, refresh):
        if token is not None and not _TOKEN.fullmatch(token):
            raise ValueError("a token that cannot be sent")
    seconds = int(answer.get("expires_in") or _USUAL_LIFE)
    life = timedelta(seconds=max(0, min(seconds, _LONGEST_LIFE)))
    return Grant(access, refresh, life, _address(answer.get("id_token"), client_id))


def _address(id_token: object, client_id: str) -> str:
    """Return who signed in. The token came from the provider itself, over TLS, so its signature
    adds nothing (OpenID Connect Core 1.0, 3.1.3.7, 6). Raises one of `_NO_GRANT`."""
    if not isinstance(id_token, str):
        return ""
    body = id_token.split(".")[1]
    claims = json.loads(urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    if claims.get("aud") != client_id:
        raise ValueError("an ID token for another program")
    said = claims.get("email") or claims.get("preferred_username") or ""
    return str(said) if isinstance(said, str) and said.isprintable() else ""
