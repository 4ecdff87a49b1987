"""What was issued stays as it is, and is found by its public id alone."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from shared import events
from shared.certificates.issuing import drawing, making, submission
from shared.errors import InvitationUnknown, NameDoesNotFit
from shared.events.settings import EventChange, update_event
from shared.rendering.design import render_preview
from shared.rendering.layout import standard_layout
from shared.storage.models import Certificate, Volunteer
from shared.volunteers.people import roster
from tests.support import designing
from tests.support.factories import SEAL, design, small_picture
from tests.support.submitting import issued, submit, token

__all__ = ["submit", "token"]


def drawn(installation, certificate_id: int, format: str = "jpg") -> bytes:
    with installation.database.reading() as session:
        certificate = session.get_one(Certificate, certificate_id)
        return drawing.render(session, installation.settings, certificate, format)


@pytest.mark.parametrize("format", ["jpg", "png", "pdf"])
def test_a_certificate_is_the_same_bytes_each_time(installation, submit, format):
    certificate = submit("王小明 Ana")
    assert drawn(installation, certificate.id, format) == drawn(
        installation, certificate.id, format
    )


def test_nothing_that_an_organizer_changes_later_changes_what_was_issued(
    installation, database, event_id, submit
):
    certificate = submit("Ana Silva")
    before = drawn(installation, certificate.id)
    design(database, event_id, small_picture("red"))
    with database.writing() as session:
        event = events.event_for_change(session, event_id)
        designing.set_layout(session, event, standard_layout().model_copy(update={"fields": ()}))
        update_event(
            event,
            EventChange(
                language="zh",
                certificate_date=date(2020, 1, 1),
                number_pattern="X#",
                time_zone="America/New_York",
            ),
        )
        person = session.scalars(select(Volunteer)).one()
        person.number, person.columns = "HR-8", {"task": "bread"}
        roster.change_address(session, SEAL, person, "other@example.org")
    assert drawn(installation, certificate.id) == before


def test_a_certificate_carries_the_date_of_the_event_or_of_the_day_in_its_zone(
    database, event_id, submit
):
    today = datetime.now(UTC).astimezone(ZoneInfo("Asia/Shanghai")).date()
    assert submit("Ana Silva").date in (today, datetime.now(ZoneInfo("Asia/Shanghai")).date())
    with database.writing() as session:
        event = events.event_for_change(session, event_id)
        update_event(event, EventChange(certificate_date=date(2026, 7, 1)))
    assert submit("Ana da Silva").date == date(2026, 7, 1)


def test_a_preview_stores_nothing_and_refuses_what_submitting_would(installation, database, token):
    with database.reading() as session:
        person = submission.find_volunteer(session, installation.seal, token)
        look = making.look_of(session, installation.settings, person, "Ana Silva")
        too_wide = making.look_of(session, installation.settings, person, "W" * 80)
        session.commit()
    assert render_preview(*look).startswith(b"\xff\xd8")
    with pytest.raises(NameDoesNotFit):
        render_preview(*too_wide)
    assert issued(database) == []


def test_a_certificate_is_found_by_its_public_id_alone(database, submit):
    certificate = submit("Ana Silva")
    with database.reading() as session:
        assert drawing.find_certificate(session, certificate.public_id).name == "Ana Silva"


WRONG_IDS = ["", "x", "x" * 500, "a\x00b", "\ud800", "%", "1 OR 1=1"]


def test_a_public_id_that_does_not_exist_is_unknown(database):
    for wrong in WRONG_IDS:
        with database.reading() as session, pytest.raises(InvitationUnknown):
            drawing.find_certificate(session, wrong)
