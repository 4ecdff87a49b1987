"""The health of a mail account: what its server's answers and returned mail change about it, and
what a person has to fix."""

import logging
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import islice, takewhile

from sqlalchemy import select
from sqlalchemy.orm import Session, object_session

from shared.errors import SIGN_IN_NEEDED
from shared.language import N_, translate
from shared.mail.accounts import bucket, limits, recent_mails, speed
from shared.mail.accounts.allowance import delay, want_evidence
from shared.mail.accounts.recent_mails import JudgedMail
from shared.mail.accounts.sharing import attempts_since_checked
from shared.mail.accounts.speed import BAD_AMONG, BAD_SHARE, is_bad_stretch, stretches
from shared.mail.transport.answers import for_logs, without_addresses
from shared.mail.transport.outcome import Outcome
from shared.mail.transport.own_answers import CUT_HERE
from shared.mail.transport.transports import explain_answer
from shared.mail.transport.verdicts import (
    counts_connections,
    is_about_one_mail,
    is_own,
    quota_period,
)
from shared.storage.clock import database_time
from shared.storage.hooks import ReturnedMail
from shared.storage.models import Attempt, Event, Phase, SendingAccount, Verdict

log = logging.getLogger(__name__)

PASSWORD_NEEDED = N_(
    "The stored password was not kept, because it is for another server or user name. "
    "Enter the password of this mail account."
)

# A server that refuses that many different mails for now, or that many recipients in a row in that
# many domains, is in trouble itself.
_ILL_MAILS, _ILL_RECIPIENTS, _ILL_DOMAINS = 3, 10, 3
# A person is asked after that many mails in a row without an answer.
_SILENT_MAILS = 3
# Steps of a hand-over at which an answer is not about a recipient.
_NOT_ABOUT_A_RECIPIENT = (Phase.CONNECT, Phase.MAIL, Phase.DATA, Phase.CONTENT)
# Gmail and Yahoo refuse senders if people complain of 0.3 % of their last mails.
_FEWEST_COMPLAINTS, _COMPLAINT_SHARE, _COMPLAINTS_AMONG = 3, 0.003, 1000
# So many domains' servers have to blame how mails are sent, since a single one may be mistaken.
_BLAMING_DOMAINS = 3
# Connections to allow after the first answer that there are too many.
_FEWER_CONNECTIONS = 2
_MANY_BAD = N_(
    "The server refused many addresses in a row. Check that this is the right list and "
    "that its addresses are up to date. Then continue."
)
_NO_MAIL_FOR_NOW = N_(
    "The mail server accepts no mail from this account for now. We retry automatically. "
    "If this continues, ask the server's administrator and quote the answer."
)
_MANY_CAME_BACK = N_(
    "Many mails bounced, because their addresses do not exist. Check that this is the "
    "right list and that its addresses are up to date. Then continue."
)
_MANY_COMPLAINED = N_(
    "People reported your mails as spam. Providers soon treat all mail from such a "
    "sender as spam. Check that the people on the list expect your mail. Then continue."
)
_BLAMED = N_(
    "Mails bounced at several servers because of how they are sent, not because of the "
    "addresses. {cure} Nothing more is sent until you continue."
)
_THE_ANSWER_SAYS = N_("The answer says what to fix.")
_SILENT = N_(
    "The mail server never said whether it accepted some mails. They may have arrived, "
    "and may arrive twice if sent again. Ask the server's administrator, or check one "
    "sent to you. Then continue."
)
# Our own texts for accounts that wait for a person. The server's answer may follow in a new line.
_OUR_SENTENCES = (
    *(_MANY_BAD, _MANY_CAME_BACK, _MANY_COMPLAINED, _BLAMED, _SILENT),
    *(PASSWORD_NEEDED, SIGN_IN_NEEDED.message),
)


