"""Mail providers: their servers, their limits, and their requirements for signing in.

A preset fills in the form; everything in it can be changed, and limits are also learned.
"""

import re
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import NamedTuple

from shared.language import N_
from shared.storage.models import Security


class Period(StrEnum):
    """A time over which providers count mails. A day is the last 24 hours."""

    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"

    @property
    def length(self) -> timedelta:
        """How long a sent mail counts."""
        return timedelta(**{f"{self}s": 1})


class SendingLimits(NamedTuple):
    """The number of mails that an account may send per period, and of its connections; None if
    unknown."""

    per_minute: int | None = None
    per_hour: int | None = None
    per_day: int | None = None
    connections: int | None = None


@dataclass(frozen=True)
class Provider:
    """A preset. `delay` is the range of seconds between two mails, `imap` the server (by TLS) of
    the mailbox that the same password opens; empty if there is none, or none is known."""

    name: str
    domains: tuple[str, ...]
    host: str
    port: int = 465
    security: Security = Security.TLS
    limits: SendingLimits = field(default_factory=SendingLimits)
    delay: tuple[float, float] = (0.0, 0.0)
    imap: str = ""
    imap_port: int = 993


OUTLOOK_COM = "smtp-mail.outlook.com"
# QQ and NetEase publish no limits; one mail every 2 to 5 seconds has been accepted for years.
_UNPUBLISHED = (2.0, 5.0)
EXCHANGE_ONLINE = "outlook.office365.com"

# Gmail, Workspace: support.google.com/a/answer/166852. Exchange Online: learn.microsoft.com,
# “Exchange Online limits” and “… throttling for SMTP Authenticated Submission” (it refuses a
# fourth mail at the same time, and so does Outlook.com, which runs on the same servers).
# Outlook.com: support.microsoft.com, “Sending limits in Outlook.com”.
# Yahoo: help.yahoo.com/kb/SLN3353. iCloud: support.apple.com/102198. SES (sandbox):
# docs.aws.amazon.com/ses, “Service quotas”.
PROVIDERS: tuple[Provider, ...] = (
    Provider(
        "Gmail",
        ("gmail.com", "googlemail.com"),
        "smtp.gmail.com",
        limits=SendingLimits(per_day=500),
        imap="imap.gmail.com",
    ),
    Provider(
        "Google Workspace",
        (),
        "smtp.gmail.com",
        limits=SendingLimits(per_day=2000),
        imap="imap.gmail.com",
    ),
    Provider(
        "QQ",
        ("qq.com", "vip.qq.com", "foxmail.com"),
        "smtp.qq.com",
        delay=_UNPUBLISHED,
        imap="imap.qq.com",
    ),
    Provider(
        "Tencent Exmail", (), "smtp.exmail.qq.com", delay=_UNPUBLISHED, imap="imap.exmail.qq.com"
    ),
    Provider("163", ("163.com",), "smtp.163.com", delay=_UNPUBLISHED, imap="imap.163.com"),
    Provider("126", ("126.com",), "smtp.126.com", delay=_UNPUBLISHED, imap="imap.126.com"),
    Provider("yeah.net", ("yeah.net",), "smtp.yeah.net", delay=_UNPUBLISHED, imap="imap.yeah.net"),
    Provider(
        "Outlook.com",
        ("outlook.com", "hotmail.com", "live.com", "live.cn", "msn.com"),
        OUTLOOK_COM,
        587,
        Security.STARTTLS,
        limits=SendingLimits(per_day=300, connections=3),
        imap=EXCHANGE_ONLINE,
    ),
    Provider(
        "Microsoft 365",
        (),
        "smtp.office365.com",
        587,
        Security.STARTTLS,
        limits=SendingLimits(per_minute=30, per_day=10_000, connections=3),
        imap=EXCHANGE_ONLINE,
    ),
    Provider(
        "Yahoo",
        ("yahoo.com", "ymail.com"),
        "smtp.mail.yahoo.com",
        limits=SendingLimits(per_day=500),
        imap="imap.mail.yahoo.com",
    ),
    Provider(
        "iCloud",
        ("icloud.com", "me.com", "mac.com"),
        "smtp.mail.me.com",
        587,
        Security.STARTTLS,
        limits=SendingLimits(per_day=1000),
        imap="imap.mail.me.com",
    ),
    Provider(
        "Amazon SES (sandbox)",
        (),
        "email-smtp.us-east-1.amazonaws.com",
        limits=SendingLimits(per_day=200),
        delay=(1.0, 1.2),
    ),
)
_BY_DOMAIN = {domain: provider for provider in PROVIDERS for domain in provider.domains}


