"""The rehearsal mailbox: a real mail server on this machine that stores what it receives.

Mails of events without an account use the same transport as real ones, so that SMTP is rehearsed as
well. A mail with a certificate is kept without its pictures, which are drawn again for a reader: a
list of 20,000 people would otherwise take 16 GB.
"""

import asyncio
import logging
import re
import socket
from base64 import b64encode, encodebytes
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import SMTPUTF8, default

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope
from aiosmtpd.smtp import Session as Visit
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from shared.addresses import deliverable_address
from shared.destinations import ANYWHERE
from shared.events.erased_addresses import erased_among
from shared.mail.kinds.certificate.message import MailedFiles
from shared.mail.kinds.mime import EVENT_HEADER
from shared.mail.queue.claim import REHEARSAL_SENDER
from shared.mail.transport.protocol import Account
from shared.storage.database import DATABASE_AWAY, Database, note_fault
from shared.storage.models import Certificate, Event, Mail, RehearsalMail, Security
from shared.storage.sealing.tokens import Seal
from shared.storage.word_search import with_words

log = logging.getLogger(__name__)

# A 5xx would say that the address is bad, and the mailbox has no bad ones.
_TRY_AGAIN = "451 4.3.0 The rehearsal mailbox cannot keep this mail now, try again"
_LINK = re.compile(r"https?://[^\s\"'<>]+")
_PDF = "application/pdf"
# Header lines that are longer than usual are not folded again.
_AS_IT_CAME = SMTPUTF8.clone(refold_source="none")
# A header of stored mails: the public id of the certificate that is drawn again.
_DRAWN_HEADER = "X-Certificates-Drawn"


@dataclass(frozen=True)
class Attachment:
    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class ReadMail:
    """A mail as a person sees it; `link` is the first link in its text."""

    sender: str
    recipient: str
    subject: str
    text: str
    html: str
    attachments: tuple[Attachment, ...]
    link: str

    @property
    def octets(self) -> int:
        """About how much memory it takes."""
        files = sum(len(attachment.content) for attachment in self.attachments)
        return len(self.text) + len(self.html) + files


class RehearsalServer(Controller):
    """A mail server that listens on a free port of 127.0.0.1 while started."""

    def __init__(self, database: Database, seal: Seal) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0))
        port = self._listening.getsockname()[1]
        super().__init__(_Keeper(database, seal), hostname="127.0.0.1", port=port)

    def _create_server(self):  # type: ignore[no-untyped-def]  # noqa: ANN202
        # The controller cannot learn a port chosen by the system, so it gets an open socket.
        return self.loop.create_server(self._factory_invoker, sock=self._listening)

    def account(self, timeout: float) -> Account:
        return Account(
            host=self.hostname,
            port=self.port,
            security=Security.NONE,
            from_address=REHEARSAL_SENDER,
            timeout=timeout,
            # The server is this program's own.
            reach=ANYWHERE,
        )


class _Keeper:
    def __init__(self, database: Database, seal: Seal) -> None:
        self._database = database
        self._seal = seal

    async def handle_DATA(self, server: SMTP, visit: Visit, envelope: Envelope) -> str:
        # In a thread: a busy database must not stop the other conversations.
        try:
            await asyncio.to_thread(self._keep, envelope)
        except DATABASE_AWAY as fault:
            note_fault(fault)
            return _TRY_AGAIN
        return "250 kept in the rehearsal mailbox"

    async def handle_exception(self, fault: Exception) -> str:
        """Return the answer after a defect; aiosmtpd itself would send the error's text as a
        500."""
        log.error("the rehearsal mailbox: a defect", exc_info=fault)
        return _TRY_AGAIN

    def _keep(self, envelope: Envelope) -> None:
        content = envelope.original_content or b""
        mail = _parsed(content)
        with self._database.writing() as session:
            number = str(mail.get(EVENT_HEADER, ""))
            known = session.get(Event, int(number)) if number.isdecimal() else None
            erased: set[str] = set()
            if known:
                # Nothing is kept of a mail whose person was erased while it was on its way.
                recipients = map(_key, envelope.rcpt_tos)
                erased = erased_among(session, self._seal, known.id, recipients)
                message_id = str(mail["Message-ID"])
                brings = select(Certificate.public_id).join(
                    Mail, Mail.certificate_id == Certificate.id
                )
                of_mail = brings.where(Mail.message_id == message_id, Mail.event_id == known.id)
                if brought := session.scalar(of_mail):
                    for part in _files_in(mail):
                        part.set_payload("")
                    mail[_DRAWN_HEADER] = brought
                    content = mail.as_bytes(policy=_AS_IT_CAME)
            session.add_all(
                RehearsalMail(
                    event_id=known.id if known else None,
                    recipient=recipient,
                    subject=str(mail["Subject"]),
                    content=self._seal.seal_mail(content, recipient),
                )
                for recipient in envelope.rcpt_tos
                if _key(recipient) not in erased
            )


