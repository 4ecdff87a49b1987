"""What the sender's domain says in the DNS about who may send for it."""

import socket
import threading
from collections.abc import Iterator

import dns.message
import dns.rcode
import dns.resolver
import dns.rrset
import pytest

from shared.preflight.sender_domain import Answer, SenderDomain, examine_domain

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
    """Asks a name server of this test's own; names under fail.example are an error there."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listening:
        listening.bind(("127.0.0.1", 0))
        threading.Thread(target=_serve_names, args=(listening,), daemon=True).start()
        asking = dns.resolver.Resolver(configure=False)
        asking.nameservers = ["127.0.0.1"]
        asking.port = listening.getsockname()[1]
        yield asking
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as end:
            end.sendto(b"end", ("127.0.0.1", asking.port))


def _serve_names(listening: socket.socket) -> None:
    while (packet := listening.recvfrom(4096))[0] != b"end":
        question = dns.message.from_wire(packet[0])
        name = question.question[0].name
        text = name.to_text(omit_final_dot=True).lower()
        answer = dns.message.make_response(question)
        if text.endswith("fail.example"):
            answer.set_rcode(dns.rcode.SERVFAIL)
        elif text in ZONE:
            quoted = [f'"{record}"' for record in ZONE[text]]
            answer.answer.append(dns.rrset.from_text(name, 60, "IN", "TXT", *quoted))
        else:
            answer.set_rcode(dns.rcode.NXDOMAIN)
        listening.sendto(answer.to_wire(), packet[1])


@pytest.mark.parametrize(
    ("domain", "said"),
    [
        ("good.example", SenderDomain(Answer.GOOD, Answer.GOOD, Answer.GOOD)),
        ("mail.good.example", SenderDomain(Answer.MISSING, Answer.UNKNOWN, Answer.GOOD)),
        ("two.example", SenderDomain(Answer.BROKEN, Answer.UNKNOWN, Answer.BROKEN)),
        ("open.example", SenderDomain(Answer.BROKEN, Answer.UNKNOWN, Answer.MISSING)),
        ("loop.example", SenderDomain(Answer.GOOD, Answer.UNKNOWN, Answer.MISSING)),
        ("many.example", SenderDomain(Answer.BROKEN, Answer.UNKNOWN, Answer.MISSING)),
        ("fail.example", SenderDomain(Answer.UNKNOWN, Answer.UNKNOWN, Answer.UNKNOWN)),
    ],
)
def test_a_domain_says_who_may_send_for_it(
    resolver: dns.resolver.Resolver, domain: str, said: SenderDomain
) -> None:
    assert examine_domain(domain, resolver) == said
