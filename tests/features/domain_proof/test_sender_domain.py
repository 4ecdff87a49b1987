"""What the sender's domain says in the DNS about who may send for it."""

from collections.abc import Iterator

import dns.resolver
import pytest

from shared.features.domain_proof.sender_domain import (
    Answer,
    examine_domain,
    records_to_copy,
)
from tests.support.name_server import name_server

ZONE = {
    "good.example": ["v=spf1 include:_spf.good.example -all", "site-verification=x"],
    "_spf.good.example": ["v=spf1 ip4:192.0.2.0/24 ~all"],
    "_dmarc.good.example": ["v=DMARC1; p=quarantine"],
    "s1._domainkey.good.example": ["v=DKIM1; k=rsa; p=MIIB"],
    "two.example": ["v=spf1 -all", "v=spf1 ~all"],
    "_dmarc.two.example": ["v=DMARC1; p=maybe"],
    "default._domainkey.two.example": ["v=DKIM1; p="],
    "open.example": ["v=spf1 +all"],
    "loop.example": ["v=spf1 include:loop.example -all"],
    "many.example": ["v=spf1 " + " ".join(f"include:i{n}.example" for n in range(11))],
    **{f"i{n}.example": ["v=spf1 -all"] for n in range(11)},
}


@pytest.fixture(scope="module")
def resolver() -> Iterator[dns.resolver.Resolver]:
    with name_server(ZONE) as asking:
        yield asking


@pytest.mark.parametrize(
    ("domain", "said"),
    [
        ("good.example", (Answer.GOOD, Answer.GOOD, Answer.GOOD)),
        ("mail.good.example", (Answer.MISSING, Answer.UNKNOWN, Answer.GOOD)),
        ("two.example", (Answer.BROKEN, Answer.UNKNOWN, Answer.BROKEN)),
        ("open.example", (Answer.BROKEN, Answer.UNKNOWN, Answer.MISSING)),
        ("loop.example", (Answer.GOOD, Answer.UNKNOWN, Answer.MISSING)),
        ("many.example", (Answer.BROKEN, Answer.UNKNOWN, Answer.MISSING)),
        ("fail.example", (Answer.UNKNOWN, Answer.UNKNOWN, Answer.UNKNOWN)),
    ],
)
def test_a_domain_says_who_may_send_for_it(
    resolver: dns.resolver.Resolver, domain: str, said: tuple[Answer, ...]
) -> None:
    assert examine_domain(domain, resolver) == dict(
        zip(("SPF", "DKIM", "DMARC"), said, strict=True)
    )


@pytest.mark.parametrize(
    ("domain", "host", "values"),
    [
        ("x.org", "smtp.gmail.com", ["v=spf1 include:_spf.google.com ~all", "v=DMARC1; p=none"]),
        (
            "x.org",
            "smtp.exmail.qq.com",
            ["v=spf1 include:spf.mail.qq.com ~all", "v=DMARC1; p=none"],
        ),
        # The envelope bears the service's own domain.
        ("x.org", "email-smtp.eu-west-1.amazonaws.com", ["v=DMARC1; p=none"]),
        ("x.org", "notgmail.com", ["v=DMARC1; p=none"]),
        ("gmail.com", "smtp.gmail.com", []),
        ("localhost", "smtp.gmail.com", []),
    ],
)
def test_what_to_enter_depends_on_the_service(domain: str, host: str, values: list[str]) -> None:
    assert [record.value for record in records_to_copy(domain, host)] == values
