"""What this program says about a server in place of the server's own answer."""

import re

from shared.errors import SIGN_IN_TROUBLES, DestinationRefused, SignInBusy, SignInEnded
from shared.language import N_
from shared.mail.transport.protocol import Advice, Outcome
from shared.storage.models import Phase, Verdict

NOT_REACHED = "not asked: it lies in a private network"
# Whatever answers at a typed address need not be a mail server: its text is neither shown nor
# stored until it has greeted with 220 (RFC 5321, 3.1).
NO_MAIL_SERVER = "something answers there that does not greet as a mail server"
# Issued before the server is asked about the recipient: no address was tried.
ONLY_ASCII = "the mail server takes no addresses with letters outside of ASCII (SMTPUTF8)"
# In place of an answer that would have come later.
CUT_HERE = "this program ended while it waited for the server's answer"
# In place of an answer to a mail that ended this program twice in a row while it was composed.
STUCK = "this program got stuck on this mail twice"
# Before a word of a `SignInEnded` or `SignInBusy`, or before a server's words.
NO_TOKEN = "no token from the provider"  # noqa: S105
TOKEN_REFUSED = "the mail server refused the token"  # noqa: S105
TURNED_AWAY = "it turned the connection away instead of greeting"


def is_own(text: str) -> bool:
    """Whether `text` comes from this program, and is not a server's answer to quote."""
    return text.startswith((NOT_REACHED, NO_MAIL_SERVER, TURNED_AWAY, NO_TOKEN, STUCK))


def without_token(refusal: SignInEnded | SignInBusy) -> Outcome:
    """The outcome of a message for which there is no token: no server was asked."""
    if isinstance(refusal, SignInEnded):
        said = f"{NO_TOKEN}: {refusal.stored}"
        return Outcome(Verdict.NEEDS_OPERATOR, Phase.AUTH, None, said)
    return Outcome(Verdict.PAUSE, Phase.AUTH, None, f"{NO_TOKEN}: {refusal.word}")


ADVICE: Advice = {
    NOT_REACHED: DestinationRefused.message,
    STUCK: N_(
        "The program got stuck while it made this mail, twice in a row, and put it aside so "
        "that the others leave. Look whether the name and the design are unusual, then send it "
        "again. If it comes back here, ask whoever runs this program: `certs doctor` says more."
    ),
    NO_MAIL_SERVER: N_(
        "There is no mail server at this address. Check the server's name and the port."
    ),
    f"{NO_TOKEN}: {SignInBusy.word}": SignInBusy.message,
    **{f"{NO_TOKEN}: {word}": trouble.message for word, trouble in SIGN_IN_TROUBLES.items()},
    rf"{TOKEN_REFUSED}.*(5\.7\.139|SmtpClientAuthentication)": N_(
        "Microsoft 365 has SMTP switched off for this mailbox or the whole tenant. An "
        "administrator switches “Authenticated SMTP” on for both; sending through Microsoft "
        "Graph needs neither."
    ),
    TOKEN_REFUSED: N_(
        "The provider signed you in, but the mail server does not let you in. Sign in with the "
        "very address that stands above; SMTP may have to be switched on for this mailbox."
    ),
    re.escape(ONLY_ASCII): N_(
        "The mail server of this account takes no addresses with letters outside of ASCII. Ask "
        "this person for another address, or send from another account."
    ),
}
# After what is known better: too many connections, or a limit.
LAST_ADVICE: Advice = {
    TURNED_AWAY: N_(
        "The server takes no connection from here. Check the server's name and the port; if "
        "they are right, ask its provider whether this network is on a block list."
    ),
}
