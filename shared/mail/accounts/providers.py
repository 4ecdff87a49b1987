"""What is known about mail providers: their servers, and how much they let an account send.

A preset fills in the form; everything in it can be changed, and limits are also learned.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

from shared.storage.models import Security


class Limits(NamedTuple):
    """How much an account may send per period, and over how many connections; None: unknown."""

    per_minute: int | None = None
    per_hour: int | None = None
    per_day: int | None = None
    connections: int | None = None


@dataclass(frozen=True)
class Provider:
    """A preset. `delay` is the range of seconds between two mails."""

    name: str
    domains: tuple[str, ...]
    host: str
    port: int = 465
    security: Security = Security.TLS
    limits: Limits = field(default_factory=Limits)
    delay: tuple[float, float] = (0.0, 0.0)


OUTLOOK_COM = "smtp-mail.outlook.com"
# QQ and NetEase publish no limits; one mail every 2 to 5 seconds has been accepted for years.
_UNPUBLISHED = (2.0, 5.0)

# Gmail, Workspace: support.google.com/a/answer/166852. Exchange Online: learn.microsoft.com,
# “Exchange Online limits” and “… throttling for SMTP Authenticated Submission” (it refuses a
# fourth mail at the same time, and so does Outlook.com, which runs on the same servers).
# Outlook.com: support.microsoft.com, “Sending limits in Outlook.com”.
# Yahoo: help.yahoo.com/kb/SLN3353. iCloud: support.apple.com/102198. SES (sandbox):
# docs.aws.amazon.com/ses, “Service quotas”.
PROVIDERS: tuple[Provider, ...] = (
    Provider(
        "Gmail", ("gmail.com", "googlemail.com"), "smtp.gmail.com", limits=Limits(per_day=500)
    ),
    Provider("Google Workspace", (), "smtp.gmail.com", limits=Limits(per_day=2000)),
    Provider("QQ", ("qq.com", "vip.qq.com", "foxmail.com"), "smtp.qq.com", delay=_UNPUBLISHED),
    Provider("Tencent Exmail", (), "smtp.exmail.qq.com", delay=_UNPUBLISHED),
    Provider("163", ("163.com",), "smtp.163.com", delay=_UNPUBLISHED),
    Provider("126", ("126.com",), "smtp.126.com", delay=_UNPUBLISHED),
    Provider("yeah.net", ("yeah.net",), "smtp.yeah.net", delay=_UNPUBLISHED),
    Provider(
        "Outlook.com",
        ("outlook.com", "hotmail.com", "live.com", "live.cn", "msn.com"),
        OUTLOOK_COM,
        587,
        Security.STARTTLS,
        limits=Limits(per_day=300, connections=3),
    ),
    Provider(
        "Microsoft 365",
        (),
        "smtp.office365.com",
        587,
        Security.STARTTLS,
        limits=Limits(per_minute=30, per_day=10_000, connections=3),
    ),
    Provider(
        "Yahoo", ("yahoo.com", "ymail.com"), "smtp.mail.yahoo.com", limits=Limits(per_day=500)
    ),
    Provider(
        "iCloud",
        ("icloud.com", "me.com", "mac.com"),
        "smtp.mail.me.com",
        587,
        Security.STARTTLS,
        limits=Limits(per_day=1000),
    ),
    Provider(
        "Amazon SES (sandbox)",
        (),
        "email-smtp.us-east-1.amazonaws.com",
        limits=Limits(per_day=200),
        delay=(1.0, 1.2),
    ),
)
# Not SMTP, but a sign-in at Microsoft. Per mailbox: learn.microsoft.com, “Exchange Online limits”
# and “Microsoft Graph service-specific throttling limits” (Outlook).
MICROSOFT_GRAPH = Provider(
    "Microsoft Graph",
    (),
    "graph.microsoft.com",
    443,
    limits=Limits(per_minute=30, per_day=10_000, connections=4),
)
_BY_DOMAIN = {domain: provider for provider in PROVIDERS for domain in provider.domains}


def guess_account(username: str) -> Provider | None:
    """The preset for an address: that of its provider, or the usual names in its own domain.

    None if `username` is not an address, since nothing can be guessed from it.
    """
    domain = username.rpartition("@")[2].strip().lower()
    if "@" not in username or "." not in domain:
        return None
    return _BY_DOMAIN.get(domain) or Provider(domain, (domain,), f"smtp.{domain}")


def is_free_mail(domain: str) -> bool:
    """Whether anybody can get an address there, so that only its provider may send for it."""
    return domain.lower() in _BY_DOMAIN
