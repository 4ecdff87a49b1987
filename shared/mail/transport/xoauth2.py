"""Showing an access token to a mail server (SASL XOAUTH2), and what becomes of it without one."""

import smtplib

from shared.errors import SignInBusy, SignInEnded
from shared.mail.transport.own_answers import NO_TOKEN
from shared.mail.transport.protocol import Outcome
from shared.storage.models import Phase, Verdict


def first_response(username: str, token: str) -> str:
    """What a client says first, in SMTP and IMAP alike (Google, “OAuth 2.0 Mechanism”; Microsoft
    has the same)."""
    return f"user={username}\1auth=Bearer {token}\1\1"


def show_token(smtp: smtplib.SMTP, username: str, token: str) -> None:
    """Raises SMTPAuthenticationError where the server does not take it.

    It says why in a challenge, which an empty line answers.
    """
    said = first_response(username, token)
    smtp.auth("XOAUTH2", lambda challenge=None: "" if challenge else said)


def without_token(refusal: SignInEnded | SignInBusy) -> Outcome:
    """What becomes of a message that there is no token for: no server was asked."""
    waits_for_person = isinstance(refusal, SignInEnded)
    verdict = Verdict.NEEDS_OPERATOR if waits_for_person else Verdict.PAUSE
    return Outcome(verdict, Phase.AUTH, None, f"{NO_TOKEN}: {refusal.word}")
