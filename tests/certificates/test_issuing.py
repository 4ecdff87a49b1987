"""What volunteers do: a name once or a hundred times makes one certificate, and one mail."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select, update

from shared import events
from shared.certificates import designs, issuing
from shared.errors import (
    AlreadyMailed,
    InvitationUnknown,
    NameDoesNotFit,
    NameMissing,
    NameNotPlain,
    NoDesign,
    NoGlyph,
)
from shared.mail.kinds.certificate import CERTIFICATE
from shared.mail.queue import failed_mails
from shared.rendering.layout import standard_layout
from shared.storage.models import (
    Certificate,
    Event,
    Mail,
    MailState,
    Problem,
    Status,
    Volunteer,
)
from shared.storage.sealing.tokens import Seal, load_seal
from shared.volunteers import roster
from tests.support.factories import add, design, invite, small_picture
from tests.support.processes import at_once


@pytest.fixture
def token(installation, event_id) -> str:
    """The token of Ana, who was invited; the event has a certificate."""
    design(installation.database, event_id)
    add(installation.database, event_id, "email,number,task\nana@example.org,HR-7,water")
    return invite(installation, event_id)["ana@example.org"]


@pytest.fixture
def submit(installation, token):
    """Ana submits a name, in a transaction of its own."""

    def submitted(name: str, **options) -> Certificate:
        with installation.database.writing() as session:
            return issuing.submit(
                session, installation.settings, installation.seal, token, name, **options
            )

    return submitted


@pytest.fixture
def mailed(installation, submit) -> Certificate:
    """Ana's certificate, after the mail server took it."""
    certificate = submit("Ana Silva")
    with installation.database.writing() as session:
        mail = certificate_mail(session, certificate)
        mail.state, mail.sent_at = MailState.SENT, mail.created_at
        session.get_one(Volunteer, certificate.volunteer_id).status = Status.MAILED
    return certificate


def certificate_mail(session, certificate) -> Mail:
    return session.scalars(select(Mail).where(Mail.certificate_id == certificate.id)).one()


def issued(database) -> list[Certificate]:
    with database.reading() as session:
        return list(session.scalars(select(Certificate).order_by(Certificate.id)))


def certificate_mails(database) -> list[Mail]:
    with database.reading() as session:
        rows = select(Mail).where(Mail.kind == CERTIFICATE.name).order_by(Mail.id)
        return list(session.scalars(rows))


def ana(database) -> Volunteer:
    with database.reading() as session:
        return session.scalars(select(Volunteer)).one()


# Submitting


def test_a_submitted_name_is_stored_with_its_certificate_and_its_mail(database, submit):
    submit("  Ana \n Silva".replace("\n", " "))
    [certificate], [mail], person = issued(database), certificate_mails(database), ana(database)
    assert (person.name, person.status) == ("Ana Silva", Status.SUBMITTED)
    assert person.submitted_at is not None
    assert (certificate.name, certificate.number, certificate.revision) == ("Ana Silva", "HR-7", 1)
    assert certificate.columns == {"task": "water"}
    assert len(certificate.public_id) == 22
    assert (mail.certificate_id, mail.state, mail.urgent) == (
        certificate.id,
        MailState.QUEUED,
        True,
    )


def test_the_same_name_again_changes_nothing(database, submit):
    first = submit("Ana Silva")
    assert submit(" Ana  Silva ").id == first.id
    assert len(issued(database)) == len(certificate_mails(database)) == 1


def test_the_same_name_again_sends_a_failed_mail_once_more(database, submit):
    certificate = submit("Ana Silva")
    with database.writing() as session:
        mail = certificate_mail(session, certificate)
        mail.state = MailState.FAILED
        mail.volunteer.problem, mail.volunteer.problem_text = Problem.MAIL_FAILED, "552 full"
    submit("Ana Silva")
    assert [mail.state for mail in certificate_mails(database)] == [MailState.QUEUED]
    assert (ana(database).problem, ana(database).problem_text) == (None, "")


def test_another_name_before_the_mail_left_replaces_the_certificate(database, submit):
    submit("Ana Silva")
    submit("Ana da Silva")
    old, new = issued(database)
    assert old.replaced_at is not None
    assert (new.name, new.revision, new.replaced_at) == ("Ana da Silva", 2, None)
    assert [mail.state for mail in certificate_mails(database)] == [
        MailState.CANCELLED,
        MailState.QUEUED,
    ]
    assert ana(database).name == "Ana da Silva"


def test_a_mail_that_is_just_being_handed_over_is_left_to_its_worker(database, submit):
    certificate = submit("Ana Silva")
    with database.writing() as session:
        certificate_mail(session, certificate).state = MailState.SENDING
    submit("Ana da Silva")
    assert [mail.state for mail in certificate_mails(database)] == [
        MailState.SENDING,
        MailState.QUEUED,
    ]


