"""What an organizer is told about an account after its mail server was asked."""

from shared.findings import Finding, Level
from shared.language import N_
from shared.mail.transport.account import Account
from shared.mail.transport.own_answers import is_own
from shared.mail.transport.protocol import Outcome
from shared.mail.transport.sign_in_help import ends_soon
from shared.mail.transport.verdicts import advice_on
from shared.storage.models import Security, Verdict

_SUBJECT = N_("Mail account")


def finding_of(account: Account, outcome: Outcome) -> Finding:
    """What the `outcome` of signing in without a message says about `account`."""
    if outcome.verdict is Verdict.SENT:
        level, words = _way_of_talking(account)
        if account.password and (warning := ends_soon(account.host)):
            return Finding(Level.AMBER, _SUBJECT, warning)
        return Finding(level, _SUBJECT, words, {"host": account.host})
    level = Level.RED if outcome.verdict is Verdict.NEEDS_OPERATOR else Level.AMBER
    said = f"{account.host}: {outcome.code or ''} {outcome.text}".strip()
    advice = advice_on(outcome.code, outcome.text, account.host)
    details = {"host": account.host, "reason": advice, "said": said}
    return Finding(level, _SUBJECT, _words(outcome, advice), details, stops=True)


def _way_of_talking(account: Account) -> tuple[Level, str]:
    if account.security is Security.NONE:
        return Level.AMBER, N_("{host} answers without encryption: mails can be read on their way.")
    if not account.password and not account.token:
        return Level.AMBER, N_(
            "{host} answers, encrypted, but nobody signs in there: it may refuse to pass mails on."
        )
    return Level.GREEN, N_("{host} accepts the sign-in, encrypted.")


def _words(outcome: Outcome, advice: str) -> str:
    if is_own(outcome.text):
        return "{host}: {reason}"
    return "{reason} ({said})" if advice else "{said}"
