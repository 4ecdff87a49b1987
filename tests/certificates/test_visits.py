"""What a link shows: the person, their event and their certificate, found through indexes."""

import re

import pytest
from sqlalchemy import update

from shared import events
from shared.certificates.issuing import visits
from shared.certificates.issuing.visits import Delivery, Visit
from shared.errors import InvitationUnknown
from shared.mail.kinds.certificate import CERTIFICATE
from shared.storage.models import Certificate, Mail, MailState, Status, Volunteer
from shared.storage.sealing.tokens import Seal
from tests.support.crowds import crowd
from tests.support.factories import add, design, invite
from tests.support.query_plans import plans
from tests.support.submitting import submit_name

# In the words of both databases.
ALL_OF_THEM = re.compile(r"(?:SCAN|Seq Scan on) (?:mail|volunteer)\b")


@pytest.fixture
def token(installation, event_id) -> str:
    """The token of Ana, who was invited; the event has a certificate."""
    design(installation.database, event_id)
    add(installation.database, event_id, "email,number\nana@example.org,HR-7")
    return invite(installation, event_id)["ana@example.org"]


@pytest.fixture
def visit(installation):
    """What the link with a token shows."""

    def look_up(token: str) -> Visit:
        with installation.database.patient() as connection:
            return visits.look_up(connection, installation.seal, token)

    return look_up


def submit(installation, token: str, name: str, **options) -> Certificate:
    with installation.database.writing() as session:
        return submit_name(
            session, installation.settings, installation.seal, token, name, **options
        )


def set_status(installation, status: Status, state: MailState) -> None:
    with installation.database.writing() as session:
        session.execute(update(Volunteer).values(status=status))
        certificate = Mail.kind == CERTIFICATE.name
        session.execute(update(Mail).where(certificate).values(state=state))


def test_who_was_invited_sees_themselves_and_their_event(visit, token):
    seen = visit(token)
    assert (seen.email, seen.name, seen.number) == ("ana@example.org", "", "HR-7")
    assert (seen.event, seen.language) == ("Harbour Run 2026", "en")
    assert seen.has_design
    assert seen.delivery is None
    assert seen.certificate_id is None


def test_before_there_is_a_certificate_its_place_has_the_shape_of_a_sheet(
    installation, event_id, visit
):
    add(installation.database, event_id, "bo@example.org")
    seen = visit(invite(installation, event_id)["bo@example.org"])
    assert not seen.has_design
    assert seen.picture_size == (297, 210)


def test_the_picture_has_the_size_of_the_certificate_that_was_issued(
    installation, event_id, visit, token
):
    before = visit(token).picture_size
    submit(installation, token, "Ana Silva")
    with installation.database.writing() as session:
        event = events.event_for_change(session, event_id)
        event.design = None
    assert visit(token).picture_size == before
    assert before != (297, 210)


@pytest.mark.parametrize(
    ("state", "delivery"),
    [
        (MailState.QUEUED, Delivery.ON_ITS_WAY),
        (MailState.SENDING, Delivery.ON_ITS_WAY),
        (MailState.SENT, Delivery.MAILED),
        (MailState.FAILED, Delivery.FAILED),
    ],
)
def test_how_far_a_certificate_is_follows_its_mail(installation, visit, token, state, delivery):
    submit(installation, token, "Ana Silva")
    set_status(installation, Status.SUBMITTED, state)
    assert visit(token).delivery == delivery


def test_a_certificate_has_a_public_id_for_its_person_once_it_is_drawn(installation, visit, token):
    issued = submit(installation, token, "Ana Silva")
    assert visit(token).certificate_id is None
    set_status(installation, Status.PICTURE_MADE, MailState.SENDING)
    assert visit(token).certificate_id == issued.public_id


def test_a_corrected_certificate_takes_the_place_of_the_one_before(installation, visit, token):
    submit(installation, token, "Ana Silva")
    set_status(installation, Status.MAILED, MailState.SENT)
    corrected = submit(installation, token, "Ana da Silva", correct=True)
    assert visit(token).delivery == Delivery.ON_ITS_WAY
    set_status(installation, Status.MAILED, MailState.SENT)
    seen = visit(token)
    assert (seen.name, seen.certificate_id) == ("Ana da Silva", corrected.public_id)


def test_who_was_opened_again_is_asked_as_if_for_the_first_time(installation, visit, token):
    submit(installation, token, "Ana Silva")
    set_status(installation, Status.INVITED, MailState.CANCELLED)
    assert visit(token).delivery is None


@pytest.mark.parametrize("wrong", ["", "x", "x" * 500, "a\x00b", "\ud800", None, 5])
def test_what_is_no_token_opens_nothing(visit, token, wrong):
    with pytest.raises(InvitationUnknown):
        visit(wrong)


def test_a_link_that_an_older_key_sealed_is_found(installation, database, token):
    old = Seal(["the-key-before"])
    with database.writing() as session:
        session.execute(update(Volunteer).values(token=old.seal_token(token)))
    both = Seal(["the-new-key", "the-key-before"])
    with database.patient() as connection:
        assert visits.look_up(connection, both, token).email == "ana@example.org"


def test_nothing_of_a_visit_or_a_submit_looks_through_all_people_or_mails(
    installation, database, visit, token
):
    crowd(database, 3_000)

    def submit_twice_and_look() -> None:
        submit(installation, token, "Ana Silva")
        submit(installation, token, "Ana da Silva")
        assert visit(token).delivery == Delivery.ON_ITS_WAY

    found = plans(database, submit_twice_and_look)
    assert any("FROM mail" in plan for plan in found)
    assert [plan for plan in found if ALL_OF_THEM.search(plan)] == []
