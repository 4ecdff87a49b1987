"""Certificates of an event that mails to people, at an address that others reach."""

from dataclasses import replace

from shared.events.installation import Installation
from shared.storage.models import ColumnKind
from tests.support.factories import design, invite
from tests.support.list_columns import add_sealed, say
from tests.support.sending_steps import add_account
from tests.support.submitting import submit_name

PUBLIC = "https://thanks.example.org:8443/certs"


def made_public(installation: Installation, site: str = PUBLIC) -> Installation:
    """The installation at an address that others can reach."""
    settings = installation.settings.model_copy(update={"public_url": site})
    return replace(installation, settings=settings)


def issue_for_real(
    installation: Installation,
    event_id: int,
    people: str = "email,number,Hours,Badge\nana@example.org,HR-7,39,B-12",
) -> list[int]:
    """Certificates of an event that mails to people, with hours that are public; their ids."""
    design(installation.database, event_id)
    add_sealed(installation, event_id, people)
    say(installation, event_id, "Hours", kind=ColumnKind.NUMBER, unit="hours", is_public=True)
    add_account(installation.database, event_id)
    tokens = invite(installation, event_id)
    ids = []
    for number, token in enumerate(tokens.values()):
        name = f"Ana Silva {number}" if number else "Ana Silva"
        with installation.database.writing() as session:
            made = submit_name(session, installation.settings, installation.seal, token, name)
        ids.append(made.id)
    return ids
