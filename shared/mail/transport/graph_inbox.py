"""The inbox of a Microsoft account over Graph: read in pages, and left unchanged.

learn.microsoft.com, “List messages”, “Get MIME content of a message”, as of November 2026.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, ClassVar
from urllib.parse import quote

import httpx2

from shared.errors import MailboxTrouble, SignInBusy, SignInEnded
from shared.language import N_
from shared.mail.transport.graph_connection import Answer, GraphConnection
from shared.mail.transport.protocol import Inbox, Listed

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


class GraphInbox(GraphConnection, Inbox):
    """The inbox of who signed in."""

    # Graph may give outgoing mail another Message-ID.
    at_exchange = True
    _reasons: ClassVar[dict[int, str]] = {401: REFUSED, 403: REFUSED, 404: REFUSED, 429: BUSY}

    def pages(self, since: datetime) -> Iterator[list[Listed]]:
        """See `Inbox`."""
        # Only the Inbox: outside it, sent mails are included, in Sent Items.
        when = quote(f"receivedDateTime ge {since.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}")
        path = (
            f"{self._mailbox}/mailFolders/inbox/messages?$filter={when}&$orderby=receivedDateTime"
            f"&$select={_FIELDS}&$top={_PAGE}"
        )
        while path:
            answer = self._answer(path, _LONGEST_PAGE)
            if answer.status != 200:
                raise MailboxTrouble(reason=self._reasons.get(answer.status, BROKEN_OFF))
            try:
                page = json.loads(answer.content)
                following = str(page.get("@odata.nextLink", ""))
                listed = list(map(_listed, page["value"]))
            except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
                raise MailboxTrouble(reason=BROKEN_OFF) from None
            yield listed
            path = following

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

    def _read(self, id: str, most: int = _BEGINNING) -> bytes | None:
        path = f"{self._mailbox}/messages/{quote(id, safe='')}/$value"
        answer = self._answer(path, most)
        # Somebody deleted it since it was listed.
        if answer.status not in (200, 404):
            raise MailboxTrouble(reason=self._reasons.get(answer.status, BROKEN_OFF))
        return answer.content if answer.status == 200 else None

    def _answer(self, path: str, most: int) -> Answer:
        try:
            return self.get(path, most)
        except (SignInEnded, SignInBusy) as trouble:
            raise MailboxTrouble(reason=trouble.message) from None
        except (httpx2.HTTPError, OSError, ValueError):
            raise MailboxTrouble(reason=BROKEN_OFF) from None


class SharedInbox(GraphInbox):
    """That of a mailbox that is shared with who signed in."""

    _is_shared = True
    _reasons: ClassVar[dict[int, str]] = {**GraphInbox._reasons, 403: NOT_SHARED, 404: NOT_SHARED}


def _listed(one: Mapping[str, Any]) -> Listed:
    fields = [(str(of["name"]), str(of["value"])) for of in one.get("internetMessageHeaders") or ()]
    if not fields:
        sender = (one.get("from") or {}).get("emailAddress") or {}
        fields = [("From", f"<{sender.get('address')}>"), ("Subject", str(one.get("subject")))]
    # Each on a line of its own, whatever it contains.
    lines = (f"{name}: {' '.join(value.split())}\r\n" for name, value in fields)
    headers = "".join(lines).encode("utf-8", "replace")
    return Listed(one["id"], datetime.fromisoformat(one["receivedDateTime"]), headers)
