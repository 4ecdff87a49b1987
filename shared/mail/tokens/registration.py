"""Where providers of mail accounts are asked for tokens, and with which client registration."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from urllib.parse import quote

from shared.destinations import ANYWHERE, Reach
from shared.errors import ProgramRefused, SettingRefused
from shared.settings import Settings
from shared.storage.models import MailSignIn
from shared.storage.sealing.passwords import client_binding_of
from shared.storage.sealing.tokens import Seal


class MailProvider(StrEnum):
    MICROSOFT = "microsoft"
    GOOGLE = "google"
    # Providers at which an organizer registered this program.
    OTHER = "other"


# One token for both, which are one resource (Microsoft, “Authenticate an IMAP, POP or SMTP
# connection using OAuth”).
MICROSOFT_SMTP = (
    "https://outlook.office.com/SMTP.Send https://outlook.office.com/IMAP.AccessAsUser.All"
)
# For Graph, at the site named by GRAPH_URL: to send, to read returned mail, and to be checked.
_GRAPH_PERMISSIONS = ("Mail.Send", "Mail.Read", "User.Read")
# The same for mailboxes that are shared with who signs in, and for their own.
_GRAPH_SHARED_PERMISSIONS = ("Mail.Send.Shared", "Mail.Read.Shared")
# SMTP and IMAP have no narrower one (Google, “OAuth 2.0 Mechanism”).
GOOGLE_MAIL = "https://mail.google.com/"
# What else is requested at a sign-in: renewal, and who it is.
_BESIDE = {
    MailProvider.MICROSOFT: "offline_access openid email profile",
    MailProvider.GOOGLE: "openid email",
    MailProvider.OTHER: "",
}
# Google gives a refresh token if asked this way; others ignore unknown parameters (RFC 6749, 3.1).
_OFFLINE = MappingProxyType({"access_type": "offline", "prompt": "consent"})
_CHOOSE = MappingProxyType({"prompt": "select_account"})


@dataclass(frozen=True)
class Registration:
    """This program's registration at a provider. `beside` are scopes of no resource."""

    authorize_url: str
    token_url: str
    client_id: str
    client_secret: str | None = field(repr=False)
    beside: str
    more: Mapping[str, str]
    # Whether each token is for one resource, which then has to be named (Microsoft).
    names_scope: bool
    reach: Reach


def graph_address(settings: Settings) -> str:
    """The address of Graph, with the version that this program uses."""
    return f"{settings.graph_url.rstrip('/')}/v1.0"


def graph_scope(settings: Settings, *, shared: bool = False) -> str:
    """The scope for sending by Microsoft Graph, whose permissions belong to its site.

    `shared`: from a mailbox that is shared with who signs in.
    """
    site = settings.graph_url.rstrip("/")
    permissions = _GRAPH_SHARED_PERMISSIONS if shared else _GRAPH_PERMISSIONS
    return " ".join(f"{site}/{permission}" for permission in permissions)


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
    """The registration from the settings, or with the account. Raises ProgramRefused without
    one."""
    provider = MailProvider(sign_in.provider)
    if not is_set_up(settings, provider):
        raise ProgramRefused()
    if provider is MailProvider.MICROSOFT:
        site = f"{settings.microsoft_authority.rstrip('/')}/{settings.microsoft_tenant}/oauth2/v2.0"
        secret = settings.microsoft_client_secret
        return Registration(
            authorize_url=f"{site}/authorize",
            token_url=f"{site}/token",
            client_id=settings.microsoft_client_id,
            client_secret=secret.get_secret_value() if secret else None,
            beside=_BESIDE[MailProvider.MICROSOFT],
            more=_CHOOSE,
            names_scope=True,
            reach=ANYWHERE,
        )
    if provider is MailProvider.GOOGLE:
        return _google(settings)
    return _other(settings, seal, sign_in)


def _google(settings: Settings) -> Registration:
    secret = settings.google_client_secret
    return Registration(
        authorize_url="https://accounts.google.com/o/oauth2/v2/auth",
        token_url="https://oauth2.googleapis.com/token",  # noqa: S106
        client_id=settings.google_client_id,
        client_secret=secret.get_secret_value() if secret else None,
        beside=_BESIDE[MailProvider.GOOGLE],
        more=_OFFLINE,
        names_scope=False,
        reach=ANYWHERE,
    )


def _other(settings: Settings, seal: Seal, sign_in: MailSignIn) -> Registration:
    sealed = sign_in.sealed_client_secret
    try:
        secret = seal.open_bound(sealed, client_binding_of(sign_in)) if sealed else None
    except SettingRefused:
        raise ProgramRefused() from None
    return Registration(
        authorize_url=sign_in.authorize_url,
        token_url=sign_in.token_url,
        client_id=sign_in.client_id,
        client_secret=secret,
        beside=_BESIDE[MailProvider.OTHER],
        more=_OFFLINE,
        names_scope=False,
        reach=ANYWHERE if sign_in.urls_by_owner else settings.organizers_reach,
    )
