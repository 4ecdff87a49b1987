"""The event's poster, offered on screens about people's own links."""

from console.session import installation, reader
from console.text import t
from console.widgets.table import file_button
from shared.access.roles import Permission
from shared.events.event_page import poster
from shared.storage.models import Event


def offer_poster(event: Event, language: str, screen: str, *, of_page: bool = False) -> None:
    """Draw a button on `screen` for the poster as PDF in one of `LANGUAGES`. Its QR code leads to
    where people ask for their own link; if it is `of_page`, to the event's page once that is
    published."""
    asking = reader()

    def made() -> bytes:
        """Return the PDF if the reader may still export. Raises NotAllowed, RoleTooLow and
        EventUnknown."""
        served = installation()
        asking.actor(event.id, Permission.EXPORT)
        with served.database.reading() as session:
            current = session.get_one(Event, event.id)
            return poster(served.settings, current, language, of_page=of_page)

    file_button(t("Poster (PDF)"), made, "poster.pdf", f"poster.{screen}", "qr_code_2")
