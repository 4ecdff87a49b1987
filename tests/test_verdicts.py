"""Answers that mail servers really give, and what each means."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.language import LANGUAGES
from shared.mail.verdicts import PHASES, Verdict, explain_answer, is_daily_quota, judge

FIX, PAUSE, RETRY, BAD, UNSURE = (
    Verdict.FIX,
    Verdict.PAUSE,
    Verdict.RETRY,
    Verdict.BAD,
    Verdict.UNSURE,
)

# phase, code (None: the connection failed), text, verdict
ANSWERS = [
    # No conversation at all
    ("connect", None, "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self-signed "
     "certificate (_ssl.c:1006)", FIX),
    ("connect", None, "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: Hostname "
     "mismatch, certificate is not valid for 'smtp.example.org'. (_ssl.c:1006)", FIX),
    ("connect", None, "[SSL: WRONG_VERSION_NUMBER] wrong version number (_ssl.c:1006)", FIX),
    ("connect", None, "STARTTLS extension not supported by server.", FIX),
    ("connect", None, "[Errno 111] Connection refused", PAUSE),
    ("connect", None, "[Errno -2] Name or service not known", PAUSE),
    ("connect", None, "timed out", PAUSE),
    ("connect", 421, "4.7.0 Try again later, closing connection. (EHLO)", PAUSE),
    ("connect", 421, "4.3.2 Service not available, closing transmission channel", PAUSE),
    ("connect", 454, "4.7.0 TLS not available due to temporary reason", PAUSE),
    ("connect", 550, "Connection frequency limited", PAUSE),
    ("connect", 554, "IP<203.0.113.9> in blacklist", FIX),
    ("connect", 554, "5.7.1 Service unavailable; Client host [203.0.113.9] blocked using "
     "zen.spamhaus.org", FIX),
    # Signing in
    ("auth", None, "SMTP AUTH extension not supported by server.", FIX),
    ("auth", 535, "5.7.8 Username and Password not accepted. For more information, go to 5.7.8 "
     "https://support.google.com/mail/?p=BadCredentials d2e1a72fcca58 - gsmtp", FIX),
    ("auth", 534, "5.7.9 Application-specific password required. For more information, go to "
     "5.7.9 https://support.google.com/mail/?p=InvalidSecondFactor - gsmtp", FIX),
    ("auth", 535, "Login Fail. Please enter your authorization code to login. More information in "
     "http://service.mail.qq.com/cgi-bin/help?subtype=1&&id=28&&no=1001256", FIX),
    ("auth", 535, "Error: authentication failed", FIX),
    ("auth", 550, "User has no permission", FIX),
    ("auth", 535, "5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for "
     "the Tenant. Visit https://aka.ms/smtp_auth_disabled for more information.", FIX),
    ("auth", 535, "5.7.139 Authentication unsuccessful, basic authentication is disabled.", FIX),
    ("auth", 454, "4.7.0 Too many login attempts, please try again later. - gsmtp", PAUSE),
    ("auth", 454, "4.7.0 Temporary authentication failure: Connection lost to authentication "
     "server", PAUSE),
    ("auth", 535, "Error: login frequency limited", PAUSE),
    # The sender
    ("mail", 530, "5.7.0 Authentication Required. For more information, go to 5.7.0 "
     "https://support.google.com/mail/?p=WantAuthError - gsmtp", FIX),
    ("mail", 530, "5.7.0 Must issue a STARTTLS command first. - gsmtp", FIX),
    ("mail", 530, "5.7.57 Client not authenticated to send mail. Error: 535 5.7.3 Authentication "
     "unsuccessful", FIX),
    ("mail", 553, "Mail from must equal authorized user", FIX),
    ("mail", 501, "Mail from address must be same as authorization user.", FIX),
    ("mail", 553, "5.7.1 <thanks@example.org>: Sender address rejected: not owned by user bo", FIX),
    ("mail", 550, "5.7.30 Basic authentication is not supported for Client Submission.", FIX),
    ("mail", 552, "5.3.4 Message size exceeds fixed limit", FIX),
    ("mail", 421, "4.7.0 Too many messages, try again later", PAUSE),
    ("mail", 452, "4.3.1 Insufficient system storage", RETRY),
    ("mail", 550, "5.4.5 Daily user sending limit exceeded. For more information on Gmail sending "
     "limits go to https://support.google.com/a/answer/166852 - gsmtp", PAUSE),
    ("mail", 454, "Throttling failure: Daily message quota exceeded.", PAUSE),
    ("mail", None, "Connection unexpectedly closed", RETRY),
    # The recipient
    ("rcpt", 550, "5.1.1 The email account that you tried to reach does not exist. Please try "
     "double-checking the recipient's email address for typos or unnecessary spaces. For more "
     "information, go to https://support.google.com/mail/?p=NoSuchUser - gsmtp", BAD),
    ("rcpt", 550, "5.1.1 <ana@example.org>: Recipient address rejected: User unknown in virtual "
     "mailbox table", BAD),
    ("rcpt", 550, "5.2.1 The email account that you tried to reach is inactive. - gsmtp", BAD),
    ("rcpt", 550, "Mailbox not found. http://service.mail.qq.com/cgi-bin/help?subtype=1&&id=20022"
     "&&no=1000728", BAD),
    ("rcpt", 550, "User not found: ana@163.com", BAD),
    ("rcpt", 550, "5.4.1 Recipient address rejected: Access denied. "
     "[BN8NAM11FT042.eop-nam11.prod.protection.outlook.com]", BAD),
    ("rcpt", 550, "5.5.0 Requested action not taken: mailbox unavailable "
     "(S2017062302).", BAD),
    ("rcpt", 554, "delivery error: dd This user doesn't have a yahoo.com account (ana@yahoo.com) "
     "[0] - mta1234.mail.bf1.yahoo.com", BAD),
    ("rcpt", 552, "5.2.2 The email account that you tried to reach is over quota. Please direct "
     "the recipient to https://support.google.com/mail/?p=OverQuotaPerm - gsmtp", BAD),
    ("rcpt", 551, "5.1.6 Recipient no longer on server", BAD),
    ("rcpt", 550, "No such user here", BAD),
    ("rcpt", 450, "4.2.1 The user you are trying to contact is receiving mail at a rate that "
     "prevents additional messages from being delivered. - gsmtp", RETRY),
    ("rcpt", 452, "4.2.2 The email account that you tried to reach is over quota. - gsmtp", RETRY),
    ("rcpt", 450, "4.2.0 <ana@example.org>: Recipient address rejected: Greylisted, see "
     "http://postgrey.schweikert.ch/help/example.org.html", RETRY),
    ("rcpt", 451, "4.7.1 Greylisting in action, please come back in 00:04:59", RETRY),
    ("rcpt", 450, "4.1.2 <ana@example.org>: Recipient address rejected: Domain not found", RETRY),
    ("rcpt", 451, "4.3.0 Temporary lookup failure", RETRY),
    ("rcpt", None, "timed out", RETRY),
    ("rcpt", 421, "4.7.0 Too many recipients", PAUSE),
    ("rcpt", 452, "4.5.3 Too many recipients", PAUSE),
    ("rcpt", 550, "5.7.1 Relaying denied", FIX),
    ("rcpt", 554, "5.7.1 <ana@example.org>: Relay access denied", FIX),
    ("rcpt", 550, "RP:QRC http://service.mail.qq.com/", PAUSE),
    ("rcpt", 550, "RP:DRC the number of recipients today exceeds the limit", PAUSE),
    ("rcpt", 450, "RP:CEL The recipient count exceeds the limit", PAUSE),
    ("rcpt", 550, "5.7.1 Service unavailable, Client host [203.0.113.9] blocked using "
     "Spamhaus", FIX),
    # Before the content
    ("data", None, "Connection unexpectedly closed", RETRY),
    ("data", 451, "4.3.0 Mail server temporarily rejected message", RETRY),
    # The content
    ("content", None, "timed out", UNSURE),
    ("content", None, "Connection unexpectedly closed", UNSURE),
    ("content", 554, "DT:SPM 163 smtp8,DMCowACXvbGq1234567890,please see "
     "http://mail.163.com/help/help_spam_16.htm?ip=203.0.113.9&hostid=smtp8&time=1700000000", FIX),
    ("content", 550, "MI:SFQ 163 smtp1,GdxpCgA3,please see "
     "http://mail.163.com/help/help_spam_16.htm", PAUSE),
    ("content", 451, "MI:SFQ 163 smtp5,please see "
     "http://mail.163.com/help/help_spam_16.htm", PAUSE),
    ("content", 451, "MI:DMC 163 smtp3,please see "
     "http://mail.163.com/help/help_spam_16.htm", PAUSE),
    ("content", 550, "Mail content denied. http://service.mail.qq.com/cgi-bin/help?subtype=1&&id="
     "20022&&no=1000726", FIX),
    ("content", 550, "5.7.26 This mail is unauthenticated, which poses a security risk to the "
     "sender and Gmail users, and has been blocked. - gsmtp", FIX),
    ("content", 550, "5.7.515 Access denied, sending domain example.org doesn't meet the required "
     "authentication level.", FIX),
    ("content", 550, "5.7.1 Message rejected as spam by Content Filtering.", FIX),
    ("content", 550, "5.4.5 Daily sending quota exceeded. - gsmtp", PAUSE),
    ("content", 421, "4.7.28 Our system has detected an unusual rate of unsolicited mail "
     "originating from your IP address. - gsmtp", PAUSE),
    ("content", 550, "5.7.28 Our system has detected an unusual rate of unsolicited mail", PAUSE),
    ("content", 432, "4.3.2 Concurrent connections limit exceeded. Visit "
     "https://aka.ms/concurrent_sending for more information.", PAUSE),
    ("content", 554, "5.2.0 STOREDRV.Submission.Exception:OutboundSpamException; Failed to process "
     "message due to a permanent exception", FIX),
    ("content", 550, "5.7.501 Service unavailable. Spam abuse detected from IP range.", PAUSE),
    ("content", 454, "Throttling failure: Maximum sending rate exceeded.", PAUSE),
    ("content", 554, "Message rejected: Email address is not verified. The following identities "
     "failed the check in region US-EAST-1: thanks@example.org", FIX),
    ("content", 552, "5.2.3 Your message exceeded Google's message size limits.", FIX),
    ("content", 552, "Error: message size exceeds limit", FIX),
    ("content", 450, "4.7.1 Too much mail from your address, try again later", PAUSE),
    ("content", 451, "4.3.0 Error: queue file write error", RETRY),
    ("content", 550, "5.1.1 User unknown", BAD),
]  # fmt: skip


@pytest.mark.parametrize(("phase", "code", "text", "verdict"), ANSWERS)
def test_a_real_answer_means(phase: str, code: int | None, text: str, verdict: Verdict) -> None:
    assert judge(phase, code, text) is verdict


def test_there_are_answers_for_every_step_and_verdict() -> None:
    assert len(ANSWERS) >= 50
    assert {phase for phase, *_ in ANSWERS} == set(PHASES)
    assert {verdict for *_, verdict in ANSWERS} == set(Verdict) - {Verdict.SENT}


@settings(deadline=None)
@given(st.sampled_from(PHASES), st.none() | st.integers(400, 599), st.text())
def test_no_answer_is_ever_taken_for_sent(phase: str, code: int | None, text: str) -> None:
    assert judge(phase, code, text) is not Verdict.SENT


@settings(deadline=None)
@given(st.text())
def test_an_answer_lost_after_the_content_is_never_repeated_as_if_nothing_was(text: str) -> None:
    assert judge("content", None, text) is Verdict.UNSURE


@pytest.mark.parametrize(
    "text",
    [
        "5.4.5 Daily user sending limit exceeded.",
        "Throttling failure: Daily message quota exceeded.",
        "MI:SFQ 163 smtp1, please see http://mail.163.com/help/help_spam_16.htm",
    ],
)
def test_a_days_quota_is_known_from_a_short_pause(text: str) -> None:
    assert is_daily_quota(text)
    assert not is_daily_quota("4.7.0 Try again later, closing connection. (EHLO)")


@pytest.mark.parametrize(
    ("host", "cure"),
    [
        ("smtp.gmail.com", "app password"),
        ("smtp.qq.com", "authorization code"),
        ("smtp.exmail.qq.com", "client password"),
        ("smtp.163.com", "authorization code"),
        ("smtp.126.com", "authorization code"),
        ("smtp.office365.com", "Authenticated SMTP"),
        ("smtp-mail.outlook.com", "Microsoft no longer"),
        ("smtp.mail.yahoo.com", "app password"),
        ("mail.example.org", "user name and password"),
    ],
)
def test_a_refused_sign_in_names_the_providers_own_cure(host: str, cure: str) -> None:
    assert cure in explain_answer(535, "Error: authentication failed", host, "en")


def test_every_refusal_that_a_person_has_to_mend_is_explained_in_both_languages() -> None:
    for _, code, text, verdict in ANSWERS:
        if verdict in (FIX, BAD):
            said = {explain_answer(code, text, "mail.example.org", words) for words in LANGUAGES}
            assert len(said) == 2, text
            assert "" not in said, text
