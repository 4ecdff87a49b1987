"""Where providers of mail accounts are asked for tokens, and with which client registration."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from urllib.parse import quote

from shared.destinations import ANYWHERE, BY_SETTINGS, Reach
from shared.errors import PROGRAM_REFUSED, SettingRefused, SignInEnded
from shared.mail.transport.protocol import MailProvider
from shared.settings import Settings
from shared.storage.models import MailSignIn
from shared.storage.sealing.passwords import client_binding_of
from shared.storage.sealing.tokens import Seal

# Google gives a refresh token if asked this way; others ignore unknown parameters (RFC 6749, 3.1).
_OFFLINE = MappingProxyType({"access_type": "offline", "prompt": "consent"})


@dataclass(frozen=True)
class Registration:
    """This program's registration at a provider."""

    authorize_url: str
    token_url: str
    client_id: str
    client_secret: str | None = field(repr=False)
    # Scopes of no resource, requested at a sign-in: renewal, and who it is.
    beside: str = ""
    more: Mapping[str, str] = field(default_factory=lambda: _OFFLINE)
    # Whether each token is for one resource, which then has to be named (Microsoft).
    names_scope: bool = False
    reach: Reach = BY_SETTINGS


def consent_address(settings: Settings) -> str:
    """Where a Microsoft tenant's administrator allows this program for everybody in it (“Construct
    the URL for granting tenant-wide admin consent”)."""
    site = f"{settings.microsoft_authority.rstrip('/')}/{settings.microsoft_tenant}"
    return f"{site}/adminconsent?client_id={quote(settings.microsoft_client_id)}"


def is_set_up(settings: Settings, provider: str) -> bool:
    """Whether the owner registered this program there; organizers register it at the others."""
    ids = {
        MailProvider.MICROSOFT: settings.microsoft_client_id,
        MailProvider.GOOGLE: settings.google_client_id,
    }
    return bool(ids.get(MailProvider(provider), "registered by organizers"))


def registration_of(settings: Settings, seal: Seal, sign_in: MailSignIn) -> Registration:
    """The registration from the settings, or with the account. Raises SignInEnded without
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
