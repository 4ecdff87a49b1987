"""What the source of a received test mail says about the sender's domain."""

import base64
from collections.abc import Iterator

import dkim
import dns.resolver
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from shared.features.domain_proof.sender_domain import LONGEST_SOURCE, NO_SOURCE, NOT_OURS, prove
from shared.findings import Level
from tests.support.name_server import name_server

OURS = "<0-0123456789abcdef@example.org>"
MAIL = (
    b"From: Thanks <thanks@example.org>\r\nTo: ana@example.net\r\nSubject: Test\r\n"
    b"Message-ID: <0-0123456789abcdef@example.org>\r\n\r\nHello\r\n"
)
SENT = (
    b"Received: from laptop by smtp.example.org with ESMTPSA; Sat, 28 Nov 2026 10:00:00 +0000\r\n"
)
PASSED = "spf=pass smtp.mailfrom=thanks@example.org; dkim=pass header.d=example.org; dmarc=pass"
PASSED += " (p=NONE) header.from=example.org"
GMAIL = (
    "Delivered-To: ana@example.net\r\n"
    "Received: by 2002:a05:6402:1::1 with SMTP id x1; Sat, 28 Nov 2026 02:00:02 -0800 (PST)\r\n"
    "Received: from smtp.example.org (smtp.example.org. [192.0.2.1])\r\n"
    "        by mx.google.com with ESMTPS id y2; Sat, 28 Nov 2026 02:00:01 -0800 (PST)\r\n"
    "Authentication-Results: mx.google.com;\r\n"
)
OUTLOOK = (
    "Received: from AM0PR01.eurprd01.prod.outlook.com by AM1PR01.eurprd01.prod.outlook.com\r\n"
    "Authentication-Results: {}\r\n"
    "Received: from smtp.example.org by AM5.mail.protection.outlook.com\r\n"
)
ICLOUD = (
    "Received: from p1.me.com by p2-icloudmta.icloud.com\r\n"
    "Authentication-Results: dmarc.icloud.com; dmarc=pass header.from=example.org\r\n"
    "Authentication-Results: dkim-verifier.icloud.com; dkim=pass header.d=example.org\r\n"
    "Authentication-Results: spf.icloud.com; spf=pass smtp.mailfrom=thanks@example.org\r\n"
    "Received: from smtp.example.org by p3-icloudmta.icloud.com\r\n"
)
YAHOO = (
    "Authentication-Results: atlas-production.v2-mail-prod1-gq1.omega.yahoo.com; {}\r\n"
    "Received: from 192.0.2.1 (EHLO smtp.example.org) by 10.253.60.234 with SMTPs\r\n"
)


@pytest.fixture(scope="module")
def key() -> tuple[bytes, str]:
    """A private key as PEM, and the record of its public half."""
    secret = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = secret.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    public = secret.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return pem, f"v=DKIM1; k=rsa; p={base64.b64encode(public).decode()}"


@pytest.fixture(scope="module")
def resolver(key: tuple[bytes, str]) -> Iterator[dns.resolver.Resolver]:
    with name_server({"s1._domainkey.example.org": [key[1]]}) as asking:
        yield asking


def signed(mail: bytes, key: tuple[bytes, str], domain: str = "example.org") -> bytes:
    return bytes(dkim.sign(mail, b"s1", domain.encode(), key[0])) + mail


def said(source: bytes | str, resolver: dns.resolver.Resolver) -> list[str]:
    content = source.encode() if isinstance(source, str) else source
    found = prove(content, lambda one: one == OURS, resolver)
    return [f"{finding.level} {finding.said('en')}" for finding in found]


def arrived(trace: str, mail: bytes = SENT + MAIL) -> bytes:
    return trace.encode() + mail


GOOD = [
    "green SPF: {} found that this mail server may send for example.org.",
    "green DKIM: {} found a valid signature of example.org.",
    "green DMARC: {} believes that the mail is from example.org.",
]
UNSIGNED = "amber Checked here: the mail has no DKIM signature."
UNKNOWN_SERVER = (
    "amber No server that certainly received this mail wrote down what it found, so only its "
    "signature could be checked, here."
)


