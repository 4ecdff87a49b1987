"""The organization's sign-in: OpenID Connect Core 1.0 by Authlib, with further checks here.

By default Authlib accepts an unsigned ID token if a provider lists `none`, an answer without an ID
token, and an answer that names another issuer; all are refused here.
"""

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import httpx2
from authlib.integrations.base_client import OAuthError
from authlib.integrations.starlette_client import OAuth, StarletteOAuth2App
from joserfc.errors import JoseError

from shared.access.keys import Identity
from shared.access.sessions import Opener
from shared.destinations import BY_SETTINGS
from shared.errors import OrganizationRefused
from shared.events.settings import LONGEST_TEXT
from shared.language import N_
from shared.mail.tokens.judged_transport import JudgedTransport
from shared.settings import Settings
from shared.storage.models import now

NOT_CONFIRMED = N_(
    "Your organization did not confirm who you are, or somebody else answered. Nothing was changed."
)

# People who are asked again answer within this time; clocks differ by less than the leeway.
ASKED_ANEW_WITHIN = timedelta(minutes=1)
LEEWAY = timedelta(minutes=1)
_TIMEOUT_SECONDS = 10
_LONGEST_SUBJECT = 255  # OpenID Connect Core 1.0, 2.
_SIGNED_BY = ["RS256", "ES256", "PS256"]
# Errors caused by the answers of a broken provider, or of a server that is none.
_MISSHAPEN = (JoseError, KeyError, RuntimeError, TypeError, ValueError)
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Asked:
    """The values that were sent with a request, and have to come back with its answer."""

    state: str
    nonce: str
    code_verifier: str
    # Whether the person has to authenticate again.
    anew: bool = False


class _App(StarletteOAuth2App):  # type: ignore[misc]
    async def load_server_metadata(self) -> dict[str, Any]:
        """Discovery (OpenID Connect Discovery 1.0, 4); `none` is never a signature."""
        metadata: dict[str, Any] = await super().load_server_metadata()
        metadata["id_token_signing_alg_values_supported"] = _SIGNED_BY
        return metadata


class _Apps(OAuth):  # type: ignore[misc]
    oauth2_client_cls = _App