@pytest.mark.usefixtures("mailed")
@pytest.mark.parametrize("name", ["Ana Silva", "Ana da Silva"])
def test_after_the_certificate_was_mailed_a_plain_submit_is_told_so(database, submit, name):
    with pytest.raises(AlreadyMailed, match="already mailed"):
        submit(name)
    assert len(issued(database)) == len(certificate_mails(database)) == 1


@pytest.mark.usefixtures("mailed")
def test_a_correction_after_the_mail_issues_a_new_certificate_and_marks_the_old(database, submit):
    submit("Ana da Silva", correct=True)
    old, new = issued(database)
    assert old.replaced_at is not None
    assert new.public_id != old.public_id
    assert [mail.state for mail in certificate_mails(database)] == [
        MailState.SENT,
        MailState.QUEUED,
    ]
    assert ana(database).status is Status.SUBMITTED


@pytest.mark.usefixtures("mailed")
def test_a_correction_to_the_same_name_mails_nothing(database, submit):
    submit("Ana Silva", correct=True)
    assert len(issued(database)) == len(certificate_mails(database)) == 1
    assert ana(database).status is Status.MAILED


@pytest.mark.usefixtures("mailed")
def test_where_corrections_are_not_allowed_nobody_corrects(database, event_id, submit):
    with database.writing() as session:
        events.event_for_change(session, event_id).corrections_allowed = False
    with pytest.raises(AlreadyMailed):
        submit("Ana da Silva", correct=True)


@pytest.mark.usefixtures("mailed")
def test_who_was_reopened_submits_anew_even_the_same_name(database, submit):
    with database.writing() as session:
        roster.reopen(session, session.scalars(select(Volunteer)).one())
    submit("Ana Silva")
    old, new = issued(database)
    assert old.replaced_at is not None
    assert new.revision == 2


@pytest.mark.parametrize("state", [MailState.QUEUED, MailState.FAILED])
def test_the_certificate_of_who_was_reopened_never_leaves(database, submit, event_id, state):
    submit("Ana Sliva")
    with database.writing() as session:
        session.execute(update(Mail).values(state=state))
        roster.reopen(session, session.scalars(select(Volunteer)).one())
        failed_mails.retry_failed(session, event_id)
    assert [mail.state for mail in certificate_mails(database)] == [MailState.CANCELLED]
    submit("Ana Silva")
    assert [mail.state for mail in certificate_mails(database)] == [
        MailState.CANCELLED,
        MailState.QUEUED,
    ]


def test_a_certificate_that_has_left_stays_told_when_its_owner_is_reopened(database, submit):
    submit("Ana Silva")
    with database.writing() as session:
        session.execute(update(Mail).values(state=MailState.SENT))
        roster.reopen(session, session.scalars(select(Volunteer)).one())
    assert [mail.state for mail in certificate_mails(database)] == [MailState.SENT]


def test_the_same_submit_a_hundred_times_at_once_makes_one_certificate_and_one_mail(
    database, submit
):
    ids = {certificate.id for certificate in at_once(lambda: submit("Ana Silva"), 100)}
    assert len(ids) == len(issued(database)) == len(certificate_mails(database)) == 1


def test_different_names_at_once_leave_one_certificate_that_counts(database, submit):
    names = ["Ana A", "Ana B", "Ana C", "Ana D"]
    waiting = list(names)
    at_once(lambda: submit(waiting.pop()), 4)
    current = [certificate for certificate in issued(database) if not certificate.replaced_at]
    queued = [mail for mail in certificate_mails(database) if mail.state == MailState.QUEUED]
    assert [mail.certificate_id for mail in queued] == [certificate.id for certificate in current]
    assert ana(database).name == current[0].name
    assert sorted(c.revision for c in issued(database)) == [1, 2, 3, 4]


def test_many_volunteers_submit_while_others_look_and_nothing_is_lost(
    installation, database, event_id, token
):
    people = [f"p{number}@example.org" for number in range(12)]
    add(database, event_id, "\n".join(people))
    tokens = invite(installation, event_id)
    waiting = list(people)

    def look_and_submit() -> str:
        email = waiting.pop()
        for _ in range(5):
            with database.reading() as session:
                found = issuing.find_volunteer(session, installation.seal, tokens[email])
                assert found.email == email
        with database.writing() as session:
            return issuing.submit(
                session, installation.settings, installation.seal, tokens[email], f"Name {email}"
            ).name

    at_once(look_and_submit, len(people))
    assert {certificate.name for certificate in issued(database)} == {f"Name {p}" for p in people}
    assert len(certificate_mails(database)) == len(people)


# What is refused stores nothing


NAMES_NOT_DRAWN = [
    ("", NameMissing),
    (" \u3000 ", NameMissing),
    ("Ana\x00", NameNotPlain),
    ("Ana\u202egnp", NameNotPlain),
    ("Ana \U0001fae8\ue000", NameNotPlain),
    ("Ana \U00013000", NoGlyph),
    ("W" * 80, NameDoesNotFit),
]


