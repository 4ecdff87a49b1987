"""Headers by which mail programs recognize an event's invitations, and offer to end its
reminders."""

import re
from urllib.parse import urlsplit

from shared.events import links
from shared.mail.kinds import mime
from shared.mail.kinds.texts import one_line
from shared.settings import Settings
from shared.storage.models import Event

_DOMAIN = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)*")


def list_headers(settings: Settings, event: Event, key: str) -> dict[str, str]:
    """List-Id (RFC 2919), and List-Unsubscribe with one click (RFC 8058).

    `key` is that of `opt_out_key`. It is not offered without https, where nobody could trust the
    click.
    """
    headers = {"List-Id": mime.named("List-Id", one_line(event.name), _list_id(settings, event))}
    link = links.reminders_link(settings, key)
    if link.startswith("https://") and link.isascii():
        headers["List-Unsubscribe"] = f"<{link}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def _list_id(settings: Settings, event: Event) -> str:
    host = urlsplit(settings.public_url).hostname or ""
    # Without a domain, a list id is only unique on its machine (RFC 2919, 3).
    return f"event-{event.id}.{host if _DOMAIN.fullmatch(host) else 'localhost'}"
