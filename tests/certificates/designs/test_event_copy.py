"""A copy of an event has what its organizers entered, a life of its own, and none of its people."""

from datetime import date

import pytest
from sqlalchemy import func, select

from shared import events
from shared.access import colleagues
from shared.access.keys import access_of
from shared.access.roles import Role
from shared.certificates.designs import designs
from shared.certificates.designs.designs import own_fonts
from shared.certificates.designs.event_copy import Copied, copy_event
from shared.errors import SettingRefused
from shared.events.installation import Installation
from shared.events.settings import EventChange, set_wording, update_event, update_organization
from shared.storage.models import Design, Event, EventFont, FontFile, Volunteer
from tests.support.colleagues import join
from tests.support.console_screens import give_account
from tests.support.factories import set_picture, small_picture


def copied(installation: Installation, event_id: int, **options: object) -> Copied:
    with installation.database.writing() as session:
        source = events.event_for_change(session, event_id)
        return copy_event(session, installation.seal, source, **{"name": "Run 2027", **options})


@pytest.fixture
def furnished(installation: Installation, listed: int) -> int:
    """An event with everything that can be entered, an account that is live, and two people."""
    give_account(installation, listed)
    with installation.database.writing() as session:
        event = events.event_for_change(session, listed)
        update_event(
            event,
            EventChange(
                certificate_date=date(2026, 5, 1), number_pattern="R-###", ask_when_unsure=True
            ),
        )
        update_organization(
            event,
            name="Harbour Friends",
            website="https://harbour.example",
            contact_address="a@b.cc",
        )
        set_wording(event, "invitation", subject="Hi", body="Come: {link}")
        session.add(FontFile(sha256="f" * 64, content=b"font", family="Own"))
        session.flush()
        session.add(EventFont(event_id=listed, sha256="f" * 64))
    return listed


def test_it_has_the_design_the_texts_and_the_settings(installation: Installation, furnished: int):
    copy = copied(installation, furnished).event
    with installation.database.reading() as session:
        source, copy = session.get_one(Event, furnished), session.get_one(Event, copy.id)
        for kept in (
            "language", "time_zone", "organization", "website", "contact_address", "wording",
            "number_pattern", "ask_when_unsure", "account_id", "from_address",
        ):  # fmt: skip
            assert getattr(copy, kept) == getattr(source, kept), kept
        assert copy.name == "Run 2027"
        assert designs.fingerprint(copy.design) == designs.fingerprint(source.design)
        assert (copy.design.id != source.design.id, copy.design.version) == (True, 1)
        assert own_fonts(session, copy) == {"f" * 64: "Own"}


def test_it_has_nobody_and_begins_in_rehearsal(installation: Installation, furnished: int):
    copy = copied(installation, furnished).event
    assert (copy.live_at, copy.next_number, copy.certificate_date) == (None, 1, None)
    with installation.database.reading() as session:
        of_copy = select(func.count()).where(Volunteer.event_id == copy.id)
        assert session.scalar(of_copy) == 0
        assert session.scalar(select(func.count()).where(Volunteer.event_id == furnished)) == 2


def test_a_change_of_the_copy_leaves_the_other_alone(installation: Installation, furnished: int):
    copy = copied(installation, furnished)
    with installation.database.writing() as session:
        before = session.get_one(Event, furnished).design
        locked = events.event_for_change(session, copy.event.id)
        set_wording(locked, "invitation", subject="", body="")
        set_picture(session, locked, small_picture("blue"))
    with installation.database.reading() as session:
        source = session.get_one(Event, furnished)
        assert (source.wording["invitation"]["subject"], source.design_id) == ("Hi", before.id)
        assert session.scalar(select(func.count()).where(Design.event_id == copy.event.id)) == 2


def test_its_token_opens_the_copy_alone(installation: Installation, furnished: int):
    copy = copied(installation, furnished)
    with installation.database.reading() as session:
        access = access_of(session, copy.token)
    assert (access.event_id, access.role) == (copy.event.id, Role.ORGANIZER)


def test_its_people_come_by_links_in_the_roles_that_they_have(
    installation: Installation, furnished: int
):
    database = installation.database
    key = join(database, furnished, "Ana", Role.HELPER)
    assert copied(installation, furnished).links == ()
    copy = copied(installation, furnished, with_people=True)
    with database.reading() as session:
        assert access_of(session, key).event_id == furnished
        assert colleagues.people_of(session, copy.event.id) == []
    (link,) = copy.links
    with database.writing() as session:
        joined = colleagues.take(session, link.token, "")
    assert (joined.event.id, joined.person.name) == (copy.event.id, "Ana")
    assert joined.person.role is Role.HELPER


def test_a_copy_without_a_name_is_none(installation: Installation, furnished: int):
    with pytest.raises(SettingRefused):
        copied(installation, furnished, name=" ")
    with installation.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Event)) == 2
