"""Headers by which mail programs recognize an event's invitations, and offer to end them."""

import re
from hashlib import sha256
from urllib.parse import quote, urlsplit

from shared.events import links
from shared.mail.kinds import mime
from shared.mail.kinds.texts import one_line
from shared.settings import Settings
from shared.storage.models import Event

_DOMAIN = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)*")


def list_headers(
    settings: Settings, event: Event, kind: str, key: str, mailbox: str = ""
) -> dict[str, str]:
    """List-Id (RFC 2919), List-Unsubscribe with one click (RFC 8058), and Feedback-ID, by which
    Gmail sums up complaints (support.google.com/a/answer/6254652).

    `key` is that of `opt_out_key`. `mailbox` is the address at which returned mail is read: there a
    mail opts out, too. One click is not offered without https, where nobody could trust it.
    """
    host = urlsplit(settings.public_url).hostname or ""
    # Without a domain, a list id is only unique on its machine (RFC 2919, 3).
    domain = host if _DOMAIN.fullmatch(host) else "localhost"
    headers = {
        "List-Id": mime.named("List-Id", one_line(event.name), f"event-{event.id}.{domain}"),
        # The last part is always the same for a sender, of 5 to 15 characters.
        "Feedback-ID": f"event-{event.id}:{kind}:{sha256(host.encode()).hexdigest()[:12]}",
    }
    ways = [f"<mailto:{quote(mailbox, safe='@')}?subject=unsubscribe%20{key}>"] if mailbox else []
    link = links.reminders_link(settings, key)
    if link.startswith("https://") and link.isascii():
        ways.insert(0, f"<{link}>")
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    if ways:
        headers["List-Unsubscribe"] = ", ".join(ways)
    return headers
