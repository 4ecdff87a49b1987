"""How far an event is: counts that add up, the list in pages, one person's history."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from shared.events.settings import create_event
from shared.language import translate
from shared.mail.kinds.invitation import INVITATION
from shared.mail.queue.enqueue import queue_test_mail
from shared.storage.models import (
    Attempt,
    Event,
    Mail,
    MailState,
    Problem,
    Status,
    Verdict,
    Volunteer,
    now,
)
from shared.storage.models.volunteer import HAS_PROBLEM
from shared.volunteers.people import progress
from shared.volunteers.people.listing import Listing
from tests.support.factories import add, design, invite
from tests.support.submitting import submit_name

PEOPLE = [f"person{number}@example.org" for number in range(7)]


@pytest.fixture
def asked(database, event):
    """Ask something about the event in a session of its own."""

    def ask(question, *values, **options):
        with database.reading() as session:
            return question(session, session.get_one(Event, event.id), *values, **options)

    return ask


def page(session, event, number=1, size=50, **chosen):
    return Listing(session, event, **chosen).page(number, size)


def count(session, event, **chosen):
    return Listing(session, event, **chosen).count


@pytest.fixture
def mixed(installation, database, event_id):
    """Seven invited people: one each in status 0 to 4, one refused, one of unknown outcome."""
    add(database, event_id, "\n".join(PEOPLE))
    invite(installation, event_id)
    with database.writing() as session:
        queue_test_mail(session, session.get_one(Event, event_id), INVITATION, "me@x.org")
        rows = session.scalars(select(Volunteer).order_by(Volunteer.id)).all()
        for person, status in zip(rows, [*Status, Status.NEW, Status.INVITED], strict=True):
            person.status = status
        rows[5].problem, rows[6].problem = Problem.REFUSED_ADDRESS, Problem.UNKNOWN_OUTCOME
        for person, state in ((rows[0], "queued"), (rows[5], "failed"), (rows[6], "unsure")):
            mail = session.scalars(select(Mail).where(Mail.volunteer_id == person.id)).one()
            mail.state = MailState(state)
            mail.code, mail.answer = (550, "no such user") if state == "failed" else (None, "")
        for person in rows[1:5]:
            mail = session.scalars(select(Mail).where(Mail.volunteer_id == person.id)).one()
            mail.state, mail.sent_at = MailState.SENT, now()


def test_an_empty_event_has_all_five_statuses_at_zero(asked):
    told = asked(progress.event_progress)
    assert (told.total, told.by_status) == (0, dict.fromkeys(Status, 0))
    assert (told.invitations_to_go, told.certificates_to_go, told.problems) == (0, 0, 0)


@pytest.mark.usefixtures("mixed")
def test_the_counts_add_up_to_the_list(asked):
    told = asked(progress.event_progress)
    assert told.total == sum(told.by_status.values()) == 7
    assert told.by_status == {
        Status.NEW: 2,
        Status.INVITED: 2,
        Status.SUBMITTED: 1,
        Status.PICTURE_MADE: 1,
        Status.MAILED: 1,
    }
    assert told.problems == 2


@pytest.mark.usefixtures("mixed")
@pytest.mark.parametrize("statuses", [[], [Status.NEW], [Status.INVITED, Status.MAILED]])
@pytest.mark.parametrize("trait", [None, HAS_PROBLEM])
def test_a_list_is_as_long_by_the_counts_as_when_it_is_counted(asked, statuses, trait):
    chosen = {"statuses": statuses, "trait": trait}
    told = asked(progress.event_progress)
    assert asked(count, **chosen, counted=told) == asked(count, **chosen)


@pytest.mark.usefixtures("mixed")
def test_each_mail_to_a_volunteer_is_counted_in_one_state_and_test_mails_in_none(asked):
    told = asked(progress.event_progress)
    assert sum(told.count(state) for state in MailState) == 7
    assert told.count(MailState.SENT) == 4
    assert told.count(MailState.FAILED) == told.count(MailState.UNSURE) == 1
    assert (told.invitations_to_go, told.certificates_to_go) == (1, 0)


@pytest.mark.usefixtures("mixed")
def test_what_did_not_leave_is_told_with_the_servers_own_words(asked):
    unsure, failed = asked(progress.failures)
    assert (failed.email, failed.code, failed.answer) == (PEOPLE[5], 550, "no such user")
    assert (unsure.email, unsure.state) == (PEOPLE[6], MailState.UNSURE)


@pytest.mark.usefixtures("mixed")
def test_everything_that_did_not_leave_stands_on_one_page_and_is_found_by_its_words(asked):
    pages = [asked(progress.failures, page=n, page_size=1) for n in (1, 2, 3)]
    assert [[one.email for one in page] for page in pages] == [[PEOPLE[6]], [PEOPLE[5]], []]
    assert asked(progress.event_progress).not_arrived == asked(progress.count_failures) == 2
    for search in ("PERSON5", "such user", "person5 no"):
        assert [one.email for one in asked(progress.failures, search=search)] == [PEOPLE[5]]
        assert asked(progress.count_failures, search=search) == 1
    assert asked(progress.failures, search="nobody") == []


@pytest.mark.usefixtures("mixed")
def test_the_mails_of_unknown_outcome_are_told_apart_from_the_failed_ones(asked):
    assert [mail.volunteer.email for mail in asked(progress.unsure_mails)] == [PEOPLE[6]]


@pytest.mark.usefixtures("mixed")
def test_the_counts_of_one_event_hold_nothing_of_another(database):
    with database.writing() as session:
        other, _ = create_event(session, name="Clean Beach")
        told = progress.event_progress(session, other)
        assert (told.total, told.mails, told.problems) == (0, {}, 0)
        assert progress.failures(session, other) == []
        assert Listing(session, other).page() == []


@pytest.mark.usefixtures("mixed")
def test_many_events_are_counted_together_as_each_is_alone(database):
    with database.writing() as session:
        create_event(session, name="Clean Beach")
    with database.reading() as session:
        every = list(session.scalars(select(Event)))
        together = progress.progress_of_each(session, every)
        assert together == {one.id: progress.event_progress(session, one) for one in every}
    assert sorted(told.total for told in together.values()) == [0, 0, len(PEOPLE)]


@pytest.mark.usefixtures("mixed")
def test_pages_hold_everybody_once_in_the_order_of_the_list(asked):
    pages = [asked(page, n, 3) for n in (1, 2, 3, 4)]
    assert [len(people) for people in pages] == [3, 3, 1, 0]
    assert [person.email for people in pages for person in people] == PEOPLE
    assert [p.email for p in asked(page, -1, 1)] == PEOPLE[:1]


SEARCHES = [
    ("PERSON3", ["person3@example.org"]),
    ("王", ["wang@example.org"]),
    ("小明 wang", ["wang@example.org"]),
    ("HR_7", ["wang@example.org"]),
    ("100%", []),
    ("_", ["wang@example.org"]),
    ("\\", []),
    ("a\x00b", []),
    ("'; DROP TABLE volunteer; --", []),
    ("nobody", []),
]


def test_a_search_takes_every_word_as_it_stands(database, event_id, asked):
    add(database, event_id, "email,name,number\nwang@example.org,王小明,HR_7")
    add(database, event_id, "\n".join(PEOPLE))
    for search, found in SEARCHES:
        assert [person.email for person in asked(page, search=search)] == found
        assert asked(count, search=search) == len(found)


@pytest.mark.usefixtures("mixed")
def test_the_list_is_narrowed_by_status_and_to_problems(asked):
    some = asked(page, statuses=[Status.SUBMITTED, Status.MAILED])
    assert [person.email for person in some] == [PEOPLE[2], PEOPLE[4]]
    troubled = asked(page, trait=HAS_PROBLEM)
    assert [person.email for person in troubled] == [PEOPLE[5], PEOPLE[6]]
    assert asked(count, statuses=[Status.NEW], trait=HAS_PROBLEM) == 1


def test_the_history_of_a_person_tells_everything_in_order(installation, database, event_id):
    design(database, event_id)
    add(database, event_id, "ana@example.org")
    token = invite(installation, event_id)["ana@example.org"]
    for name in ("Ana {Silva}", "Ana da Silva"):
        with database.writing() as session:
            submit_name(session, installation.settings, installation.seal, token, name)
    with database.writing() as session:
        mail = session.scalars(select(Mail).order_by(Mail.id.desc())).first()
        start = now()
        for number, verdict in enumerate([Verdict.RETRY, Verdict.SENT], start=1):
            entry = start + timedelta(minutes=number)
            attempt = Attempt(mail_id=mail.id, account="", try_number=number, at=entry)
            attempt.ended_at, attempt.verdict, attempt.answer = entry, verdict, "greylisted {0}"
            session.add(attempt)
        mail.address, mail.state = "ana@example.org", MailState.SENT
        mail.sent_at = start + timedelta(minutes=3)
    with database.reading() as session:
        entries = progress.history(session, session.scalars(select(Volunteer)).one())
    assert [entry.at for entry in entries] == sorted(entry.at for entry in entries)
    sentences = [translate(entry.what, "en", **entry.details) for entry in entries]
    assert sentences[:2] == ["Added to the list", "Invitation queued"]
    assert sentences[-2:] == [
        "Attempt for ana@example.org failed with –: greylisted {0}",
        "Certificate accepted by the mail server for ana@example.org",
    ]
    assert sorted(sentences[2:-2]) == [
        "Certificate 1 was replaced by a corrected one",
        "Certificate queued",
        "Certificate queued",
        "Submitted the name “Ana da Silva”",
        "Submitted the name “Ana {Silva}”",
    ]
