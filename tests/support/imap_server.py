"""A small IMAP server (RFC 3501, 6851) with one mailbox, over real sockets and TLS."""

import base64
import re
import socket
import socketserver
import ssl
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.support.lying_server import Lie
from tests.support.smtp_sink import self_signed


@dataclass
class ImapServer:
    """Use as a context manager. `folders` holds mails by their UIDs; `heard` every command."""

    user: str = "thanks@example.org"
    password: str = "the mailbox's own password"
    # Whose tokens it takes, by user name and token (XOAUTH2).
    opens: Callable[[str, str], bool] = lambda user, token: False
    greeting: str = "* OK ready"
    capabilities: str = "IMAP4rev1 MOVE ID"
    validity: int | str = 7
    folders: dict[str, dict[int, bytes]] = field(default_factory=lambda: {"INBOX": {}, "Read": {}})
    heard: list[str] = field(default_factory=list)
    # Sends mails whole, however little of them was asked for.
    is_lavish: bool = False
    sessions: int = 0
    # What is closed without an answer.
    broken: str = ""
    # The UIDs at which it closes the connection in the middle of an answer.
    undeliverable: set[int] = field(default_factory=set)
    # With which lie a command with this word is answered, and the greeting if there is none.
    lie: Lie | None = None
    lies_at: str = ""
    over: threading.Event = field(default_factory=threading.Event)
    port: int = 0
    certificate: bytes = b""

    def __enter__(self) -> "ImapServer":
        self.certificate, secret = self_signed()
        self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._load(self.certificate + secret)
        server = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                server.sessions += 1
                with suppress(OSError, _Goodbye), server.encrypted(self.request) as connection:
                    _Conversation(server, connection).hold()

        class Server(socketserver.ThreadingTCPServer):
            daemon_threads = True
            allow_reuse_address = True

        self._server = Server(("127.0.0.1", 0), Handler)
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def _load(self, both: bytes) -> None:
        with tempfile.NamedTemporaryFile() as file:
            file.write(both)
            file.flush()
            self._tls.load_cert_chain(file.name)

    def __exit__(self, *_: Any) -> None:
        self.over.set()
        self._server.shutdown()
        self._server.server_close()

    def encrypted(self, connection: socket.socket) -> ssl.SSLSocket:
        return self._tls.wrap_socket(connection, server_side=True)

    def put(self, *mails: bytes) -> None:
        inbox = self.folders["INBOX"]
        for mail in mails:
            inbox[max(inbox, default=0) + 1] = mail

    def said(self, word: str) -> list[str]:
        return [line for line in self.heard if word in line]


class _Goodbye(Exception):
    pass


class _Conversation:
    def __init__(self, server: ImapServer, connection: ssl.SSLSocket) -> None:
        self.server, self.connection = server, connection
        self.lines = connection.makefile("rb", buffering=0)
        self.folder: dict[int, bytes] = {}

    def hold(self) -> None:
        self.lie_at("")
        self.send(self.server.greeting)
        while line := self.lines.readline().decode().rstrip("\r\n"):
            tag, _, command = line.partition(" ")
            self.server.heard.append(command)
            if self.server.broken and self.server.broken in command:
                raise _Goodbye
            self.lie_at(command)
            word = command.partition(" ")[0].lower()
            answer = getattr(self, f"do_{word}", self.do_anything)(command)
            self.send(f"{tag} {answer}")
            if word == "logout":
                raise _Goodbye

    def lie_at(self, command: str) -> None:
        lie, at = self.server.lie, self.server.lies_at
        if lie and (at in command if at else not command):
            lie(self.connection.sendall, self.server.over)
            raise _Goodbye

    def send(self, line: str) -> None:
        self.connection.sendall(line.encode() + b"\r\n")

    def do_anything(self, command: str) -> str:
        return "BAD unknown"

    def do_capability(self, command: str) -> str:
        self.send(f"* CAPABILITY {self.server.capabilities}")
        return "OK done"

    def do_id(self, command: str) -> str:
        self.send('* ID ("name" "tests")')
        return "OK done"

    def do_login(self, command: str) -> str:
        given = re.findall(r'"((?:[^"\\]|\\.)*)"', command)
        right = given == [self.server.user, self.server.password]
        return "OK welcome" if right else "NO [AUTHENTICATIONFAILED] wrong password"

    def do_authenticate(self, command: str) -> str:
        self.send("+ ")
        said = base64.b64decode(self.lines.readline()).decode().split("\1")
        user, token = said[0].removeprefix("user="), said[1].removeprefix("auth=Bearer ")
        if self.server.opens(user, token):
            return "OK welcome"
        self.send("+ " + base64.b64encode(b'{"status":"401"}').decode())
        self.lines.readline()
        return "NO AUTHENTICATE failed."

    def do_logout(self, command: str) -> str:
        self.send("* BYE")
        return "OK done"

    def do_select(self, command: str) -> str:
        name = command.partition(" ")[2].strip('"')
        if name not in self.server.folders:
            return "NO no such folder"
        self.folder = self.server.folders[name]
        self.send(f"* {len(self.folder)} EXISTS")
        self.send(f"* OK [UIDVALIDITY {self.server.validity}] valid")
        return "OK done"

    do_examine = do_select

    def do_uid(self, command: str) -> str:
        _, word, rest = command.split(" ", 2)
        return {"SEARCH": self.search, "FETCH": self.fetch, "MOVE": self.move}[word.upper()](rest)

    def search(self, rest: str) -> str:
        found = sorted(self.folder)
        if wanted := re.search(r"UID (\d+):\*", rest):
            # As RFC 3501 wants it: the last one is there whatever its number is.
            last = found[-1:]
            found = sorted({*(uid for uid in found if uid >= int(wanted[1])), *last})
        if wanted := re.search(r'HEADER Message-ID "(.+?)"', rest):
            found = [uid for uid in found if wanted[1].encode() in self.folder[uid]]
        self.send(f"* SEARCH {' '.join(map(str, found))}")
        return "OK done"

    def fetch(self, rest: str) -> str:
        numbers, _, what = rest.partition(" ")
        limit = int((re.search(r"<0\.(\d+)>", what) or [0, "0"])[1])
        for place, uid in enumerate(map(int, numbers.split(",")), start=1):
            if uid in self.server.undeliverable:
                raise _Goodbye
            if uid in self.folder:
                self.send_part(place, uid, what, limit)
        return "OK done"

    def send_part(self, place: int, uid: int, what: str, limit: int) -> None:
        content = self.folder[uid]
        if "HEADER" in what:
            content = content.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
        if limit and not self.server.is_lavish:
            content = content[:limit]
        head = f"* {place} FETCH (UID {uid} BODY[] {{{len(content)}}}\r\n"
        self.connection.sendall(head.encode() + content + b")\r\n")

    def move(self, rest: str) -> str:
        numbers, _, name = rest.partition(" ")
        folder = self.server.folders.get(name.strip('"'))
        if folder is None:
            return "NO [TRYCREATE] no such folder"
        for uid in map(int, numbers.split(",")):
            folder[max(folder, default=0) + 1] = self.folder.pop(uid)
        return "OK done"


def trust(server: ImapServer, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this process take the server's certificate for a good one."""
    authority = folder / "imap.pem"
    authority.write_bytes(server.certificate)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority))
