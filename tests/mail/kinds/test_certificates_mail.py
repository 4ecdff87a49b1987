"""The certificate's mail as the worker sends it: what it shows, carries, and says of others."""

import io
import re
from base64 import b64decode
from collections.abc import Iterator

import pytest
from PIL import Image, ImageChops
from sqlalchemy import select

from shared.certificates.issuing.drawing import read_rehearsed
from shared.events.installation import Installation
from shared.mail import rehearsal
from shared.mail.kinds.invitation import INVITATION
from shared.storage.models import (
    Certificate,
    Event,
    Mail,
    MailState,
    RehearsalMail,
    Status,
    Volunteer,
)
from shared.volunteers.people import roster
from tests.support.factories import add, design, invite
from tests.support.mailing import send_through, statuses, wait_until, working
from tests.support.smtp_sink import SmtpSink, answering
from tests.support.submitting import submit_name

ANA = "ana@example.org"
VOID = "is void from now on"


@pytest.fixture
def token(installation: Installation, event_id: int) -> Iterator[str]:
    """Ana's, who was invited; a worker runs."""
    design(installation.database, event_id)
    add(installation.database, event_id, ANA)
    with working(installation):
        yield invite(installation, event_id)[ANA]


def submit_and_wait(installation: Installation, token: str, name: str) -> RehearsalMail:
    """Submit the name; the mail that the person then has."""
    with installation.database.writing() as session:
        certificate = submit_name(
            session, installation.settings, installation.seal, token, name, correct=True
        )
        certificate_id = certificate.id
    wait_until(lambda: mail_state(installation, certificate_id) is MailState.SENT)
    with installation.database.reading() as session:
        newest = select(RehearsalMail).order_by(RehearsalMail.id.desc()).limit(1)
        return session.scalars(newest).one()


def mail_state(installation: Installation, certificate_id: int) -> MailState:
    with installation.database.reading() as session:
        found = select(Mail.state).where(Mail.certificate_id == certificate_id)
        return session.scalars(found).one()


def test_the_small_picture_is_the_certificate_that_is_attached(
    installation: Installation, token: str
) -> None:
    kept = submit_and_wait(installation, token, "Ana \u738b\u5c0f\u660e")
    with installation.database.reading() as session:
        mail = read_rehearsed(session, installation.settings, installation.seal, kept)
    attached, printed = mail.attachments
    assert (attached.media_type, printed.media_type) == ("image/jpeg", "application/pdf")
    # As the console's mailbox shows it: the picture itself where the mail names its id.
    [encoded] = re.findall(r'<img src="data:image/jpeg;base64,([^"]+)"', mail.html)
    shown = Image.open(io.BytesIO(b64decode(encoded)))
    whole = Image.open(io.BytesIO(attached.content)).convert("RGB")
    assert shown.width <= 600
    difference = ImageChops.difference(whole.resize(shown.size), shown.convert("RGB"))
    assert max(high for _, high in difference.getextrema()) < 100
    assert shown.convert("L").getextrema()[0] < 128
    assert len(encoded) < 60_000


def test_its_button_and_a_plain_link_lead_to_the_page_of_the_certificate_without_a_token(
    installation: Installation, token: str
) -> None:
    mail = rehearsal.parse(installation.seal, submit_and_wait(installation, token, "Ana"))
    with installation.database.reading() as session:
        page = f"127.0.0.1:8000/verify/{session.scalars(select(Certificate.public_id)).one()}"
    links = re.findall(r'<a href="([^"]+)"[^>]*>([^<]+)</a>', mail.html)
    assert {address.removesuffix("#mine") for address, _ in links} == {f"http://{page}"}
    assert [words for _, words in links][:2] == ["Open my certificate", page]
    assert set(re.findall(r"http://\S+", mail.text)) == {f"http://{page}", f"http://{page}#mine"}
    assert token not in mail.text + mail.html


def test_a_correction_says_so_and_what_was_never_mailed_is_not_spoken_of(
    installation: Installation, token: str
) -> None:
    first = submit_and_wait(installation, token, "Ana")
    assert VOID not in rehearsal.parse(installation.seal, first).text
    second = submit_and_wait(installation, token, "Ana Lima")
    assert VOID in rehearsal.parse(installation.seal, second).text


def test_a_name_that_an_organizer_had_entered_again_voids_the_mailed_one_too(
    installation: Installation, token: str
) -> None:
    submit_and_wait(installation, token, "Ana")
    wait_until(lambda: statuses(installation.database) == [Status.MAILED])
    with installation.database.writing() as session:
        roster.reopen(session, session.scalars(select(Volunteer)).one())
    again = submit_and_wait(installation, token, "Ana Lima")
    assert VOID in rehearsal.parse(installation.seal, again).text


def test_a_name_that_changed_before_anything_was_mailed_voids_nothing(
    installation: Installation, event_id: int
) -> None:
    design(installation.database, event_id)
    add(installation.database, event_id, ANA)
    token = invite(installation, event_id)[ANA]
    with installation.database.writing() as session:
        submit_name(session, installation.settings, installation.seal, token, "An")
    with working(installation):
        mail = submit_and_wait(installation, token, "Ana")
    assert VOID not in rehearsal.parse(installation.seal, mail).text


def test_what_exchange_had_already_is_mailed_and_no_bad_address(
    installation: Installation, event_id: int
) -> None:
    add(installation.database, event_id, ANA)
    had_it = "554 5.2.0 STOREDRV; MapiExceptionDuplicateDelivery; Failed to process message"
    with SmtpSink(answering("content", had_it)) as sink:
        with installation.database.writing() as session:
            send_through(session, session.get_one(Event, event_id), sink)
        invite(installation, event_id)
        with working(installation):
            wait_until(lambda: statuses(installation.database) == [Status.INVITED])
    with installation.database.reading() as session:
        [mail] = session.scalars(select(Mail).where(Mail.kind == INVITATION.name))
        assert (mail.state, mail.code) == (MailState.SENT, 554)
        assert session.scalars(select(Volunteer.problem)).all() == [None]
