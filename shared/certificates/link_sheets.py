"""A table of personal links, for people whom mail does not reach."""

import pandas
from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.events.links import volunteer_link
from shared.language import translate
from shared.settings import Settings
from shared.storage.models import Event, Volunteer
from shared.storage.sealing.tokens import Seal
from shared.volunteers.export import to_xlsx
from shared.volunteers.progress import STATUS_NAMES

FILE = "links.xlsx"
_TITLES = ("number", "email", "name", "status_text", "link")


def link_sheet(session: Session, settings: Settings, seal: Seal, event: Event) -> bytes:
    """XLSX with a row for each person who has a link, as everybody has after the first invitation.

    Anybody with a link is taken for its person, so log who downloads them.
    """
    rows = session.execute(
        select(Volunteer.number, Volunteer.email, Volunteer.name, Volunteer.status, Volunteer.token)
        .where(Volunteer.event_id == event.id, Volunteer.token.is_not(None))
        .order_by(Volunteer.id)
    )
    table = [
        (
            number,
            email,
            name,
            translate(STATUS_NAMES[status], event.language),
            volunteer_link(settings, event, seal.open_token(token)),
        )
        for number, email, name, status, token in rows
        if token
    ]
    return to_xlsx(pandas.DataFrame(table, columns=_TITLES))
