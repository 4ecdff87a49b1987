"""A name server that knows a few TXT records."""

import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import dns.message
import dns.rcode
import dns.resolver
import dns.rrset


@contextmanager
def name_server(zone: Mapping[str, list[str]]) -> Iterator[dns.resolver.Resolver]:
    """A resolver that asks it alone; names under fail.example are an error there."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listening:
        listening.bind(("127.0.0.1", 0))
        threading.Thread(target=_serve, args=(listening, zone), daemon=True).start()
        asking = dns.resolver.Resolver(configure=False)
        asking.nameservers = ["127.0.0.1"]
        asking.port = listening.getsockname()[1]
        yield asking
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as end:
            end.sendto(b"end", ("127.0.0.1", asking.port))


def _serve(listening: socket.socket, zone: Mapping[str, list[str]]) -> None:
    while (packet := listening.recvfrom(4096))[0] != b"end":
        question = dns.message.from_wire(packet[0])
        name = question.question[0].name
        text = name.to_text(omit_final_dot=True).lower()
        answer = dns.message.make_response(question)
        if text.endswith("fail.example"):
            answer.set_rcode(dns.rcode.SERVFAIL)
        elif text in zone:
            # A string of a record has at most 255 characters (RFC 1035, 3.3).
            quoted = [
                " ".join(f'"{record[at : at + 255]}"' for at in range(0, len(record), 255))
                for record in zone[text]
            ]
            answer.answer.append(dns.rrset.from_text(name, 60, "IN", "TXT", *quoted))
        else:
            answer.set_rcode(dns.rcode.NXDOMAIN)
        listening.sendto(answer.to_wire(), packet[1])
