"""The inbox of a Microsoft account over Graph: read in pages, and left unchanged.

learn.microsoft.com, “List messages”, “Get MIME content of a message”, as of November 2026.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from urllib.parse import quote

import httpx2

from shared.errors import MailboxAway, MailboxTrouble, SignInBusy, SignInEnded
from shared.language import N_
from shared.mail.transport.graph_connection import GraphAnswer, GraphConnection
from shared.mail.transport.protocol import REPORT_SIZE, Batch, Inbox

BROKEN_OFF = N_("Microsoft broke off or cannot be reached. We retry automatically.")
BUSY = N_("Microsoft asks us to wait. We retry automatically.")
REFUSED = N_(
    "This program may not read the mailbox of this account. Sign in with Microsoft again and allow "
    "it to read mail; if that is not possible, ask an administrator."
)
NOT_SHARED = N_(
    "Microsoft does not open this shared mailbox to you. An administrator gives you "
    "“Full access” to it: Exchange admin center, “Mailboxes”, this mailbox, "
    "“Delegation”."
)

# Mails that arrive at once may be filed in another order.
_LATE = timedelta(minutes=2)
_PAGE = 50
_LONGEST_PAGE = 32 << 20
# Exchange keeps no headers of mails that it wrote itself; sender and subject replace them.
_FIELDS = "id,receivedDateTime,internetMessageHeaders,from,subject"


class _Listed(NamedTuple):
    id: str
    # In whole seconds.
    received_at: datetime
    # As RFC 5322 writes them.
    headers: bytes


class GraphInbox(GraphConnection, Inbox):
    """The inbox of the person who signed in, or of a mailbox that is shared with them."""

    # Graph may give outgoing mail another Message-ID.
    at_exchange = True

    def batches(self, first: datetime, read_until: datetime | None) -> Iterator[Batch]:
        """See `Inbox`."""
        since = read_until - _LATE if read_until else first
        for page in filter(None, self._pages(since)):
            yield {mail.id: mail.headers for mail in page}, {"read_until": page[-1].received_at}

    def _pages(self, since: datetime) -> Iterator[list[_Listed]]:
        """Yield pages of mails that arrived at this time or later, oldest first."""
        # Only the Inbox: other folders include Sent Items.
        when = quote(f"receivedDateTime ge {since.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}")
        path = (
            f"{self._mailbox}/mailFolders/inbox/messages?$filter={when}&$orderby=receivedDateTime"
            f"&$select={_FIELDS}&$top={_PAGE}"
        )
        while path:
            answer = self._answer(path, _LONGEST_PAGE, 200)
            try:
                page = json.loads(answer.content)
                following = str(page.get("@odata.nextLink", ""))
                listed = list(map(_listed, page["value"]))
            except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
                raise MailboxAway(reason=BROKEN_OFF) from None
            yield listed
            path = following

    def beginnings(self, ids: Sequence[str]) -> dict[str, bytes]:
        """See `Inbox`."""
        found = {id: self._read(id) for id in ids}
        return {id: content for id, content in found.items() if content is not None}

    def source(self, message_id: str, since: datetime, most: int) -> bytes | None:
        """See `Inbox`."""
        listed = (mail for page in self._pages(since) for mail in page)
        wanted = message_id.encode()
        found = next((mail for mail in listed if wanted in mail.headers), None)
        return self._read(found.id, most) if found else None

    def _read(self, id: str, most: int = REPORT_SIZE) -> bytes | None:
        """Return the first `most` bytes of a mail; None if somebody deleted it since it was
        listed."""
        path = f"{self._mailbox}/messages/{quote(id, safe='')}/$value"
        answer = self._answer(path, most, 200, 404)
        return answer.content if answer.status == 200 else None

    def _answer(self, path: str, most: int, *welcome: int) -> GraphAnswer:
        try:
            answer = self.get(path, most)
        except SignInEnded as trouble:
            raise MailboxTrouble(reason=trouble.message) from None
        except SignInBusy as trouble:
            raise MailboxAway(reason=trouble.message) from None
        except (httpx2.HTTPError, OSError, ValueError):
            raise MailboxAway(reason=BROKEN_OFF) from None
        if answer.status not in welcome:
            closed = NOT_SHARED if self._is_shared else REFUSED
            if reason := {401: REFUSED, 403: closed, 404: closed}.get(answer.status):
                raise MailboxTrouble(reason=reason)
            raise MailboxAway(reason=BUSY if answer.status == 429 else BROKEN_OFF)
        return answer


def _listed(mail: Mapping[str, Any]) -> _Listed:
    headers = mail.get("internetMessageHeaders") or ()
    fields = [(str(header["name"]), str(header["value"])) for header in headers]
    if not fields:
        sender = (mail.get("from") or {}).get("emailAddress") or {}
        fields = [("From", f"<{sender.get('address')}>"), ("Subject", str(mail.get("subject")))]
    # Line breaks in a value would make another header.
    lines = (f"{name}: {' '.join(value.split())}\r\n" for name, value in fields)
    written = "".join(lines).encode("utf-8", "replace")
    return _Listed(mail["id"], datetime.fromisoformat(mail["receivedDateTime"]), written)
