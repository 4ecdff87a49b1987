"""A mail server for tests that says and does what a script tells it, over real sockets."""

import base64
import datetime
import ipaddress
import re
import socket
import socketserver
import ssl
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from enum import Enum
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from shared.storage.models import Security


class Fault(Enum):
    """What the sink does instead of answering."""

    HANG = "hang"
    DROP = "drop"
    # Only after the content: the mail is accepted, the answer never arrives.
    LOSE_THE_ANSWER = "lose"
    # Keeps the mail; of the answer, only the beginning arrives.
    HALF_AN_ANSWER = "half an answer"
    # Only after the content: accepted, but the answer never comes and the line stays open.
    KEEP_AND_HANG = "keep and hang"
    # A character at a time, each soon enough, without an end.
    DRIP = "drip"
    # Line after line of one answer, as fast as they are taken, without an end.
    ENDLESS = "endless"


@dataclass(frozen=True)
class Received:
    sender: str
    recipient: str
    content: bytes
    username: str

    @property
    def message(self) -> EmailMessage:
        message = message_from_bytes(self.content, policy=default)
        assert isinstance(message, EmailMessage)
        return message


@dataclass
class Step:
    """Where a conversation is when the script is asked: before the sink answers."""

    phase: str
    sender: str = ""
    recipient: str = ""
    # Counts from 1 over all conversations.
    mail: int = 0


# None: answer as a friendly server does. A string is the answer, with its code.
Script = Callable[[Step], str | Fault | None]


@dataclass
class SmtpSink:
    """Use as a context manager; `host` and `port` are known from then on."""

    script: Script = lambda step: None
    security: Security = Security.NONE
    # Announce neither STARTTLS nor AUTH, as a man in the middle would.
    stripped: bool = False
    # Whose tokens it takes, by user name and token (XOAUTH2); None: it wants passwords.
    opens: Callable[[str, str], bool] | None = None
    # Addresses in any script (RFC 6531).
    smtputf8: bool = False
    # Several commands at once (RFC 2920).
    pipelining: bool = True
    # Asks for the content of a mail whose recipient it refused, as some that offer PIPELINING do.
    asks_for_nobodys_content: bool = False
    # After a 421 it waits for the client to leave, as Exim does.
    stays_after_421: bool = False
    trusted: ssl.SSLContext | None = None
    host: str = "127.0.0.1"
    port: int = 0
    received: list[Received] = field(default_factory=list)
    # Of mails whose recipient it refused.
    contents_for_nobody: list[bytes] = field(default_factory=list)
    visits: int = 0
    heard: bytearray = field(default_factory=bytearray)
    heard_in_plain: bytearray = field(default_factory=bytearray)
    mails_begun: int = 0
    released: threading.Event = field(default_factory=threading.Event)
    server_tls: ssl.SSLContext | None = None

    def __enter__(self) -> "SmtpSink":
        if self.security is not Security.NONE:
            self.server_tls, self.trusted = make_tls()
        sink = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                sink.visits += 1
                with suppress(OSError, _Hangup), closing(_Conversation(sink, self.request)) as talk:
                    talk.hold()

        class Server(socketserver.ThreadingTCPServer):
            daemon_threads = True
            allow_reuse_address = True
            request_queue_size = 64

        self._server = Server((self.host, self.port), Handler)
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: Any) -> None:
        self.released.set()
        self._server.shutdown()
        self._server.server_close()

    def recipients(self) -> list[str]:
        return [mail.recipient for mail in self.received]

    def message_ids(self) -> list[str]:
        return [str(mail.message["Message-ID"]) for mail in self.received]


# Faults after which the mail is there all the same.
_TAKEN = (Fault.LOSE_THE_ANSWER, Fault.KEEP_AND_HANG, Fault.HALF_AN_ANSWER)


class _Hangup(Exception):
    pass


