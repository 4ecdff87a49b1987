"""The secret values of people on a list: storing one leaves a mask in its place."""

from collections.abc import Sequence
from typing import Any

from shared.rendering.masks import is_masked, masked
from shared.storage.models import Event, Volunteer
from shared.storage.sealing.secret_values import open_values, seal_value
from shared.storage.sealing.tokens import Seal
from shared.volunteers.lists.list_columns import secret_titles


def seal_rows(seal: Seal | None, event: Event, rows: Sequence[dict[str, Any]]) -> None:
    """Separate secrets from rows of the volunteers' table that are about to be stored."""
    titles = secret_titles(event)
    if not titles:
        return
    if seal is None:
        raise ValueError("a list with secret columns is stored with a seal")
    for row in rows:
        given = {title: row["columns"][title] for title in titles if row["columns"].get(title)}
        row["columns"] = row["columns"] | {title: masked(one) for title, one in given.items()}
        sealed = {title: seal_value(seal, event.id, one) for title, one in given.items()}
        row["secrets"] = sealed or None


def seal_column(seal: Seal, person: Volunteer, title: str) -> None:
    """Seal the values of a column that has become secret. Repeating it changes nothing."""
    value, sealed = person.columns.get(title, ""), person.secrets or {}
    if not value or title in sealed:
        return
    person.secrets = sealed | {title: seal_value(seal, person.event_id, value)}
    person.columns = person.columns | {title: masked(value)}


def open_column(seal: Seal, person: Volunteer, title: str) -> None:
    """Restore the values of a column that is no longer secret. Repeating it changes nothing.

    Raises SettingRefused when none of the keys opens it.
    """
    sealed = dict(person.secrets or {})
    if title not in sealed:
        return
    opened = open_values(seal, person.event_id, {title: sealed.pop(title)})
    person.secrets = sealed or None
    if is_masked(person.columns.get(title, "")):
        person.columns = person.columns | opened