def _refuses_everybody(session: Session, account: SendingAccount, phase: Phase) -> bool:
    """Return whether refusals for now at this step are the server's own trouble: it took none of
    three mails, or none of ten recipients in a row in three domains."""
    last = _since_accepted(session, account, Verdict.RETRY, Verdict.PAUSE)
    refused = [attempt for attempt in last if not is_about_one_mail(attempt.answer)]
    if phase in _NOT_ABOUT_A_RECIPIENT:
        mails = {attempt.mail_id for attempt in refused if attempt.phase in _NOT_ABOUT_A_RECIPIENT}
        # The mail that tests whether a pause is over says that it is not.
        return account.pauses_in_a_row > 0 or len(mails) >= _ILL_MAILS
    in_a_row = takewhile(lambda attempt: attempt.phase is Phase.RCPT, refused)
    recipients = [attempt.address for attempt in islice(in_a_row, _ILL_RECIPIENTS)]
    domains = {attempt.rpartition("@")[2].lower() for attempt in recipients}
    return len(recipients) == _ILL_RECIPIENTS and len(domains) >= _ILL_DOMAINS


def _is_silent(session: Session, account: SendingAccount) -> bool:
    """Return whether the server took several mails without an answer, also after two pauses."""
    last = _since_accepted(session, account, Verdict.UNSURE)
    silent = {attempt.mail_id for attempt in last if attempt.answer != CUT_HERE}
    return account.pauses_in_a_row >= _SILENT_MAILS - 1 and len(silent) >= _SILENT_MAILS


def _since_accepted(session: Session, account: SendingAccount, *verdicts: Verdict) -> list[Attempt]:
    """Return the account's attempts with one of these verdicts since a mail was accepted, last
    ended first."""
    judged = Attempt.verdict.in_([Verdict.SENT, *verdicts])
    tries = select(Attempt).where(attempts_since_checked(account), judged)
    # Read by the index of when they began: those that ended last are among them.
    last = session.scalars(tries.order_by(Attempt.at.desc()).limit(BAD_AMONG))
    in_order = sorted(last, key=lambda attempt: (attempt.ended_at, attempt.id), reverse=True)
    return list(takewhile(lambda attempt: attempt.verdict is not Verdict.SENT, in_order))


def note_answer(session: Session, account: SendingAccount, outcome: Outcome) -> Verdict:
    """Let the account pause, wait for a person, or recover, by an answer that is already stored
    with its attempt; return the verdict about the mail.

    If the server refuses everybody, no mail is to blame: that is a PAUSE. Call with the account's
    row locked.
    """
    now, verdict = database_time(session), outcome.verdict
    is_silent = verdict is Verdict.UNSURE and outcome.text != CUT_HERE
    is_trouble = verdict is Verdict.RETRY and not is_about_one_mail(outcome.text)
    if is_trouble and _refuses_everybody(session, account, outcome.phase):
        verdict = Verdict.PAUSE
    if is_silent and _is_silent(session, account):
        _stop(session, account, outcome.code, outcome.text, _SILENT)
    elif verdict is Verdict.PAUSE or is_silent:
        _pause(session, account, outcome, now)
    elif verdict is Verdict.NEEDS_OPERATOR:
        _stop(session, account, outcome.code, outcome.text)
    elif (
        # During a pause, a mail that was in hand before it proves nothing.
        outcome.code is not None
        and account.pauses_in_a_row
        and not _is_later(account.paused_until, now)
    ):
        _recover(account, account.pauses_in_a_row)
    if account.max_second > 0 and not _is_later(account.paused_until, now):
        # From when this mail's outcome was known: it may have waited for a slot since its claim,
        # and its outcome may have waited to be stored.
        ago = time.monotonic() - outcome.known_at if outcome.known_at else 0.0
        account.next_at = now - timedelta(seconds=ago) + delay(account)
    if verdict is Verdict.REJECTED:
        tried = recent_mails.judged(session, account, now, speed.JUDGED)
        if not _asks_about_addresses(session, account, tried, _MANY_BAD):
            since = bucket.speed_of(session, account).judged_since
            recent = [mail for mail in tried if since is None or mail.at > since]
            judged, hard, _ = speed.counts_of(recent, now, since)
            bucket.heed(session, account, now, judged=judged, hard=hard)
    return verdict