class _Conversation:
    def __init__(self, sink: SmtpSink, connection: socket.socket) -> None:
        self.sink = sink
        self.connection = connection
        # Answers to commands that came together are written one by one.
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.is_encrypted = False
        self.username = ""
        self.step = Step("connect")

    def hold(self) -> None:  # noqa: C901, PLR0912 - a line for each command of the protocol
        if self.sink.security is Security.TLS:
            self.encrypt()
        else:
            self.listen()
        self.say("connect", "220 sink ready")
        while line := self.hear():
            word = line[:4].upper()
            if word == "QUIT":
                self.say("quit", "221 bye")
                return None
            if word == "RSET":
                self.send("250 ok")
            elif word in ("EHLO", "HELO"):
                self.say("ehlo", self.greeting())
            elif word == "STAR":
                self.start_tls()
            elif word == "AUTH":
                self.sign_in(line)
            elif word == "MAIL":
                self.sink.mails_begun += 1
                self.step.mail = self.sink.mails_begun
                self.step.sender, self.step.recipient = _address(line), ""
                if not self.say("mail", "250 sender ok"):
                    self.step.sender = ""
            elif word == "RCPT" and self.has("sender"):
                self.step.recipient = _address(line)
                if not self.say("rcpt", "250 recipient ok"):
                    self.step.recipient = ""
            elif word == "DATA" and self.has("recipient") and self.say("data", "354 go ahead"):
                self.take_content()
        return None

    def has(self, part: str) -> bool:
        if getattr(self.step, part) or (part == "recipient" and self.sink.asks_for_nobodys_content):
            return True
        self.send(f"503 5.5.1 no valid {part}")
        return False

    def close(self) -> None:
        self.connection.close()

    def listen(self) -> None:
        self.lines = self.connection.makefile("rb")

    def encrypt(self) -> None:
        assert self.sink.server_tls is not None
        self.connection = self.sink.server_tls.wrap_socket(self.connection, server_side=True)
        self.is_encrypted = True
        self.listen()

    def hear(self) -> str:
        line = self.lines.readline()
        self.sink.heard += line
        if not self.is_encrypted:
            self.sink.heard_in_plain += line
        return str(line.decode("utf-8", "replace")).rstrip("\r\n")

    def send(self, answer: str) -> None:
        self.connection.sendall(answer.encode() + b"\r\n")

    def say(self, phase: str, friendly: str) -> bool:
        """Answer as the script wants; True when the answer says yes."""
        self.step.phase = phase
        wanted = self.sink.script(self.step)
        if isinstance(wanted, Fault):
            self.misbehave(wanted)
        answer = friendly if wanted is None else wanted
        self.send(answer)
        self.leave_after(answer)
        return re.match(r"[23]\d\d", answer) is not None

    def leave_after(self, answer: str | None) -> None:
        if str(answer).startswith("421") and not self.sink.stays_after_421:
            raise _Hangup

    def misbehave(self, fault: Fault) -> None:
        if fault in (Fault.HANG, Fault.KEEP_AND_HANG):
            self.sink.released.wait(60)
        if fault is Fault.DRIP:
            while not self.sink.released.wait(0.05):
                self.connection.sendall(b"2")
        while fault is Fault.ENDLESS:
            self.connection.sendall(b"250-sink offers this as well\r\n" * 1000)
        if fault is Fault.HALF_AN_ANSWER:
            self.connection.sendall(b"25")
        # A listener's file object would keep the line open.
        self.connection.shutdown(socket.SHUT_RDWR)
        raise _Hangup

    def greeting(self) -> str:
        offers = ["sink", "SIZE 10000000"]
        if self.sink.pipelining:
            offers.append("PIPELINING")
        if self.sink.smtputf8:
            offers += ["8BITMIME", "SMTPUTF8"]
        if not self.sink.stripped:
            if self.sink.security is Security.STARTTLS and not self.is_encrypted:
                offers.append("STARTTLS")
            offers.append("AUTH XOAUTH2" if self.sink.opens else "AUTH PLAIN LOGIN")
        return "\r\n".join([f"250-{offer}" for offer in offers[:-1]] + [f"250 {offers[-1]}"])

    def start_tls(self) -> None:
        if self.say("starttls", "220 go ahead"):
            self.encrypt()

    def sign_in(self, line: str) -> None:
        if self.sink.opens and not self.takes_token(line, self.sink.opens):
            self.send("535 5.7.3 Authentication unsuccessful")
            return
        if line.upper().startswith("AUTH PLAIN "):
            self.username = base64.b64decode(line.split()[2]).split(b"\0")[1].decode()
        self.say("auth", "235 welcome")

    def takes_token(self, line: str, opens: Callable[[str, str], bool]) -> bool:
        """Of a token that is not taken it says why in a challenge, and waits for an empty line."""
        _, _, sent = (line.upper().startswith("AUTH XOAUTH2 ") and line.split()) or ("", "", "")
        said = base64.b64decode(sent).decode().split("\1")
        self.username = said[0].removeprefix("user=")
        token = "".join(said[1:2]).removeprefix("auth=Bearer ")
        if opens(self.username, token):
            return True
        self.send("334 " + base64.b64encode(b'{"status":"401"}').decode())
        assert self.hear() == ""
        return False

    def take_content(self) -> None:
        content = bytearray()
        while (line := self.lines.readline()) not in (b".\r\n", b""):
            content += line[1:] if line.startswith(b".") else line
        if not line:
            return
        if not self.step.recipient:
            self.sink.contents_for_nobody.append(bytes(content))
            self.send("554 5.5.1 no valid recipients")
            return
        self.step.phase = "content"
        wanted = self.sink.script(self.step)
        if wanted in (None, *_TAKEN) or str(wanted)[0] == "2":
            self.sink.received.append(
                Received(self.step.sender, self.step.recipient, bytes(content), self.username)
            )
        if isinstance(wanted, Fault):
            self.misbehave(wanted)
        self.send(wanted or "250 2.0.0 ok")
        self.leave_after(wanted)


