"""Answers that mail servers really give, and what each means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.language import LANGUAGES
from shared.mail.transport.transports import explain_answer
from shared.mail.transport.verdicts import counts_connections, judge, quota_period
from shared.storage.models import Phase, Verdict
from tests.support.real_answers import ANSWERS, BAD, FIX

# Steps in which a server can say something.
ANSWERED = set(Phase) - {Phase.NONE, Phase.COMPOSE}


@pytest.mark.parametrize(("phase", "code", "text", "verdict"), ANSWERS)
def test_a_real_answer_means(phase: str, code: int | None, text: str, verdict: Verdict) -> None:
    assert judge(Phase(phase), code, text) is verdict


def test_there_are_answers_for_every_step_and_verdict() -> None:
    assert len(ANSWERS) >= 50
    assert {phase for phase, *_ in ANSWERS} == ANSWERED
    assert {verdict for *_, verdict in ANSWERS} == set(Verdict) - {Verdict.NONE, Verdict.GIVEN_BACK}


@given(st.sampled_from(sorted(ANSWERED)), st.none() | st.integers(400, 599), st.text())
def test_no_refusal_is_ever_taken_for_sent(phase: Phase, code: int | None, text: str) -> None:
    assert judge(phase, code, text) is not Verdict.SENT


@given(st.text())
def test_an_answer_lost_after_the_content_is_never_repeated_as_if_nothing_was(text: str) -> None:
    assert judge(Phase.CONTENT, None, text) is Verdict.UNSURE


@pytest.mark.parametrize(
    "text",
    [
        "5.4.5 Daily user sending limit exceeded.",
        "Throttling failure: Daily message quota exceeded.",
        "MI:STC 163 smtp1, please see http://mail.163.com/help/help_spam_16.htm",
        "RP:TRC",
    ],
)
def test_a_days_quota_is_known_from_a_short_pause(text: str) -> None:
    assert quota_period(text) == "day"


@pytest.mark.parametrize(
    "text",
    [
        "4.7.0 Try again later, closing connection. (EHLO)",
        # NetEase counts these over 15 minutes, over "a short time", and over one connection.
        "MI:SFQ 163 smtp1, please see http://mail.163.com/help/help_spam_16.htm",
        "RP:QRC",
        "RP:DRC",
        "4.7.0 Too many connections, please try again in an hour",
        "4.7.0 Please wait a minute",
        # X.4.5 is a mail system's congestion (RFC 3463); only Gmail's 5.4.5 is the day's quota.
        "4.4.5 Server busy, try again later",
        "4.4.5 Insufficient disk space; try again later",
        "4.7.0 Too many connections per minute",
    ],
)
def test_a_short_pause_is_not_taken_for_a_days_quota(text: str) -> None:
    assert quota_period(text) is None


@pytest.mark.parametrize(
    ("text", "is_it"),
    [
        ("4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded.", True),
        ("4.3.2 Concurrent connections limit exceeded.", True),
        ("4.7.0 mail.example.org Error: too many connections from 203.0.113.9", True),
        ("Too many concurrent SMTP connections; please try again later.", True),
        ("4.4.5 Service unavailable, concurrency limit reached", True),
        ("HL:ICC 163 smtp1, please see http://mail.163.com/help/help_spam_16.htm", True),
        # NetEase's limits on the mails, recipients and commands of one connection.
        ("MI:DMC", False),
        ("RP:CEL", False),
        ("5.4.5 Daily user sending limit exceeded", False),
        ("4.7.0 Temporary System Problem. Try again later", False),
    ],
)
def test_a_server_that_wants_fewer_mails_at_once_is_understood(text: str, is_it: bool) -> None:
    assert counts_connections(text) is is_it


@pytest.mark.parametrize(
    ("text", "period"),
    [
        (
            "Domain example.org has exceeded the max emails per hour (500/500 (100%)) allowed.",
            "hour",
        ),
        ("Domain example.org has exceeded the max defers and failures per hour (5/5)", None),
        ("You have reached your hourly limit, try again later", "hour"),
        ("4.7.1 Error: too many mails, at most 30 messages per minute", "minute"),
    ],
)
def test_the_time_over_which_a_provider_counts_is_read_from_its_answer(
    text: str, period: str | None
) -> None:
    assert quota_period(text) == period


def test_every_refusal_that_a_person_has_to_mend_is_explained_in_both_languages() -> None:
    for _, code, text, verdict in ANSWERS:
        if verdict in (FIX, BAD):
            said = {explain_answer(code, text, "mail.example.org", words) for words in LANGUAGES}
            assert len(said) == 2, text
            assert "" not in said, text


@pytest.mark.parametrize(
    ("code", "text", "cure"),
    [
        (550, "5.1.1 <ana@example.net>: User unknown in relay recipient table", "no such mailbox"),
        (None, "[SSL: UNSUPPORTED_PROTOCOL] unsupported protocol (_ssl.c:1006)", "Port and encr"),
        (535, "Login fail. Account is abnormal, service is not open, password is incorrect, login "
         "frequency limited, or system is busy", "authorization code"),
        (553, "5.7.1 <bo@example.org>: Sender address rejected: not logged in", "authorization"),
        (550, "5.7.30 Basic authentication is not supported for Client Submission.", "authoriz"),
        (550, "5.1.0 <bo@example.org>: Sender address rejected: User unknown", "own address"),
        (550, "Request failed; Mailbox unavailable", "own address"),
        (554, "DT:SUM 163 smtp8,please see http://mail.163.com/help/help_spam_16.htm", "own addr"),
        (554, "MI:SPB 163 smtp8,please see http://mail.163.com/help/help_spam_16.htm", "blocked"),
        (550, "5.1.8 Access denied, bad outbound sender AS(42004)", "blocked"),
        (550, "RP:CEL 163 smtp8,please see http://mail.163.com/help/help_spam_16.htm", "slowly"),
        (550, "5.2.1 The user you are trying to contact is receiving mail at a rate that prevents "
         "additional messages from being delivered.", "too much mail right now"),
        (421, "4.7.28 Gmail has detected an unusual rate of mail originating from your SPF domain "
         "[example.org]. To protect our users, mail has been temporarily rate limited.", "slowly"),
        (432, "4.3.2 Concurrent connections limit exceeded.", "fewer mails at the same time"),
        (552, "5.2.2 Mailbox size limit exceeded", "is full"),
        (550, "Mail is rejected by recipients", "refuses mails from this sender"),
        (554, "5.7.9 Message not accepted for policy reasons.", "refuses mail from here"),
        (550, "5.7.9 This mail has been blocked because the sender is unauthenticated.", "SPF"),
        (554, "5.7.1 Client host [203.0.113.9] blocked using zen.spamhaus.org", "block list"),
        (550, "5.7.1 Message rejected as spam by Content Filtering.", "as spam"),
    ],
)  # fmt: skip
def test_a_trouble_is_explained_by_what_mends_it(code: int | None, text: str, cure: str) -> None:
    assert cure in explain_answer(code, text, "smtp.qq.com", "en")