def judge_mails(
    session: Session, account: SendingAccount, tried: Sequence[JudgedMail], began: datetime
) -> None:
    """Let the account wait for a person, or send faster or slower, after returned mail was read.

    The reading began at `began`. Also called without a mailbox, if reports come another way. Call
    with the account's row locked.
    """
    complaints = [mail.complaint for mail in tried[:_COMPLAINTS_AMONG] if mail.complaint]
    most = _COMPLAINT_SHARE * len(tried[:_COMPLAINTS_AMONG])
    if _asks_about_addresses(session, account, tried, _MANY_CAME_BACK):
        return
    if len(complaints) >= _FEWEST_COMPLAINTS and len(complaints) > most:
        return _stop(session, account, None, "", _MANY_COMPLAINED)
    if fault := next(filter(None, map(_blamed_by_many, stretches(tried))), None):
        return _stop(session, account, fault.code, fault.answer, _BLAMED)
    now, settled = database_time(session), began - recent_mails.reports_come_within()
    since = bucket.speed_of(session, account).judged_since
    judged, hard, clean = speed.counts_of(tried, settled, since)
    counts = {"judged": judged, "hard": hard, "clean": clean}
    if any(since is None or report.found_at > since for report in complaints):
        counts["complained"] = len(complaints)
    bucket.heed(session, account, now, **counts)
    if tried and tried[0].at > settled:
        want_evidence(account, now + recent_mails.reports_come_within() / 4)


def _asks_about_addresses(
    session: Session, account: SendingAccount, tried: Sequence[JudgedMail], sentence: str
) -> bool:
    """Ask a person, with this sentence, if nobody has many of the addresses; return whether it was
    asked."""
    # Reports may come in any order, so each stretch of fifty mails is judged like refusals at once.
    if not any(map(is_bad_stretch, stretches([mail.bad_at is not None for mail in tried]))):
        return False
    refusal = next(mail.refusal for mail in tried if mail.bad_at)
    _stop(session, account, refusal.code, refusal.answer, sentence)
    return True


def trouble_of(account: SendingAccount, language: str) -> tuple[str, str]:
    """Return what a person can do about the account's trouble, and the server's answer with its
    code, which may repeat addresses."""
    words, code = account.trouble_text, account.trouble_code
    sentence, _, said = words.partition("\n")
    is_ours = account.needs_fixing and sentence in _OUR_SENTENCES
    answer = said if is_ours else words
    advice = explain_answer(code, answer, account.host, language)
    if is_ours:
        cure = advice or translate(_THE_ANSWER_SAYS, language)
        advice = translate(sentence, language, cure=cure)
    elif not account.needs_fixing:
        advice = advice or translate(_NO_MAIL_FOR_NOW, language)
    answer = "" if is_own(answer) else answer
    # In a report, the refusing server's answer has the code already.
    has_code = answer.startswith(str(code or ""))
    return advice, answer if has_code else f"{code} {answer}".strip()


def clear_trouble(account: SendingAccount) -> None:
    """Discard what a server said before a person checked or changed the account."""
    account.needs_fixing = False
    _recover(account)


def forget_addresses(session: Session) -> None:
    """Remove people's addresses from answers that earlier versions stored: `_note_trouble` stores
    none."""
    troubled = select(SendingAccount).where(SendingAccount.trouble_text != "")
    in_order = troubled.order_by(SendingAccount.id).with_for_update(key_share=True)
    for account in session.scalars(in_order.execution_options(populate_existing=True)):
        _note_trouble(account, account.trouble_code, account.trouble_text)


