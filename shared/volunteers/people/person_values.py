"""What the list says about one person, corrected by an organizer."""

from sqlalchemy.orm import Session

from shared.errors import SettingRefused
from shared.events import event_for_change
from shared.events.groups import group_id_for
from shared.language import N_
from shared.log import audit
from shared.rendering.masks import masked
from shared.storage.models import Action, Volunteer
from shared.storage.sealing.secret_values import seal_value
from shared.storage.sealing.tokens import Seal
from shared.volunteers.lists.column_sums import count_in, count_out
from shared.volunteers.lists.list_columns import known_column, secret_titles
from shared.volunteers.lists.list_parser import LONGEST_COLUMN


def change_value(
    session: Session, seal: Seal, volunteer: Volunteer, title: str, value: str
) -> None:
    """Write another value into a further column; issued certificates stay unchanged, even if the
    person's group changes.

    Raises ProductError, SettingRefused for what is too long, and EventUnknown.
    """
    event = event_for_change(session, volunteer.event_id)
    session.refresh(volunteer, with_for_update=True)
    column, text = known_column(event, title), value.strip()
    if len(text) > LONGEST_COLUMN:
        raise SettingRefused(field=column.title, reason=N_("is longer than 500 characters"))
    count_out(session, event, volunteer)
    if title in secret_titles(event):
        others = {known: one for known, one in (volunteer.secrets or {}).items() if known != title}
        sealed = {title: seal_value(seal, volunteer.event_id, text)} if text else {}
        volunteer.secrets = (others | sealed) or None
        volunteer.columns = volunteer.columns | {title: masked(text)}
    else:
        volunteer.columns = volunteer.columns | {title: text}
    volunteer.group_id = group_id_for(event, volunteer.columns)
    audit.record(
        session,
        Action.VOLUNTEER_CHANGED,
        event.id,
        volunteer_id=volunteer.id,
        fields=["columns"],
    )
    session.flush()
    count_in(session, event, [(volunteer.id, volunteer.columns)])
