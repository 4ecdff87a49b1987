"""Over real SMTP: what each group is told, and which certificate it gets."""

import io

from PIL import Image
from sqlalchemy import select

from shared import events
from shared.acts.queue_kind import QueueKind
from shared.acts.run import apply
from shared.events import groups
from shared.events.settings import set_wording
from shared.mail.kinds.certificate import CERTIFICATE
from shared.mail.kinds.invitation import INVITATION
from shared.mail.kinds.reminder import REMINDER
from shared.mail.queue.enqueue import queue_test_mail
from shared.storage.models import Event, Mail, MailState, Volunteer
from tests.support.factories import invite
from tests.support.grouped import give_design, give_text, grouped_event
from tests.support.mailing import send_through, wait_until, working
from tests.support.smtp_sink import Received, SmtpSink, friendly_sink
from tests.support.submitting import submit_name


def subjects(sink: SmtpSink) -> dict[str, list[str]]:
    told: dict[str, list[str]] = {}
    for mail in sink.received:
        told.setdefault(mail.recipient.partition("@")[0], []).append(mail.message["Subject"])
    return told


def paper(mail: Received) -> str:
    """Of the attached certificate."""
    (file,) = (
        part
        for part in mail.message.walk()
        if part.get_filename() and part.get_content_type() == "image/jpeg"
    )
    _, _, blue = Image.open(io.BytesIO(file.get_content())).convert("RGB").getpixel((3, 3))
    return "white" if blue > 200 else "gold"


def nothing_waits(database) -> bool:
    with database.reading() as session:
        states = set(session.scalars(select(Mail.state)))
    return states <= {MailState.SENT, MailState.CANCELLED}


def submit(installation, token: str, name: str) -> None:
    with installation.database.writing() as session:
        submit_name(session, installation.settings, installation.seal, token, name)


def remind(database, event_id: int, *names: str) -> None:
    with database.writing() as session:
        event = events.event_for_change(session, event_id)
        people = session.scalars(select(Volunteer)).all()
        ids = [one.id for one in people if one.email.partition("@")[0] in names]
        assert apply(session, QueueKind(REMINDER.name), event.id, ids).done == len(names)


def test_speakers_and_helpers_get_their_own_texts_and_designs(installation, event_id):
    database = installation.database
    grouped_event(database, event_id)
    give_design(database, event_id, "speaker", "gold")
    give_text(database, event_id, "speaker", "invitation", "Dear speaker")
    give_text(database, event_id, "speaker", "reminder", "Dear speaker, again")
    give_text(database, event_id, "helper", "certificate", "Thank you for helping")
    with database.writing() as session:
        event = events.event_for_change(session, event_id)
        set_wording(event, "invitation", subject="Dear all", body="")
    with friendly_sink() as sink:
        with database.writing() as session:
            send_through(session, session.get_one(Event, event_id), sink)
        tokens = invite(installation, event_id)
        remind(database, event_id, "ana", "cy")
        submit(installation, tokens["bo@example.org"], "Bo Lund")
        with working(installation):
            wait_until(lambda: nothing_waits(database))
            submit(installation, tokens["ana@example.org"], "Ana Silva")
            wait_until(lambda: len(sink.received) == 7)
        told = subjects(sink)
        # Several leave at once, so that either may come first.
        assert {"Dear speaker", "Dear speaker, again"} < set(told["ana"])
        assert "Dear all" in told["cy"]
        assert "Dear all" in told["di"]
        assert "Thank you for helping" in told["bo"]
        assert not [subject for subject in told["cy"] if "again" in subject]
        colours = {
            mail.recipient[:2]: paper(mail)
            for mail in sink.received
            if any(part.get_filename() for part in mail.message.walk())
        }
    assert colours == {"bo": "white", "an": "gold"}


def test_a_test_mail_shows_what_a_group_gets(installation, event_id):
    database = installation.database
    grouped_event(database, event_id)
    give_design(database, event_id, "speaker", "gold")
    give_text(database, event_id, "speaker", "invitation", "Dear speaker")
    with friendly_sink() as sink:
        with database.writing() as session:
            send_through(session, session.get_one(Event, event_id), sink)
        for kind in (INVITATION, CERTIFICATE):
            with database.writing() as session:
                event = events.event_for_change(session, event_id)
                speakers = groups.find_group(event, "speaker")
                queue_test_mail(session, event, kind, "me@example.org", speakers)
            with working(installation):
                wait_until(lambda: nothing_waits(database))
        invitation, certificate = sink.received
    assert invitation.message["Subject"] == "Dear speaker"
    assert paper(certificate) == "gold"