def _key(recipient: str) -> str:
    """Return the key of a person, for an address as it was on the wire."""
    try:
        return deliverable_address(recipient).lower()
    except ValueError:
        return recipient.lower()


def mailbox(
    session: Session, event_id: int, page: int = 0, page_size: int = 50, search: str = ""
) -> list[RehearsalMail]:
    """Return the event's rehearsal mails, newest first; pages count from 0.

    `search` are words in the recipient or the subject. The rest is sealed.
    """
    return list(
        session.scalars(
            select(RehearsalMail)
            .where(*_in_mailbox(event_id, search))
            .order_by(RehearsalMail.id.desc())
            .offset(page * page_size)
            .limit(page_size)
        )
    )


def mailbox_size(session: Session, event_id: int, search: str = "") -> int:
    """Return how many mails there are on all pages of `mailbox`."""
    found = select(func.count()).select_from(RehearsalMail)
    return session.scalars(found.where(*_in_mailbox(event_id, search))).one()


def _in_mailbox(event_id: int, search: str) -> list[ColumnElement[bool]]:
    words = with_words(search, RehearsalMail.recipient, RehearsalMail.subject)
    return [RehearsalMail.event_id == event_id, *words]


def parse(
    seal: Seal, mail: RehearsalMail, drawn: Callable[[str], MailedFiles | None] = lambda _: None
) -> ReadMail:
    """Return the mail as it came. `drawn` returns the files of the certificate with a public id, as
    they are mailed; without it, the mail is shown without certificate.

    Raises SettingRefused if no key opens it.
    """
    message = _parsed(seal.open_mail(mail.content, mail.recipient))
    if (brought := message[_DRAWN_HEADER]) and (files := drawn(str(brought))):
        for part in _files_in(message):
            picture = files.small if part["Content-ID"] else files.picture
            content = files.pdf if part.get_content_type() == _PDF else picture
            part.set_payload(encodebytes(content).decode())
    text = _part(message, "plain")
    links = _LINK.findall(text)
    return ReadMail(
        sender=str(message["From"]),
        recipient=mail.recipient,
        subject=mail.subject,
        text=text,
        html=_with_pictures(_part(message, "html"), message),
        attachments=tuple(
            Attachment(part.get_filename() or "", part.get_content_type(), content)
            for part in message.iter_attachments()
            if (content := part.get_content())
        ),
        link=links[0] if links else "",
    )


def _files_in(message: EmailMessage) -> Iterator[Message]:
    """Yield the parts that are the certificate: the picture that is shown, and the files to
    keep."""
    for part in message.walk():
        if part.get_content_maintype() == "image" or part.get_content_type() == _PDF:
            yield part


def _parsed(content: bytes) -> EmailMessage:
    message = message_from_bytes(content, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def _part(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return str(part.get_content()).replace("\r\n", "\n") if part else ""


def _with_pictures(html: str, message: EmailMessage) -> str:
    """Return the HTML with the attached images in place of their ids (RFC 2392)."""
    for part in message.walk():
        if content_id := str(part.get("Content-ID", "")).strip("<>"):
            assert isinstance(part, EmailMessage)
            encoded = b64encode(part.get_content()).decode()
            address = f"data:{part.get_content_type()};base64,{encoded}"
            html = html.replace(f"cid:{content_id}", address)
    return html
