"""What volunteers do: a name once or a hundred times makes one certificate, and one mail."""

import pytest
from sqlalchemy import func, select

from shared import events
from shared.certificates.issuing import drawing, making, submission
from shared.errors import (
    AlreadyMailed,
    InvitationUnknown,
    NameDoesNotFit,
    NameMissing,
    NameNotPlain,
    NoDesign,
    NoGlyph,
)
from shared.events.settings import create_event
from shared.rendering.design import render_preview
from shared.storage.models import Certificate, Event, MailState, Problem, Status, Volunteer
from shared.storage.sealing.tokens import Seal, load_seal
from tests.support.factories import add, invite
from tests.support.processes import at_once
from tests.support.submitting import (
    ana,
    certificate_mail,
    certificate_mails,
    issued,
    mailed,
    submit,
    submit_name,
    token,
)

__all__ = ["mailed", "submit", "token"]


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


def test_a_name_has_the_forms_of_the_language_that_the_list_says_for_good(
    installation, database, submit
):
    def say(language: str):
        with database.writing() as session:
            session.scalars(select(Volunteer)).one().columns = {"语言": language}

    def look(name: str) -> bytes:
        with database.reading() as session:
            person = session.scalars(select(Volunteer)).one()
            return render_preview(*making.look_of(session, installation.settings, person, name))

    def files(certificate) -> list[bytes]:
        with database.reading() as session:
            certificate = session.get_one(Certificate, certificate.id)
            formats = ("jpg", "png", "pdf")
            return [drawing.render(session, installation.settings, certificate, f) for f in formats]

    usual = look("直海")
    say("日语")
    assert look("直海") != usual
    certificate = submit("直海")
    assert "JapaneseNames" in str(certificate.typesetting)
    drawn = files(certificate)
    say("英语")
    assert look("直海") == usual
    assert files(certificate) == drawn


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
                found = submission.find_volunteer(session, installation.seal, tokens[email])
                assert found.email == email
        with database.writing() as session:
            return submit_name(
                session, installation.settings, installation.seal, tokens[email], f"Name {email}"
            ).name

    at_once(look_and_submit, len(people))
    assert {certificate.name for certificate in issued(database)} == {f"Name {p}" for p in people}
    assert len(certificate_mails(database)) == len(people)


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


WRONG_TOKENS = ["", "wrong", "x" * 129, "\ud800", "令牌", None, 7, {}]


def test_a_token_that_nobody_has_is_refused_whatever_it_is(installation, database):
    for wrong in WRONG_TOKENS:
        with database.writing() as session, pytest.raises(InvitationUnknown):
            submit_name(session, installation.settings, installation.seal, wrong, "Ana")


def test_without_a_certificate_to_draw_on_nothing_is_submitted(installation, database, event_id):
    add(database, event_id, "ana@example.org")
    token = invite(installation, event_id)["ana@example.org"]
    with database.writing() as session, pytest.raises(NoDesign):
        submit_name(session, installation.settings, installation.seal, token, "Ana")
    assert ana(database).status is Status.NEW


def test_a_token_still_opens_after_the_keys_were_rotated(installation, database, token):
    old = (installation.settings.data_dir / "secret.key").read_text().strip()
    rotated = load_seal(f"a-new-key,{old}", installation.settings.data_dir / "secret.key")
    with database.reading() as session:
        assert submission.find_volunteer(session, rotated, token).email == "ana@example.org"
        with pytest.raises(InvitationUnknown):
            submission.find_volunteer(session, Seal(["a-new-key"]), token)


def test_the_events_of_others_are_out_of_reach_of_a_token(installation, database, event_id, token):
    with database.writing() as session:
        other, _ = create_event(session, name="Clean Beach")
    add(database, other.id, "ana@example.org")
    others = invite(installation, other.id)["ana@example.org"]
    with database.reading() as session:
        found = [
            submission.find_volunteer(session, installation.seal, t).event_id
            for t in (token, others)
        ]
        assert session.scalar(select(func.count()).select_from(Event)) == 3
    assert found == [event_id, other.id]
