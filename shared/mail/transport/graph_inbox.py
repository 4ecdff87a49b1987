"""The inbox of a Microsoft account over Graph: read in pages, and left unchanged.

learn.microsoft.com, “List messages”, “Get MIME content of a message”, as of November 2026.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import httpx2

from shared.errors import MailboxTrouble, SignInBusy, SignInEnded
from shared.language import N_
from shared.mail.transport.graph_connection import (
    OWN,
    Answer,
    GraphConnection,
    shared_with_them,
)
from shared.mail.transport.protocol import Account, Inbox, Listed

BROKEN_OFF = N_("Microsoft broke off or cannot be reached. It is asked again by itself.")
BUSY = N_("Microsoft asks for patience. It is asked again by itself.")
REFUSED = N_(
    "This program may not read the mailbox of this account. Sign in with Microsoft again and allow "
    "it to read mail; if that is not possible, ask an administrator."
)
NOT_SHARED = N_(
    "Microsoft does not open this shared mailbox to who signed in. An administrator gives them "
    "“Full access” to it: Exchange admin center, “Mailboxes”, this mailbox, “Delegation”."
)

_PAGE = 50
# In a report, all that matters comes before the returned mail.
_BEGINNING = 256 * 1024
_LONGEST_PAGE = 32 << 20
# The other properties replace headers where Exchange keeps none, as for mails that it wrote itself.
_FIELDS = "id,receivedDateTime,internetMessageHeaders,from,subject"


class GraphInbox(Inbox):
    """The inbox of who signed in."""

    # Graph may give outgoing mail another Message-ID.
    at_exchange = True
    _refused = REFUSED

    def __init__(self, account: Account) -> None:
        assert account.token is not None
        self._connection = GraphConnection(account.service_url, account.timeout)
        self._token = account.token
        self._mailbox = OWN
        refused = self._refused
        self._reasons = {401: REFUSED, 403: refused, 404: refused, 429: BUSY}

    def pages(self, since: datetime) -> Iterator[list[Listed]]:
        """See `Inbox`."""
        # Only the Inbox: outside it, sent mails are included, in Sent Items.
        when = quote(f"receivedDateTime ge {since.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}")
        path = (
            f"{self._mailbox}/mailFolders/inbox/messages?$filter={when}&$orderby=receivedDateTime"
            f"&$select={_FIELDS}&$top={_PAGE}"
        )
        while path:
            page = self._page(path)
            yield _listed(page)
            path = str(page.get("@odata.nextLink", ""))

    def beginnings(self, ids: Sequence[str]) -> dict[str, bytes]:
        """See `Inbox`."""
        found = {id: self._read(id) for id in ids}
        return {id: content for id, content in found.items() if content is not None}

    def source(self, message_id: str, since: datetime, most: int) -> bytes | None:
        """See `Inbox`."""
        listed = (mail for page in self.pages(since) for mail in page)
        wanted = message_id.encode()
        found = next((mail for mail in listed if wanted in mail.headers), None)
        return self._read(found.id, most) if found else None

    def close(self) -> None:
        self._connection.close()

    def cut(self) -> None:
        """Abort what another thread is waiting for."""
        self._connection.cut()

    def _page(self, path: str) -> dict[str, Any]:
        answer = self._answer(path, _LONGEST_PAGE)
        if answer.status != 200:
            raise MailboxTrouble(reason=self._reasons.get(answer.status, BROKEN_OFF))
        with suppress(ValueError, RecursionError):
            if isinstance(page := json.loads(answer.content), dict):
                return page
        raise MailboxTrouble(reason=BROKEN_OFF)

    def _read(self, id: str, most: int = _BEGINNING) -> bytes | None:
        path = f"{self._mailbox}/messages/{quote(id, safe='')}/$value"
        answer = self._answer(path, most)
        # Somebody deleted it since it was listed.
        if answer.status not in (200, 404):
            raise MailboxTrouble(reason=self._reasons.get(answer.status, BROKEN_OFF))
        return answer.content if answer.status == 200 else None

    def _answer(self, path: str, most: int) -> Answer:
        try:
            token = self._token("")
            answer = self._connection.get(path, token, most)
            if answer.status == 401:
                answer = self._connection.get(path, self._token(token), most)
            return answer
        except (SignInEnded, SignInBusy) as trouble:
            raise MailboxTrouble(reason=trouble.message) from None
        except (httpx2.HTTPError, OSError, ValueError):
            raise MailboxTrouble(reason=BROKEN_OFF) from None


class SharedInbox(GraphInbox):
    """That of a mailbox that is shared with who signed in."""

    _refused = NOT_SHARED

    def __init__(self, account: Account) -> None:
        super().__init__(account)
        self._mailbox = shared_with_them(account.username)


def _listed(page: Mapping[str, Any]) -> list[Listed]:
    try:
        return [
            Listed(one["id"], datetime.fromisoformat(one["receivedDateTime"]), _headers(one))
            for one in page["value"]
        ]
    except (ValueError, KeyError, TypeError, AttributeError):
        raise MailboxTrouble(reason=BROKEN_OFF) from None


def _headers(one: Mapping[str, Any]) -> bytes:
    fields = [(str(of["name"]), str(of["value"])) for of in one.get("internetMessageHeaders") or ()]
    if not fields:
        sender = (one.get("from") or {}).get("emailAddress") or {}
        fields = [("From", f"<{sender.get('address')}>"), ("Subject", str(one.get("subject")))]
    # Each on a line of its own, whatever it contains.
    lines = (f"{name}: {' '.join(value.split())}\r\n" for name, value in fields)
    return "".join(lines).encode("utf-8", "replace")