@pytest.mark.parametrize(
    ("trace", "server"),
    [
        (f"{GMAIL}\t{PASSED}\r\n", "mx.google.com"),
        (OUTLOOK.format(PASSED), "am1pr01.eurprd01.prod.outlook.com"),
        (YAHOO.format(PASSED), "atlas-production.v2-mail-prod1-gq1.omega.yahoo.com"),
        # A milter behind Postfix puts its field below Postfix's.
        (
            f"Received: from x by mail.example.net with ESMTP\r\n"
            f"Authentication-Results: mail.example.net; {PASSED}\r\n",
            "mail.example.net",
        ),
        # Hosted elsewhere, but it names itself after the recipient's domain.
        (
            f"Received: from x by mx1.hosting.example with ESMTP\r\n"
            f"Authentication-Results: example.net; {PASSED}\r\n",
            "example.net",
        ),
    ],
)
def test_what_the_receiving_server_found_is_said_in_words(
    resolver: dns.resolver.Resolver, trace: str, server: str
) -> None:
    assert said(arrived(trace), resolver) == [*(line.format(server) for line in GOOD), UNSIGNED]


def test_a_server_that_writes_a_field_for_each_check_is_heard_whole(
    resolver: dns.resolver.Resolver,
) -> None:
    *found, unsigned = said(arrived(ICLOUD), resolver)
    assert found == [line.format("dmarc.icloud.com") for line in GOOD]
    assert unsigned == UNSIGNED


@pytest.mark.parametrize(
    "trace",
    [
        # In the mail before it came to the server that received it, which found nothing.
        f"Received: from x by mx.example.net with ESMTP\r\n"
        f"Authentication-Results: smtp.example.org; {PASSED}\r\n",
        f"Received: from x by mx.example.net with ESMTP\r\n"
        f"Authentication-Results: mx.google.com; {PASSED}\r\n",
        # The name of the receiving server, but below the trace of another one.
        f"Received: from x by mx.example.net with ESMTP\r\n"
        f"Received: from y by relay.example.com with ESMTP\r\n"
        f"Authentication-Results: mx.example.net; {PASSED}\r\n",
        # Microsoft's form, on a server that is not Microsoft's.
        f"Received: from x by mx.example.net with ESMTP\r\nAuthentication-Results: {PASSED}\r\n",
        f"Received: from x by mx.example.net\r\nX-Auth-Results: mx.example.net; {PASSED}\r\n",
        "Received: from x by mx.example.net\r\nAuthentication-Results: mx.example.net; ((\r\n",
    ],
)
def test_what_another_than_the_receiving_server_wrote_is_not_believed(
    resolver: dns.resolver.Resolver, trace: str
) -> None:
    assert said(arrived(trace), resolver) == [UNKNOWN_SERVER, UNSIGNED]


def test_only_the_topmost_server_is_heard(resolver: dns.resolver.Resolver) -> None:
    trace = (
        "Authentication-Results: mx.example.net; spf=fail smtp.mailfrom=example.org\r\n"
        "Received: from x by mx.example.net with ESMTP\r\n"
        f"Authentication-Results: mx.example.net; {PASSED}\r\n"
    )
    assert said(arrived(trace), resolver)[:2] == [
        "amber SPF: example.org does not name this mail server among those that may send for it.",
        "amber DKIM: mx.example.net said nothing about it.",
    ]


@pytest.mark.parametrize(
    ("result", "words"),
    [
        (
            "spf=pass smtp.mailfrom=bounces@mailer.example",
            "amber SPF: this mail server may send for mailer.example, which is not the domain of "
            "the sender, example.org. That proves nothing about the sender; DKIM can.",
        ),
        (
            "spf=softfail smtp.mailfrom=example.org",
            "amber SPF: example.org does not name this mail server among those that may send for "
            "it.",
        ),
        (
            "spf=none smtp.mailfrom=example.org",
            "amber SPF: example.org does not say which servers may send for it.",
        ),
        (
            "spf=temperror smtp.mailfrom=example.org",
            "amber SPF: mx.google.com could not decide it for example.org (it says “temperror”).",
        ),
        # A domain above or below that of the sender is aligned (RFC 7489, 3.1.2).
        (
            "spf=pass smtp.mailfrom=bounce@mail.example.org",
            "green SPF: mx.google.com found that this mail server may send for mail.example.org.",
        ),
    ],
)
def test_spf_is_about_the_senders_domain(
    resolver: dns.resolver.Resolver, result: str, words: str
) -> None:
    assert said(arrived(f"{GMAIL}\t{result}\r\n"), resolver)[0] == words