def guess_account(username: str) -> Provider | None:
    """Return the preset for an address: that of its provider, or the usual names in its own domain.

    None if `username` is not an address, since nothing can be guessed from it.
    """
    domain = username.rpartition("@")[2].strip().lower()
    if "@" not in username or "." not in domain:
        return None
    return _BY_DOMAIN.get(domain) or Provider(domain, (domain,), f"smtp.{domain}")


def with_mailbox(host: str) -> Provider | None:
    """Return the preset of the mail server `host` whose accounts have a mailbox; nothing is
    guessed."""
    found = (provider for provider in PROVIDERS if provider.host == host and provider.imap)
    return next(found, None)


def is_free_mail(domain: str) -> bool:
    """Return whether anybody can get an address there, so that only its provider may send for
    it."""
    return domain.lower() in _BY_DOMAIN


# Requirements for signing in: what providers call the secret, and where it is made.


@dataclass(frozen=True)
class SignInHelp:
    """Advice on signing in at `servers`, a pattern; `secret` is the provider's own name for it, and
    a msgid like the advice."""

    servers: str
    secret: str
    advice: str


def sign_in_help(host: str) -> SignInHelp:
    """Return the help for the mail server `host`; for an unknown one, what is true for most."""
    return next((known for known in _KNOWN if re.search(known.servers, host, re.I)), _ANY)


def is_known(host: str) -> bool:
    """Return whether this server's requirements are known."""
    return sign_in_help(host) is not _ANY


def ends_soon(host: str) -> str:
    """Return the msgid that warns that `host` will soon refuse passwords, or ""."""
    return _MICROSOFT_365 if re.search(r"\boffice365\.", host, re.I) else ""


# learn.microsoft.com, “Deprecation of Basic authentication in Exchange Online”, and the message
# center's notes on SMTP AUTH, as of November 2026.
_MICROSOFT_365 = N_(
    "Microsoft 365 turns sending with a password off by default at the end of December 2026 (as "
    "announced in November 2026), and new tenants have none. Until then an administrator can "
    "allow “Authenticated SMTP” for this mailbox; sign in with Microsoft, or send from another "
    "account, before that."
)


# The provider's pages use the Chinese word, so every language of the console shows it.
_AUTHORIZATION_CODE = N_("Authorization code (授权码)")
_APP_PASSWORD = N_("App password")
_ANY = SignInHelp(
    "",
    N_("Password"),
    N_(
        "The server does not accept this user name and password. Many providers need an "
        "app password, which you create in the account's security settings."
    ),
)
_KNOWN = (
    SignInHelp(
        r"gmail|google",
        _APP_PASSWORD,
        N_(
            "Gmail needs an app password, not the account's password. Turn on two-step "
            "verification, create one at myaccount.google.com/apppasswords and enter "
            "its 16 letters."
        ),
    ),
    SignInHelp(
        r"exmail\.qq",
        N_("Client password"),
        N_(
            "Tencent Exmail needs a client password. Log in to the mailbox on the web, "
            "open Settings, then Client settings, switch SMTP on and create one."
        ),
    ),
    SignInHelp(
        r"\bqq\.com|foxmail",
        _AUTHORIZATION_CODE,
        N_(
            "QQ Mail needs the authorization code, not the password. Log in at "
            "mail.qq.com, open Settings, then Account, switch the SMTP service on and "
            "copy the 16 letters."
        ),
    ),
    SignInHelp(
        r"\b(163|126|188)\.com|yeah\.net",
        _AUTHORIZATION_CODE,
        N_(
            "NetEase Mail (163, 126, yeah) needs the authorization code, not the "
            "password. Log in on the web, open Settings, then POP3/SMTP/IMAP, switch "
            "SMTP on and copy the code."
        ),
    ),
    SignInHelp(
        r"outlook|office365|hotmail|live\.com",
        N_("Password"),
        N_(
            "Microsoft no longer lets programs sign in with the password of Outlook.com. For "
            "Microsoft 365 an administrator can allow “Authenticated SMTP” for this mailbox; "
            "otherwise send from another provider's account."
        ),
    ),
    SignInHelp(
        r"yahoo|icloud|mail\.me\.com|aol|zoho|yandex|fastmail",
        _APP_PASSWORD,
        N_(
            "This provider needs an app password, not the account's password. Create "
            "one in the account's security settings."
        ),
    ),
)