def _address(line: str) -> str:
    return line.partition("<")[2].partition(">")[0]


def answering(phase: str, answer: str | Fault) -> Script:
    """Friendly, but for one phase."""
    return lambda step: answer if step.phase == phase else None


def carrying(most: int, answer: str, phase: str = "mail") -> Script:
    """`most` mails a connection; for each one more the answer is `answer`."""
    begun: dict[int, int] = {}

    def script(step: Step) -> str | None:
        # Each conversation has a step of its own, and a step's place in memory may be given again.
        if step.phase == "connect":
            begun[id(step)] = 0
        begun[id(step)] += step.phase == "mail"
        return answer if step.phase == phase and begun[id(step)] > most else None

    return script


@contextmanager
def friendly_sink(**settings: Any) -> Iterator[SmtpSink]:
    with SmtpSink(**settings) as sink:
        yield sink


def make_tls() -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A self-signed certificate: the server's side, and a client that trusts it."""
    certificate, secret = self_signed()
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.TemporaryDirectory() as folder:
        both = Path(folder) / "both.pem"
        both.write_bytes(certificate + secret)
        server.load_cert_chain(both)
    return server, ssl.create_default_context(cadata=certificate.decode())


def trust(sink: SmtpSink, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this process take the sink's certificate for a good one."""
    # OpenSSL reads it whenever a context is made.
    monkeypatch.setenv("SSL_CERT_FILE", str(trust_in(sink, folder)))


def trust_in(sink: SmtpSink, folder: Path) -> Path:
    """A file in `folder` with the authority that vouches for the sink."""
    assert sink.trusted is not None
    authority = folder / "authority.pem"
    # Behind those that are trusted already.
    with authority.open("a") as file:
        file.write(ssl.DER_cert_to_PEM_cert(sink.trusted.get_ca_certs(binary_form=True)[0]))
    return authority


def self_signed(*further: str) -> tuple[bytes, bytes]:
    """A certificate for this machine, and `further` names, and its key, both PEM."""
    key = ec.generate_private_key(ec.SECP256R1())
    serial = x509.random_serial_number()
    # Each its own: OpenSSL looks an authority up by its name.
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"sink {serial}")])
    moment = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(serial)
        .not_valid_before(moment - datetime.timedelta(days=1))
        .not_valid_after(moment + datetime.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName(
                [
                    x509.IPAddress(ipaddress.ip_address("127.0.0.1")),
                    *map(x509.DNSName, ("localhost", *further)),
                ]
            ),
            critical=False,
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return certificate.public_bytes(serialization.Encoding.PEM), secret