@pytest.mark.parametrize(
    ("result", "words"),
    [
        (
            "dkim=pass header.i=@mailer.example",
            "amber DKIM: the signature is valid, but mailer.example's, not that of the sender's "
            "domain, example.org. Switch DKIM on for example.org at the provider.",
        ),
        (
            "dkim=pass header.d=mailer.example; dkim=pass header.d=example.org",
            "green DKIM: mx.google.com found a valid signature of example.org.",
        ),
        (
            "dkim=fail header.d=example.org",
            "amber DKIM: mx.google.com found that the signature of example.org is not valid.",
        ),
        (
            "dkim=none (message not signed) header.d=none",
            "amber DKIM: mx.google.com found no signature. Switch it on at the provider.",
        ),
    ],
)
def test_dkim_is_about_the_senders_domain(
    resolver: dns.resolver.Resolver, result: str, words: str
) -> None:
    assert said(arrived(f"{GMAIL}\t{result}\r\n"), resolver)[1] == words


def test_another_ones_spf_does_not_matter_where_dmarc_has_passed(
    resolver: dns.resolver.Resolver,
) -> None:
    result = "spf=pass smtp.mailfrom=x@ses.example; dkim=pass header.d=example.org; dmarc=pass "
    found = said(arrived(f"{GMAIL}\t{result} header.from=example.org\r\n"), resolver)
    assert [line.split()[0] for line in found[:3]] == ["green"] * 3


def test_a_valid_signature_is_checked_here_as_well(
    resolver: dns.resolver.Resolver, key: tuple[bytes, str]
) -> None:
    source = signed(MAIL, key)
    good = "green Checked here: the DKIM signature of example.org is valid."
    assert said(source, resolver) == [UNKNOWN_SERVER, good]
    # As it is pasted: with other ends of its lines, and below an empty one.
    assert said(b"\n\n" + source.replace(b"\r\n", b"\n"), resolver) == [UNKNOWN_SERVER, good]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ((b"Hello", b"Hallo"), "does not fit the mail. Was its source copied whole and unchanged?"),
        ((b"Subject: Test", b"Subject: Rest"), "does not fit the mail"),
        ((b"s=s1", b"s=s2"), "the DNS has no key for the DKIM signature of example.org."),
        ((b"a=rsa-sha256", b"a=md5"), "does not fit the mail"),
    ],
)
def test_a_signature_that_proves_nothing_is_said_to(
    resolver: dns.resolver.Resolver,
    key: tuple[bytes, str],
    change: tuple[bytes, bytes],
    words: str,
) -> None:
    source = signed(MAIL, key)
    assert change[0] in source
    line = said(source.replace(*change), resolver)[1]
    assert line.startswith("amber Checked here:")
    assert words in line


def test_a_signature_whose_key_is_not_answered_for_is_neither_good_nor_bad(
    resolver: dns.resolver.Resolver, key: tuple[bytes, str]
) -> None:
    line = said(signed(MAIL, key, "fail.example"), resolver)[1]
    assert line.startswith("amber Checked here: whether the DKIM signature of fail.example is")


def test_nothing_is_said_about_what_is_none_of_ours(
    resolver: dns.resolver.Resolver, key: tuple[bytes, str]
) -> None:
    other = signed(MAIL.replace(b"<0-", b"<1-"), key)
    assert [one.words for one in prove(other, lambda one: one == OURS, resolver)] == [NOT_OURS]


def test_an_id_that_no_mail_can_have_is_none_of_ours() -> None:
    (found,) = prove(b"Message-ID: <1\0@example.org>\r\n\r\n", lambda one: True)
    assert found.words == NOT_OURS


@pytest.mark.parametrize("source", [b"", b"Dear Ana", b"\0" * 1000, b"x" * (5 << 20)])
def test_what_is_no_mail_is_said_to_be_none(source: bytes) -> None:
    (found,) = prove(source, lambda one: True)
    assert (found.level, found.words) == (Level.RED, NO_SOURCE)


@pytest.mark.parametrize("unit", [b"Received: from x by y\r\n", b" ((((((((", b"by by by;="])
def test_what_is_written_to_be_read_for_long_is_none_of_ours(unit: bytes) -> None:
    head = f"Message-ID: {OURS}\r\nAuthentication-Results: ".encode()
    for size in (250_000, LONGEST_SOURCE - 1000):
        (found,) = prove(head + unit * (size // len(unit)), lambda one: False)
        assert found.words in (NO_SOURCE, NOT_OURS)