class OpenIDProvider:
    """The provider named by `OIDC_ISSUER`; `transport` reaches it another way, for tests."""

    def __init__(
        self, settings: Settings, transport: httpx2.AsyncBaseTransport | None = None
    ) -> None:
        self._issuer = settings.oidc_issuer
        self._back = f"{settings.console_url}/signin/oidc"
        self._door = f"{settings.console_url}/signin"
        secret = settings.oidc_client_secret
        self._app = _Apps().register(
            "organization",
            client_id=settings.oidc_client_id,
            client_secret=secret.get_secret_value() if secret else "",
            server_metadata_url=f"{self._issuer.rstrip('/')}/.well-known/openid-configuration",
            client_kwargs={
                "scope": "openid profile",
                "code_challenge_method": "S256",
                "timeout": _TIMEOUT_SECONDS,
                "trust_env": False,
                "transport": transport or JudgedTransport(BY_SETTINGS),
            },
        )

    async def ask(self, *, anew: bool) -> tuple[str, Asked]:
        """Where to send the browser, and what to keep until it returns.

        Raises OrganizationRefused, also if somebody else answers in its place.
        """
        more = {"max_age": int(ASKED_ANEW_WITHIN.total_seconds())} if anew else {}
        with _refusing():
            await self._metadata()
            begun = await self._app.create_authorization_url(self._back, **more)
        asked = Asked(begun["state"], begun["nonce"], begun["code_verifier"], anew)
        return begun["url"], asked

    async def answered(self, answer: Mapping[str, str], asked: Asked) -> Opener:
        """Who it is, according to what the browser brought back. Raises OrganizationRefused."""
        with _refusing():
            self._check_sender(answer, await self._metadata())
            claims = await self._claims(answer, asked)
        known = _known(claims)
        earliest = now() - ASKED_ANEW_WITHIN - LEEWAY
        if asked.anew and (known.shown_at is None or known.shown_at < earliest):
            # A provider that ignored `max_age` gives an earlier time, or none.
            _log.warning("The organization's sign-in did not ask anew: %s", known.shown_at)
            raise OrganizationRefused(NOT_CONFIRMED)
        return known

    async def way_out(self) -> str:
        """Where the browser is also signed out at the provider, and then led back to the sign-in.

        Empty if the provider has no such address, or does not answer. (OpenID Connect RP-Initiated
        Logout 1.0; without `id_token_hint`, since no ID token is stored.)
        """
        try:
            metadata = await self._metadata()
        except (httpx2.HTTPError, OrganizationRefused, *_MISSHAPEN) as trouble:
            _log.warning("The organization's sign-in does not say how to leave it: %r", trouble)
            return ""
        endpoint = metadata.get("end_session_endpoint")
        if not isinstance(endpoint, str) or not endpoint.startswith(("https://", "http://")):
            return ""
        back = {"client_id": self._app.client_id, "post_logout_redirect_uri": self._door}
        return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(back)}"

    async def _metadata(self) -> dict[str, Any]:
        """What discovery says, if it names the issuer that was asked (OpenID Connect Discovery 1.0,
        4.3)."""
        metadata: dict[str, Any] = await self._app.load_server_metadata()
        if metadata.get("issuer") != self._issuer:
            raise _not_proven(f"OIDC_ISSUER calls itself {metadata.get('issuer')!r}")
        return metadata

    def _check_sender(self, answer: Mapping[str, str], metadata: Mapping[str, Any]) -> None:
        """Check that the answer is the provider's own (RFC 9207), and not a refusal."""
        says_who = metadata.get("authorization_response_iss_parameter_supported")
        sender = answer.get("iss", None if says_who else self._issuer)
        if sender != self._issuer:
            raise _not_proven(f"the answer is of {sender!r}")
        if "error" in answer:
            _log.warning("The organization's sign-in was declined: %.200r", answer["error"])
            raise OrganizationRefused(
                N_("Your organization did not sign you in. Start again, or use your key.")
            )

    async def _claims(self, answer: Mapping[str, str], asked: Asked) -> Mapping[str, Any]:
        token = await self._app.fetch_access_token(
            self._back, code=answer["code"], code_verifier=asked.code_verifier
        )
        needed = {
            "iss": {"essential": True, "value": self._issuer},
            "aud": {"essential": True, "value": self._app.client_id},
        }
        claims = await self._app.parse_id_token(
            token, asked.nonce, claims_options=needed, leeway=int(LEEWAY.total_seconds())
        )
        if not claims:
            raise _not_proven("there is no ID token in the answer")
        return dict(claims)


def _known(claims: Mapping[str, Any]) -> Opener:
    subject, name, at = claims["sub"], claims.get("name"), claims.get("auth_time")
    if not isinstance(subject, str) or not 0 < len(subject) <= _LONGEST_SUBJECT:
        raise _not_proven("the subject is no text of at most 255 characters")
    line = " ".join(name.split()) if isinstance(name, str) and name.isprintable() else ""
    shown_at = datetime.fromtimestamp(at, UTC) if isinstance(at, int) and at >= 0 else None
    return Opener(
        identity=Identity(claims["iss"], subject),
        name=line[:LONGEST_TEXT],
        shown_at=min(shown_at, now()) if shown_at else None,
    )


@contextmanager
def _refusing() -> Iterator[None]:
    """Raise OrganizationRefused when the provider does not answer, or not as it should."""
    try:
        yield
    except httpx2.HTTPError as trouble:
        _log.warning("The organization's sign-in does not answer: %r", trouble)
        raise OrganizationRefused(
            N_("Your organization's sign-in does not answer. Try again in a moment.")
        ) from None
    except OAuthError as trouble:
        raise _not_proven(f"{trouble.error}: {trouble.description}") from None
    except _MISSHAPEN as trouble:
        raise _not_proven(repr(trouble)) from None


def _not_proven(reason: str) -> OrganizationRefused:
    _log.warning("The organization's sign-in was refused: %.300s", reason)
    return OrganizationRefused(
        N_(
            "Your organization's sign-in gave an answer that cannot be trusted. Nothing "
            "was changed. Tell the owner of this installation that the reason is in the "
            "log."
        )
    )
