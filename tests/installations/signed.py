"""An event whose certificates are signed as credentials, with a public page, and with a list that
was changed and certificates that wait or were taken back."""

import hashlib
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from shared.acts import send as certificates
from shared.acts.held_back import take_back_certificates
from shared.acts.run import apply_to
from shared.acts.update_list import update_list
from shared.acts.withdraw import Withdraw
from shared.certificates.issuing import wall
from shared.events import event_page
from shared.events.naming import set_naming
from shared.events.settings import set_days
from shared.features.credentials import issuers, status_lists, stored
from shared.features.credentials.models import StatusList
from shared.mail.queue import hold
from shared.storage.models import Certificate, ColumnKind, Event, Volunteer
from tests.support import list_columns
from tests.support.acting import of
from tests.support.factories import set_picture, small_picture
from tests.support.issued_for_real import made_public
from tests.support.lists import read_call

if TYPE_CHECKING:
    from tests.installations.story import Story

_LIST = (
    "email,number,name,Hours\nida@signed.example,S-1,Ida Moss,39\njo@signed.example,S-2,Jo Fell,12"
)
_LATER = "email,number,name\nkim@signed.example,S-3,Kim Hill"


def tell_of_credentials(story: "Story") -> dict[str, Any]:
    """The event's id and page, and the digest of each credential and list that is served."""
    installation = made_public(story.installation)
    database, seal = installation.database, installation.seal
    event_id = story.live("River Clean-up")
    story.change(event_id, _set_up)
    list_columns.add_sealed(installation, event_id, _LIST)
    said = {"kind": ColumnKind.NUMBER, "unit": "hours", "is_public": True}
    list_columns.say(installation, event_id, "Hours", **said)
    certificates.send(story.installation, event_id)
    story.work(event_id)
    with database.reading() as session:
        issued = session.scalars(select(Certificate.id).filter_by(event_id=event_id)).all()
    assert stored.sign_lacking(installation, issued) == len(issued) == 2
    jo = story.person(event_id, "jo@signed.example")
    story.change(
        event_id,
        lambda s, _: apply_to(
            s, Withdraw(of(jo.id), "Counted twice."), s.get_one(Volunteer, jo.id)
        ),
    )
    story.change(event_id, lambda s, _: issuers.rotate(s, seal, issuers.find(s, "installation")))
    with database.writing() as session:
        wall.agree(session, seal, story.opened(event_id, "ida@signed.example"), is_shown=True)
    # One certificate waits and is taken back; its name comes from a list that can be undone.
    story.change(event_id, lambda s, e: hold.pause(e))
    list_columns.add_sealed(installation, event_id, _LATER)
    update_list(database, seal, event_id, read_call(_LATER.replace("Hill", "Hills")))
    certificates.send(story.installation, event_id)
    take_back_certificates(database, event_id)
    return {"event": event_id, **_served(story, event_id)}


def _served(story: "Story", event_id: int) -> dict[str, Any]:
    installation = made_public(story.installation)
    with installation.database.reading() as session:
        page = session.get_one(Event, event_id).page_id
        issued = session.scalars(select(Certificate).filter_by(event_id=event_id)).all()
        ids = {one.id: one.public_id for one in issued}
        lists = session.scalars(select(StatusList.public_id)).all()
    kept = stored.all_served(installation, ids)
    assert len(kept) == 2
    return {
        "page": page,
        "served": {ids[id]: hashlib.sha256(one).hexdigest() for id, one in kept.items()},
        "lists": [one for one in lists if status_lists.served(installation, one)],
    }


def _set_up(session: Any, event: Event) -> None:
    set_naming(session, event, "issue")
    set_picture(session, event, small_picture("#eef6fd"))
    set_days(event, date(2026, 11, 28), date(2026, 11, 29))
    event_page.publish(session, event, thanks="For two cold days.", is_listed=True)