def test_a_name_that_cannot_be_drawn_stores_nothing(database, submit):
    for name, refusal in NAMES_NOT_DRAWN:
        with pytest.raises(refusal):
            submit(name)
        assert issued(database) == certificate_mails(database) == []
        assert (ana(database).status, ana(database).name) == (Status.NEW, "")


def test_a_name_is_checked_before_the_token(installation, database):
    with database.writing() as session, pytest.raises(NameMissing):
        issuing.submit(session, installation.settings, installation.seal, "wrong", " ")


WRONG_TOKENS = ["", "wrong", "x" * 129, "\ud800", "令牌", None, 7, {}]


def test_a_token_that_nobody_has_is_refused_whatever_it_is(installation, database):
    for wrong in WRONG_TOKENS:
        with database.writing() as session, pytest.raises(InvitationUnknown):
            issuing.submit(session, installation.settings, installation.seal, wrong, "Ana")


def test_without_a_certificate_to_draw_on_nothing_is_submitted(installation, database, event_id):
    add(database, event_id, "ana@example.org")
    token = invite(installation, event_id)["ana@example.org"]
    with database.writing() as session, pytest.raises(NoDesign):
        issuing.submit(session, installation.settings, installation.seal, token, "Ana")
    assert ana(database).status is Status.NEW


def test_a_token_still_opens_after_the_keys_were_rotated(installation, database, token):
    old = (installation.settings.data_dir / "secret.key").read_text().strip()
    rotated = load_seal(f"a-new-key,{old}", installation.settings.data_dir / "secret.key")
    with database.reading() as session:
        assert issuing.find_volunteer(session, rotated, token).email == "ana@example.org"
        with pytest.raises(InvitationUnknown):
            issuing.find_volunteer(session, Seal(["a-new-key"]), token)


# Drawing


def drawn(installation, certificate_id: int, format: str = "jpg") -> bytes:
    with installation.database.reading() as session:
        certificate = session.get_one(Certificate, certificate_id)
        return issuing.render(session, installation.settings, certificate, format)


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
        designs.set_layout(session, event, standard_layout().model_copy(update={"fields": ()}))
        events.update_event(
            event,
            events.EventChange(
                language="zh",
                certificate_date=date(2020, 1, 1),
                number_pattern="X#",
                time_zone="America/New_York",
            ),
        )
        person = session.scalars(select(Volunteer)).one()
        person.number, person.columns = "HR-8", {"task": "bread"}
        roster.change_address(session, person, "other@example.org")
    assert drawn(installation, certificate.id) == before


def test_a_certificate_carries_the_date_of_the_event_or_of_the_day_in_its_zone(
    database, event_id, submit
):
    today = datetime.now(UTC).astimezone(ZoneInfo("Asia/Shanghai")).date()
    assert submit("Ana Silva").date in (today, datetime.now(ZoneInfo("Asia/Shanghai")).date())
    with database.writing() as session:
        event = events.event_for_change(session, event_id)
        events.update_event(event, events.EventChange(certificate_date=date(2026, 7, 1)))
    assert submit("Ana da Silva").date == date(2026, 7, 1)


def test_a_preview_stores_nothing_and_refuses_what_submitting_would(installation, database, token):
    with database.reading() as session:
        person = issuing.find_volunteer(session, installation.seal, token)
        picture = issuing.preview(session, installation.settings, person, "Ana Silva")
        with pytest.raises(NameDoesNotFit):
            issuing.preview(session, installation.settings, person, "W" * 80)
        session.commit()
    assert picture.startswith(b"\xff\xd8")
    assert issued(database) == []


# Looking up


def test_a_certificate_is_found_by_its_public_id_alone(database, submit):
    certificate = submit("Ana Silva")
    with database.reading() as session:
        assert issuing.find_certificate(session, certificate.public_id).name == "Ana Silva"


WRONG_IDS = ["", "x", "x" * 500, "a\x00b", "\ud800", "%", "1 OR 1=1"]


def test_a_public_id_that_does_not_exist_is_unknown(database):
    for wrong in WRONG_IDS:
        with database.reading() as session, pytest.raises(InvitationUnknown):
            issuing.find_certificate(session, wrong)


def test_the_events_of_others_are_out_of_reach_of_a_token(installation, database, event_id, token):
    with database.writing() as session:
        other, _ = events.create_event(session, name="Clean Beach")
    add(database, other.id, "ana@example.org")
    others = invite(installation, other.id)["ana@example.org"]
    with database.reading() as session:
        found = [
            issuing.find_volunteer(session, installation.seal, t).event_id for t in (token, others)
        ]
        assert session.scalar(select(func.count()).select_from(Event)) == 3
    assert found == [event_id, other.id]
