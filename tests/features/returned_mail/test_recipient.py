"""A report flags a person only if it says itself that the address takes no mail."""

import pytest

from shared.features.returned_mail.recipient import BounceVerdict, DeliveryAction, ReportedRecipient

UNKNOWN, MOVED, DISABLED, NO_HOST = "unknown", "moved", "disabled", "no such host"
FULL, LATE, SENDER, CONTENT, NETWORK, RATE, SERVER, SILENT = (
    "full", "late", "sender", "content", "network", "rate", "server", "says nothing"
)  # fmt: skip
HARD = {UNKNOWN, MOVED, DISABLED, NO_HOST}

# The status of the report, what its server said, and whom that blames.
SAID = [
    ("5.1.1", "550 5.1.1 <ana@example.net>: Recipient address rejected: User unknown", UNKNOWN),
    ("5.0.0", "550 No such user here", UNKNOWN),
    ("5.0.0", "550 Unknown user ana@example.net", UNKNOWN),
    ("", "The email account that you tried to reach does not exist.", UNKNOWN),
    ("5.7.1", "550 5.7.1 <ana@example.net>... User unknown; rejecting", UNKNOWN),
    ("5.5.0", "550 5.5.0 Requested action not taken: mailbox unavailable", UNKNOWN),
    ("5.4.1", "550 5.4.1 Recipient address rejected: Access denied.", UNKNOWN),
    ("5.1.10", "", UNKNOWN),
    ("5.1.3", "Bad destination mailbox address syntax", UNKNOWN),
    ("", "收件人不存在", UNKNOWN),
    ("", "550 无此用户", UNKNOWN),
    ("5.0.0", "", SILENT),
    ("", "550 5.0.0 Rejected", SILENT),
    ("5.4.1", "550 5.4.1 no answer from host", SILENT),
    ("5.1.6", "551 5.1.6 user has moved to another address", MOVED),
    ("5.0.0", "551 ana@example.net is no longer with us, she has moved", MOVED),
    ("5.2.1", "550 5.2.1 The email account that you tried to reach is inactive.", DISABLED),
    ("5.0.0", "554 delivery error: This account has been disabled or discontinued", DISABLED),
    ("", "该帐号已停用", DISABLED),
    ("5.1.2", "Bad destination system address", NO_HOST),
    ("5.4.4", "Host or domain name not found. Name service error for name=example.net", NO_HOST),
    ("", "550 Host unknown (Authoritative answer from name server)", NO_HOST),
    ("5.2.2", "552 5.2.2 Mailbox is over quota", FULL),
    ("5.1.1", "552 sorry, mailbox ana@example.net is over quota (#5.1.1)", FULL),
    ("5.2.2", "552-5.2.2 The recipient's inbox is out of storage space and inactive.", FULL),
    ("", "对方邮箱已满", FULL),
    ("", "收件人邮箱空间不足", FULL),
    ("4.4.7", "550 4.4.7 QUEUE.Expired; message expired", LATE),
    ("5.4.300", "550 5.4.300 Message expired -> 451 4.4.1 Connection timed out", LATE),
    ("4.1.1", "450 4.1.1 Recipient address rejected: unverified address", LATE),
    ("5.1.8", "553 5.1.8 Sender address: domain of sender does not exist", SENDER),
    ("5.1.7", "550 5.1.7 No such domain example.org", SENDER),
    ("5.1.1", "550 5.1.1 Sender verify failed", SENDER),
    ("5.7.26", "550 5.7.26 This mail is unauthenticated: DMARC", SENDER),
    ("5.0.0", "550 Unroutable sender address", SENDER),
    ("5.0.0", "501 5.0.0 Invalid domain name in HELO", SENDER),
    ("5.7.1", "550 5.7.1 Unable to relay", SENDER),
    ("5.1.1", "554 5.7.1 Message refused as spam", CONTENT),
    ("5.0.0", "554 DT:SPM content denied", CONTENT),
    ("", "邮件内容被识别为垃圾邮件，拒收", CONTENT),
    ("5.1.1", "550 5.7.1 IP address blacklisted by recipient", NETWORK),
    ("5.1.3", "553 https://www.spamhaus.org/query/bl?ip=192.0.2.222", NETWORK),
    ("", "571 No PTR record found. Reverse DNS required: 192.0.2.22", NETWORK),
    ("5.0.0", "554 Host network not allowed", NETWORK),
    ("", "550 Access denied", NETWORK),
    ("5.1.1", "550 5.1.1 192.0.2.2 has sent to too many recipients this hour", RATE),
    ("", "550 MI:FRQ frequency limited", RATE),
    ("5.4.4", "Name service error for name=example.net: Malformed or unexpected reply", SERVER),
    ("5.0.0", "554 Service currently unavailable", SERVER),
    ("5.5.0", "503 Improper sequence of commands", SERVER),
    ("5.1.1", "procmail: Couldn't create /var/spool/mail/ana; no such user", SERVER),
]  # fmt: skip


@pytest.mark.parametrize(("status", "said", "blamed"), SAID)
def test_a_person_is_flagged_only_for_an_explicit_word_about_the_address(
    status: str, said: str, blamed: str
):
    told = ReportedRecipient(DeliveryAction.FAILED, "ana@example.net", "", status, said)
    expected = BounceVerdict.HARD if blamed in HARD else BounceVerdict.SOFT
    assert told.verdict() is expected


def test_what_an_address_is_called_is_no_word_about_it():
    for address in ("spam@example.net", "blocked@example.net", "unknown-user@example.net"):
        said = ReportedRecipient(
            DeliveryAction.FAILED, address, "", "5.1.1", f"550 5.1.1 <{address}>"
        )
        assert said.verdict() is BounceVerdict.HARD
        said = ReportedRecipient(
            DeliveryAction.FAILED, address, "", "5.0.0", f"550 <{address}> rejected"
        )
        assert said.verdict() is BounceVerdict.SOFT


@pytest.mark.parametrize(
    ("address", "said", "is_dead"),
    [
        ("ana@example.net", "550 5.1.1 <thanks@example.org>: user unknown", False),
        ("ana@example.net", "550 5.1.1 example.org does not exist", False),
        ("ana@example.net", "550 5.1.1 <ana@example.net>: user unknown", True),
        # Of a colleague, the domain is both ours and theirs.
        ("ana@example.org", "550 5.1.1 no such user at example.org", True),
        ("ana@example.org", "550 5.1.1 <thanks@example.org>: user unknown", False),
        # One writes to oneself.
        ("thanks@example.org", "550 5.1.1 <thanks@example.org>: user unknown", True),
    ],
)
def test_words_about_our_own_address_or_domain_flag_nobody(address: str, said: str, is_dead: bool):
    told = ReportedRecipient(
        DeliveryAction.FAILED, address, "", "5.1.1", said, "thanks@example.org"
    )
    assert (told.verdict() is BounceVerdict.HARD) is is_dead
