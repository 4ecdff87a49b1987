"""Microsoft Graph as its public description tells it, for one mailbox, over real sockets.

POST /me/sendMail with MIME in base64 (“Send MIME content”), GET /me, the inbox in pages, and a
message in MIME (“Get MIME content of a message”). It keeps what it was given, drops the headers
that the real one drops, and throttles, fails and cuts connections as a script says. The mailbox may
be one that several people share (“Send Outlook messages from another user”).
"""

import base64
import binascii
import json
import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from enum import Enum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from tests.support.bounce_reports import EXCHANGE_UNKNOWN, Original

MAX_REQUEST = 4 * 1024 * 1024
AT_ONCE = 4
TOKEN = "access-token-of-the-tests"
ADDRESS = "thanks@example.org"


class Cut(Enum):
    """Where the connection ends instead of an answer."""

    BEFORE_THE_BODY = "before"
    # The message is lost with it, or kept all the same.
    AFTER_THE_BODY = "after"
    LOSE_THE_ANSWER = "lose"
    HANG = "hang"


@dataclass(frozen=True)
class Refusal:
    """An answer with an error, as Graph words them; `keeps` what it refuses all the same."""

    status: int
    code: str = ""
    message: str = "No."
    headers: dict[str, str] = field(default_factory=dict)
    keeps: bool = False


@dataclass
class Signed:
    """Gives `first`, and `second` where that is refused."""

    first: str = TOKEN
    second: str = TOKEN
    renewals: int = 0

    def __call__(self, refused: str) -> str:
        self.renewals += bool(refused)
        return self.second if refused else self.first


@dataclass
class Shared:
    """The mailbox, where it is no one's own, and what Exchange allows who has signed in."""

    address: str
    # Whether a token gives this permission of Graph's.
    permits: Callable[[str, str], bool]
    full_access: bool = True
    send_as: bool = True


# Of a request: its method and path. None: answer as Graph does when all is well.
Script = Callable[[str], Refusal | Cut | None]


@dataclass(frozen=True)
class Taken:
    """A message as Graph got it, and as it left for its recipients."""

    content: bytes
    left: EmailMessage

    @property
    def recipients(self) -> list[str]:
        return [one.addr_spec for one in self.left["To"].addresses]


@dataclass
class GraphDouble:
    """Use as a context manager; `site` and `url` are known from then on."""

    script: Script = lambda request: None
    # Whether it takes this token.
    opens: Callable[[str], bool] = lambda token: token == TOKEN
    shared: Shared | None = None
    # Called when a 202 is on its way, with how many there were.
    answered: Callable[[int], None] = lambda count: None
    # What a 202 says beside.
    accepted_headers: dict[str, str] = field(default_factory=dict)
    renames_ids: bool = False
    keeps_the_old_id: bool = True
    # Nobody has these: a report comes back.
    unknown: set[str] = field(default_factory=set)
    page: int = 50
    # Exchange keeps none of some mails that it wrote itself.
    has_headers: bool = True
    taken: list[Taken] = field(default_factory=list)
    inbox: list[tuple[str, datetime, bytes]] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    connections: int = 0
    most_at_once: int = 0
    host: str = "127.0.0.1"
    port: int = 0
    released: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _now: int = 0

    def __enter__(self) -> "GraphDouble":
        double = self

        class Handler(_Conversation):
            graph = double

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 64

        self._server = Server((self.host, 0), Handler)
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: Any) -> None:
        self.released.set()
        self._server.shutdown()
        self._server.server_close()

    @property
    def site(self) -> str:
        """What GRAPH_URL names."""
        return f"http://{self.host}:{self.port}"

    @property
    def url(self) -> str:
        return f"{self.site}/v1.0"

    def recipients(self) -> list[str]:
        return [address for one in self.taken for address in one.recipients]

    def message_ids(self) -> list[str]:
        return [str(message_from_bytes(one.content)["Message-ID"]) for one in self.taken]

    def receive(self, content: bytes, ago: timedelta = timedelta(0)) -> None:
        """A mail arrives in the inbox."""
        with self._lock:
            number = len(self.inbox) + 1
            self.inbox.append((f"AAMk-{number}=", datetime.now(UTC) - ago, content))

    def take(self, content: bytes) -> None:
        left = self._as_it_leaves(content)
        taken = Taken(content, left)
        with self._lock:
            self.taken.append(taken)
        for recipient in set(taken.recipients) & self.unknown:
            self.receive(_report(left, recipient))

    def _as_it_leaves(self, content: bytes) -> EmailMessage:
        left = message_from_bytes(content, policy=SMTP)
        assert isinstance(left, EmailMessage)
        # msgraph-sdk-dotnet#2209 and microsoft-graph-docs-contrib#424 saw these lost.
        for name in [name for name in left if re.match(r"x-|auto-submitted", name, re.I)]:
            del left[name]
        if self.renames_ids:
            old = left["Message-ID"]
            del left["Message-ID"]
            left["Message-ID"] = f"<AS8P{len(self.taken):06d}@AS8P.eurprd01.prod.outlook.com>"
            if self.keeps_the_old_id:
                left["X-Microsoft-Original-Message-ID"] = old
        return left

    @contextmanager
    def one_more(self) -> Iterator[bool]:
        """Whether there is room for one more request at the same time."""
        with self._lock:
            self._now += 1
            self.most_at_once = max(self.most_at_once, self._now)
            fits = self._now <= AT_ONCE
        try:
            yield fits
        finally:
            with self._lock:
                self._now -= 1


