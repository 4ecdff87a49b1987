"""Showing an access token to a mail server (SASL XOAUTH2), and what happens without one."""

import smtplib

from shared.errors import SignInBusy, SignInEnded
from shared.mail.transport.own_answers import NO_TOKEN
from shared.mail.transport.protocol import Outcome
from shared.storage.models import Phase, Verdict


def show_token(smtp: smtplib.SMTP, username: str, token: str) -> None:
    """Raises SMTPAuthenticationError if the server does not accept it.

    It says why in a challenge, which an empty line answers.
    """
    # As Google's “OAuth 2.0 Mechanism” has it; Microsoft's is the same.
    said = f"user={username}\1auth=Bearer {token}\1\1"
    smtp.auth("XOAUTH2", lambda challenge=None: "" if challenge else said)


def without_token(refusal: SignInEnded | SignInBusy) -> Outcome:
    """The outcome of a message for which there is no token: no server was asked."""
    if isinstance(refusal, SignInEnded):
        said = f"{NO_TOKEN}: {refusal.stored}"
        return Outcome(Verdict.NEEDS_OPERATOR, Phase.AUTH, None, said)
    return Outcome(Verdict.PAUSE, Phase.AUTH, None, f"{NO_TOKEN}: {refusal.word}")
