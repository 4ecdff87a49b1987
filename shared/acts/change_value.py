"""Correcting one person's value in a further column of the list."""

from sqlalchemy.orm import Session

from shared.certificates.issuing.outdated import Listed, note_outdated
from shared.errors import NameProblem, SettingRefused
from shared.events import event_for_change
from shared.language import N_
from shared.log import audit
from shared.rendering.names import clean_cell
from shared.storage.models import Action, Volunteer
from shared.storage.sealing.secret_values import open_values, openable_values
from shared.storage.sealing.tokens import Seal
from shared.volunteers.lists.list_columns import count_in, count_out, known_column, secret_titles
from shared.volunteers.lists.list_parser import LONGEST_COLUMN
from shared.volunteers.people.list_changes import seal_secrets
from shared.volunteers.people.roster import follow, lock_with_mails
from shared.volunteers.people.stood import Stood, hashed_for


def change_value(
    session: Session, seal: Seal, volunteer: Volunteer, title: str, value: str
) -> None:
    """Store another value in a further column; issued certificates are unchanged, even if the
    person's group changes or they no longer qualify.

    Raises ProductError, SettingRefused for a value that is too long or not printable, and
    EventUnknown.
    """
    event = event_for_change(session, volunteer.event_id)
    lock_with_mails(session, volunteer)
    column = known_column(event, title)
    try:
        text = clean_cell(value)
    except NameProblem:
        words = N_("contains characters that cannot be printed")
        raise SettingRefused(field=column.title, reason=words) from None
    if len(text) > LONGEST_COLUMN:
        raise SettingRefused(field=column.title, reason=N_("is longer than 500 characters"))
    count_out(session, event, [volunteer])
    secret = secret_titles(event)
    before = volunteer.columns | open_values(
        seal, event.id, openable_values(seal, volunteer.secrets or {}, event.id)
    )
    stood = Stood.of(volunteer).revalued(
        title, before.get(title, ""), text, hashed_for(session, seal, volunteer),
        is_secret=title in secret,
    )  # fmt: skip
    volunteer.stood = stood.as_row()["stood"]
    shown, sealed = seal_secrets(seal, event.id, {title: text}, secret)
    others = {key: secret for key, secret in (volunteer.secrets or {}).items() if key != title}
    volunteer.secrets = (others | sealed) or None
    volunteer.columns = volunteer.columns | shown
    follow(session, event, volunteer)
    action, fields = Action.VOLUNTEER_CHANGED, ["columns"]
    audit.record(session, action, event.id, volunteer_id=volunteer.id, fields=fields)
    session.flush()
    count_in(session, event, [(volunteer.id, volunteer.columns)])
    listed = Listed(volunteer.listed_name, volunteer.columns, [title])
    note_outdated(session, event, {volunteer.id: listed})