def _report(left: EmailMessage, recipient: str) -> bytes:
    """What Exchange says of a message to an address that nobody has."""
    ids = str(left["Message-ID"])
    if old := left["X-Microsoft-Original-Message-ID"]:
        ids = f"{ids}\nX-Microsoft-Original-Message-ID: {old}"
    report = EXCHANGE_UNKNOWN(Original(ids, recipient, ADDRESS))
    today = f"Date: {format_datetime(datetime.now(UTC))}".encode()
    return re.sub(rb"^Date: [^\r]+", today, report, flags=re.M)


class _Conversation(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    graph: GraphDouble

    def log_message(self, *_: Any) -> None:
        """Nobody reads it."""

    def setup(self) -> None:
        super().setup()
        self.graph.connections += 1

    def handle(self) -> None:
        # Programs are killed in the middle of a conversation.
        with suppress(ConnectionError):
            super().handle()

    def do_POST(self) -> None:
        with self.graph.one_more() as fits:
            self.answer(fits, self.send_mail)

    def do_GET(self) -> None:
        with self.graph.one_more() as fits:
            self.answer(fits, self.look)

    def answer(self, fits: bool, friendly: Callable[[], None]) -> None:
        asked = f"{self.command} {self.path.removeprefix('/v1.0')}"
        self.graph.requests.append(asked)
        wanted = self.graph.script(asked)
        if wanted is Cut.BEFORE_THE_BODY:
            self.cut()
            return
        length = int(self.headers.get("Content-Length", 0))
        self.body = self.rfile.read(length)
        if len(self.body) < length:
            self.cut()
        elif length > MAX_REQUEST:
            self.refuse(Refusal(413, "", "<html>Request Entity Too Large</html>"))
        elif not fits:
            self.refuse(Refusal(429, "ApplicationThrottled", "MailboxConcurrency limit"))
        elif isinstance(wanted, Cut):
            self.misbehave(wanted)
        elif not self.graph.opens(self.token):
            words = "Lifetime validation failed, the token is expired."
            self.refuse(Refusal(401, "InvalidAuthenticationToken", words))
        elif wanted:
            if wanted.keeps:
                self.graph.take(base64.b64decode(self.body))
            self.refuse(wanted)
        else:
            friendly()

    @property
    def token(self) -> str:
        return self.headers.get("Authorization", "").removeprefix("Bearer ")

    def keeps_out(self, permission: str) -> Refusal | None:
        """Why the mailbox named in the path is not open to who asks."""
        named = re.match(r"/v1\.0/users/([^/]+)/", self.path)
        shared = self.graph.shared
        if named is None:
            return None
        if shared is None or unquote(named[1]) != shared.address:
            return Refusal(404, "ErrorInvalidUser", f"The requested user '{named[1]}' is invalid.")
        if not (shared.full_access and shared.permits(self.token, permission)):
            return Refusal(403, "ErrorAccessDenied", "Access is denied. Check credentials.")
        return None

    def misbehave(self, cut: Cut) -> None:
        if cut is Cut.LOSE_THE_ANSWER:
            self.graph.take(base64.b64decode(self.body))
        if cut is Cut.HANG:
            self.graph.released.wait(60)
        self.cut()

    def cut(self) -> None:
        self.close_connection = True
        with suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)

    def send_mail(self) -> None:
        is_known = re.fullmatch(r"/v1\.0/(me|users/[^/]+)/sendMail", self.path)
        if not is_known or self.headers["Content-Type"] != "text/plain":
            self.refuse(Refusal(400, "RequestBodyRead", "Not MIME."))
            return
        if refusal := self.keeps_out("Mail.Send.Shared"):
            self.refuse(refusal)
            return
        try:
            content = base64.b64decode(self.body, validate=True)
        except binascii.Error:
            self.refuse(Refusal(400, "ErrorMimeContentInvalidBase64String", "Not base64."))
            return
        shared = self.graph.shared
        if shared and not (shared.send_as and f"<{shared.address}>".encode() in content):
            words = "The user account which was used to submit this request may not send as that."
            self.refuse(Refusal(403, "ErrorSendAsDenied", words))
            return
        self.graph.take(content)
        self.say(202, b"", **self.graph.accepted_headers)
        self.graph.answered(len(self.graph.taken))

    def look(self) -> None:
        parts = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        path = re.sub(r"^/v1\.0/(me|users/[^/]+)", "", parts.path)
        if refusal := self.keeps_out("Mail.Read.Shared"):
            self.refuse(refusal)
        elif path in ("", "/mailFolders/inbox"):
            self.say_json(200, {"id": "4711"})
        elif path == "/mailFolders/inbox/messages":
            self.list_inbox(query)
        elif whole := re.fullmatch(r"/messages/(.+)/\$value", path):
            contents = [content for id, _, content in self.graph.inbox if id == unquote(whole[1])]
            self.say(200, contents[0]) if contents else self.refuse(
                Refusal(404, "ErrorItemNotFound")
            )
        else:
            # Also for $value below a folder (microsoft-graph-docs-contrib#5546).
            self.refuse(Refusal(405, "ErrorInvalidRequest", "The OData request is not supported."))

    def list_inbox(self, query: dict[str, str]) -> None:
        since = re.fullmatch(r"receivedDateTime ge (\S+Z)", query.pop("$filter"))
        assert since is not None
        assert query.pop("$orderby") == "receivedDateTime"
        names, top = query.pop("$select").split(","), int(query.pop("$top"))
        skip = int(query.pop("$skip", 0))
        assert not query
        at = datetime.fromisoformat(since[1])
        # In seconds, as Graph tells and compares times.
        mails = [one for one in self.graph.inbox if one[1].replace(microsecond=0) >= at]
        mails.sort(key=lambda one: one[1])
        some = mails[skip : skip + min(top, self.graph.page)]
        said: dict[str, Any] = {"value": [_listed(one, names) for one in some]}
        if not self.graph.has_headers:
            for one in said["value"]:
                del one["internetMessageHeaders"]
        if len(mails) > skip + len(some):
            base = self.graph.site + self.path.partition("&$skip=")[0]
            said["@odata.nextLink"] = f"{base}&$skip={skip + len(some)}"
        self.say_json(200, said)

    def refuse(self, refusal: Refusal) -> None:
        if not refusal.code:
            self.say(refusal.status, refusal.message.encode(), **refusal.headers)
            return
        inner = {"request-id": "b0", "date": "2026-11-26T05:00:00"}
        error = {"code": refusal.code, "message": refusal.message, "innerError": inner}
        self.say_json(refusal.status, {"error": error}, **refusal.headers)

    def say_json(self, status: int, said: dict[str, Any], **headers: str) -> None:
        self.say(status, json.dumps(said).encode(), **headers)

    def say(self, status: int, content: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(content))}.items():
            self.send_header(name, value)
        self.end_headers()
        # Whoever has read enough hangs up.
        with suppress(OSError):
            self.wfile.write(content)


def _listed(mail: tuple[str, datetime, bytes], names: list[str]) -> dict[str, Any]:
    id, at, content = mail
    fields = message_from_bytes(content).items()
    known = {
        "id": id,
        "receivedDateTime": f"{at:%Y-%m-%dT%H:%M:%SZ}",
        "from": {"emailAddress": {"address": "postmaster@example.onmicrosoft.com"}},
        "subject": "Undeliverable: Your certificate",
        "internetMessageHeaders": [{"name": name, "value": str(value)} for name, value in fields],
    }
    return {name: known[name] for name in names}


def at(count: int, act: Callable[[], None]) -> Callable[[int], None]:
    """Does something once, when so many were answered; several may be answered at once."""
    left = [act]
    return lambda answered: left.pop()() if answered >= count and left else None


def answering(path: str, wanted: Refusal | Cut) -> Script:
    """Friendly, but for requests that name this path."""
    return lambda asked: wanted if path in asked else None