def ask_a_person(
    account: SendingAccount, sentence: str, code: int | None = None, said: str = ""
) -> None:
    """Let an account wait until somebody enters a password (`PASSWORD_NEEDED`), signs in at its
    provider (`SIGN_IN_NEEDED`), or deals with what the server `said`."""
    account.needs_fixing = True
    _note_trouble(account, code, "\n".join(filter(None, [sentence, said])))


def waits_for(account: SendingAccount, sentence: str) -> bool:
    """Return whether the account waits for a person only because of this sentence."""
    return bool(account.needs_fixing) and account.trouble_text == sentence


def _recover(account: SendingAccount, tries: int = 1) -> None:
    """End a pause, after `tries` refusals, because the server accepts mail again or a person says
    so."""
    was_refused = account.pauses_in_a_row > 0
    account.pauses_in_a_row, account.paused_until, account.next_at = 0, None, None
    account.trouble_code, account.trouble_text = None, ""
    if was_refused and (session := object_session(account)):
        bucket.heed(session, account, database_time(session), accepted=tries)


def _pause(session: Session, account: SendingAccount, outcome: Outcome, now: datetime) -> None:
    if _is_later(account.paused_until, now):
        return  # Mails in hand at the same time got the same answer, which makes one pause.
    account.pauses_in_a_row += 1
    until = now + (outcome.wait or speed.pause_after(account.pauses_in_a_row))
    if period := quota_period(outcome.text):
        until = max(until, limits.refilled_at(session, account, now, period))
        limits.learn_quota(session, account, now, period)
    elif counts_connections(outcome.text):
        known = account.connections
        account.connections = max(1, known - 1) if known else _FEWER_CONNECTIONS
    account.paused_until, account.next_at = until, None
    is_silent = outcome.verdict is Verdict.UNSURE
    bucket.heed(session, account, now, refused=account.pauses_in_a_row, silent=is_silent)
    _note_trouble(account, outcome.code, outcome.text)
    _log(session, account, logging.WARNING, f"takes no mail until {until:%Y-%m-%d %H:%M:%S} UTC")


def _stop(
    session: Session, account: SendingAccount, code: int | None, said: str, sentence: str = ""
) -> None:
    """Ask a person because of what a server said, and log it once, although other mails in hand get
    the same answer. With one of `_OUR_SENTENCES`, counting starts again from now."""
    is_news = not account.needs_fixing
    if sentence:
        account.bad_counted_from = now = database_time(session)
        bucket.heed(session, account, now, afresh=True)
        account.tokens = None
    ask_a_person(account, sentence, code, said)
    if is_news:
        _log(session, account, logging.ERROR, "waits for a person")


def _log(session: Session, account: SendingAccount, level: int, what: str) -> None:
    """Log `what` about the account, with its events, and the answer without any address."""
    of = session.scalars(select(Event.id).where(Event.account_id == account.id).order_by(Event.id))
    events = ", ".join(map(str, of))
    said = f"{account.trouble_code or ''} {for_logs(account.trouble_text)}".strip()
    log.log(level, "account %d (event %s) %s: %s", account.id, events, what, said)


def _note_trouble(account: SendingAccount, code: int | None, text: str) -> None:
    """Store the trouble with no address but the account's own: it concerns no recipient."""
    account.trouble_code = code
    account.trouble_text = without_addresses(text, [account.username])


def _blamed_by_many(stretch: Sequence[JudgedMail]) -> ReturnedMail | None:
    """Return the newest report that blames how these mails, at most fifty, were sent, if servers of
    several domains do so and they are more than a tenth."""
    reports = [mail.blamed for mail in stretch if mail.blamed]
    domains = {report.address.rpartition("@")[2] for report in reports}
    by_many = len(domains) >= _BLAMING_DOMAINS and len(reports) > BAD_SHARE * len(stretch)
    return reports[0] if by_many else None


def _is_later(at: datetime | None, now: datetime) -> bool:
    return at is not None and at > now
