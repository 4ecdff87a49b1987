"""The ways to hand messages over, and opening the one of an account.

A new one is a class and a row in a file of its own, and a line here.
"""

from shared.errors import SettingRefused
from shared.language import N_, translate
from shared.mail.transport.graph import GRAPH_KIND, SHARED_KIND
from shared.mail.transport.protocol import Account, Transport, TransportKind
from shared.mail.transport.smtp import SMTP_KIND
from shared.mail.transport.verdicts import advice_on

# By the name in the account's row; in the order in which the form offers them.
TRANSPORTS = {kind.name: kind for kind in (GRAPH_KIND, SHARED_KIND, SMTP_KIND)}


def kind_of(name: str) -> TransportKind:
    """Return the row of an account's transport; one that carries nothing if another version of this
    program made the account."""
    return TRANSPORTS.get(name) or TransportKind(name, _carry_nothing, None, ())


def open_transport(account: Account) -> Transport:
    """Return the account's transport. Raises SettingRefused if another version of this program made
    it."""
    return kind_of(account.transport).carrier(account)


def _carry_nothing(account: Account) -> Transport:
    raise SettingRefused(field="transport", reason=_UNKNOWN)


def explain_answer(code: int | None, text: str, host: str, language: str) -> str:
    """Return what an answer means and how to fix it, in plain words; empty if that is not known.

    `host` is the mail server's name: providers need different cures for the same answer.
    """
    own = {words: advice for kind in TRANSPORTS.values() for words, advice in kind.advice.items()}
    advice = advice_on(code, text, host, own)
    return translate(advice, language) if advice else ""


_UNKNOWN = N_("is not known to this version")
