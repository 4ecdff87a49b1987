"""What providers require for signing in, what they call it, and where it is created."""

import re
from dataclasses import dataclass

from shared.language import N_


@dataclass(frozen=True)
class SignInHelp:
    """`secret` is the provider's own name for it; both are msgids."""

    servers: re.Pattern[str]
    secret: str
    advice: str


def sign_in_help(host: str) -> SignInHelp:
    """The help for the mail server `host`; for an unknown one, what is true for most."""
    return next((known for known in _KNOWN if known.servers.search(host)), _ANY)


def is_known(host: str) -> bool:
    """Whether it is known what this server wants."""
    return sign_in_help(host) is not _ANY


def ends_soon(host: str) -> str:
    """The message that warns of a sign-in with a password that `host` will not take for long."""
    return _MICROSOFT_365 if re.search(r"\boffice365\.", host, re.I) else ""


# learn.microsoft.com, “Deprecation of Basic authentication in Exchange Online”, and the message
# center's notes on SMTP AUTH, as of November 2026.
_MICROSOFT_365 = N_(
    "Microsoft 365 turns sending with a password off by default at the end of December 2026 (as "
    "announced in November 2026), and new tenants have none. Until then an administrator can "
    "allow “Authenticated SMTP” for this mailbox; sign in with Microsoft, or send from another "
    "account, before that."
)


def _help(servers: str, secret: str, advice: str) -> SignInHelp:
    return SignInHelp(re.compile(servers, re.I), secret, advice)


# Its pages call it so in Chinese, whatever the console speaks.
_AUTHORIZATION_CODE = N_("Authorization code (授权码)")
_APP_PASSWORD = N_("App password")
_ANY = _help(
    "",
    N_("Password"),
    N_(
        "The server does not accept this user name and password. Many providers want a special "
        "password for programs, which is made in the account's security settings."
    ),
)
_KNOWN = (
    _help(
        r"gmail|google",
        _APP_PASSWORD,
        N_(
            "Gmail wants an app password, not the password of the account: turn on two-step "
            "verification, make one at myaccount.google.com/apppasswords and enter its 16 letters."
        ),
    ),
    _help(
        r"exmail\.qq",
        N_("Client password"),
        N_(
            "Tencent Exmail wants a client password: log in to the mailbox on the web, open "
            "Settings, then Client settings, switch SMTP on, and make one there."
        ),
    ),
    _help(
        r"\bqq\.com|foxmail",
        _AUTHORIZATION_CODE,
        N_(
            "QQ Mail wants the authorization code, not the password: log in at mail.qq.com, open "
            "Settings, then Account, switch the SMTP service on, and copy the 16 letters shown."
        ),
    ),
    _help(
        r"\b(163|126|188)\.com|yeah\.net",
        _AUTHORIZATION_CODE,
        N_(
            "NetEase Mail (163, 126, yeah) wants the authorization code, not the password: log in "
            "on the web, open Settings, then POP3/SMTP/IMAP, switch SMTP on, and copy the code."
        ),
    ),
    _help(
        r"outlook|office365|hotmail|live\.com",
        N_("Password"),
        N_(
            "Microsoft no longer lets programs sign in with the password of Outlook.com. For "
            "Microsoft 365 an administrator can allow “Authenticated SMTP” for this mailbox; "
            "otherwise send from another provider's account."
        ),
    ),
    _help(
        r"yahoo|icloud|mail\.me\.com|aol|zoho|yandex|fastmail",
        _APP_PASSWORD,
        N_(
            "This provider wants an app password, not the password of the account. It is made in "
            "the account's security settings."
        ),
    ),
)
