"""Trying a mail account: its server is asked, with the stored password, as for a mail."""

from shared.destinations import Reach
from shared.errors import AccountChanged, SettingRefused
from shared.language import N_
from shared.mail.accounts.credentials import show_password
from shared.mail.accounts.sharing import note_sign_in
from shared.mail.transport.findings import Finding, Level
from shared.mail.transport.own_answers import is_own
from shared.mail.transport.protocol import Outcome
from shared.mail.transport.smtp import Account, try_account
from shared.mail.transport.verdicts import explain_answer
from shared.storage.database import Database
from shared.storage.models import Event, Security, Verdict
from shared.storage.sealing.tokens import Seal

# Who answers in this time is waited for; a person looks at a spinner meanwhile.
SIGN_IN_SECONDS = 10.0


def try_stored_account(
    database: Database, seal: Seal, event: Event, reach: Reach, language: str
) -> tuple[Finding, bool]:
    """What the server says to the sign-in and the sender, and whether it takes both.

    `event` as it was read before, with its account; `reach` is the organizers'. Asks the server
    for some seconds, without a transaction meanwhile.
    """
    subject, row = N_("Mail account"), event.account
    assert row is not None
    try:
        password = show_password(database, seal, row)
    except SettingRefused:
        return Finding(Level.RED, subject, _SEALED_BY_ANOTHER_KEY), False
    except AccountChanged as changed:
        return Finding(Level.RED, subject, changed.message), False
    account = Account.of(row, event.from_address, password, reach, timeout=SIGN_IN_SECONDS)
    outcome = try_account(account)
    works = outcome.verdict is Verdict.SENT
    if works:
        with database.writing() as session:
            note_sign_in(session, row)
    return _sign_in(account, outcome, language), works


_SEALED_BY_ANOTHER_KEY = N_(
    "No key in SECRET_KEYS opens the stored password: put the old key back, or enter the password "
    "of the mail account again."
)


def _sign_in(account: Account, outcome: Outcome, language: str) -> Finding:
    subject = N_("Mail account")
    if outcome.verdict is Verdict.SENT:
        level, words = _way_of_talking(account)
        return Finding(level, subject, words, {"host": account.host})
    level = Level.RED if outcome.verdict is Verdict.NEEDS_OPERATOR else Level.AMBER
    return Finding(level, subject, "{reason}", {"reason": _reason(outcome, account, language)})


def _way_of_talking(account: Account) -> tuple[Level, str]:
    if account.security is Security.NONE:
        return Level.AMBER, N_("{host} answers without encryption: mails can be read on their way.")
    if not account.password:
        return Level.AMBER, N_(
            "{host} answers, encrypted, but nobody signs in there: it may refuse to pass mails on."
        )
    return Level.GREEN, N_("{host} accepts the sign-in, encrypted.")


def _reason(outcome: Outcome, account: Account, language: str) -> str:
    advice = explain_answer(outcome.code, outcome.text, account.host, language)
    if is_own(outcome.text):
        return f"{account.host}: {advice}"
    said = f"{account.host}: {outcome.code or ''} {outcome.text}".strip()
    return f"{advice} ({said})" if advice else said
