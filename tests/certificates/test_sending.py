"""What a sending does depends on who decides the names."""

import pytest
from sqlalchemy import select

from shared.acts.send import QueuedMails, send
from shared.acts.waiting import Waiting, count_waiting
from shared.certificates.designs.fit_sheet import look_through
from shared.errors import NoDesign, ProductError
from shared.rendering.layout import Box, Field, Layout
from shared.storage.models import Certificate, Event, Problem, Volunteer
from tests.support import designing
from tests.support.factories import add
from tests.support.known_names import end_check, listed_event, mails_of, statuses_of
from tests.support.list_columns import print_column


def waiting(database, event_id) -> Waiting:
    with database.reading() as session:
        return count_waiting(session, session.get_one(Event, event_id))


def place(database, event_id, box: Box) -> None:
    with database.writing() as session:
        event = session.get_one(Event, event_id)
        designing.set_layout(session, event, Layout(fields=(Field(kind="name", box=box),)))


def test_where_everybody_is_asked_everybody_is_invited(installation, event_id):
    database = installation.database
    listed_event(database, event_id, "ask")
    assert waiting(database, event_id) == Waiting(0, 3, 0)
    assert send(installation, event_id) == QueuedMails(0, 3, 0)
    assert {kind for _, kind, _ in mails_of(database, event_id)} == {"invitation"}


def test_known_names_are_issued_the_others_asked_and_one_that_cannot_be_drawn_is_held_alone(
    installation, event_id
):
    database = installation.database
    listed_event(database, event_id, "issue")
    assert waiting(database, event_id) == Waiting(2, 1, 0)
    assert send(installation, event_id) == QueuedMails(1, 1, 1)
    assert mails_of(database, event_id) == [
        ("ana", "certificate", "queued"),
        ("bo", "invitation", "queued"),
    ]
    assert statuses_of(database, event_id) == [2, 0, 0]
    with database.reading() as session:
        held = session.scalars(select(Volunteer).where(Volunteer.problem.is_not(None))).one()
        (certificate,) = session.scalars(select(Certificate))
    assert (held.email, held.problem) == ("cy@example.org", Problem.NO_GLYPH)
    assert "𒀀" in held.problem_text
    assert (certificate.name, certificate.by_organizer) == ("Ana Silva", True)


def test_pressed_twice_nobody_gets_a_second_mail(installation, event_id):
    listed_event(installation.database, event_id, "issue")
    send(installation, event_id)
    before = mails_of(installation.database, event_id)
    assert send(installation, event_id) == QueuedMails(0, 0, 1)
    assert mails_of(installation.database, event_id) == before


def test_who_was_invited_before_gets_a_certificate_once_the_list_says_the_names(
    installation, event_id
):
    database = installation.database
    listed_event(database, event_id, "check", "email,name\nana@example.org,Ana Silva")
    assert send(installation, event_id) == QueuedMails(0, 1, 0)
    end_check(database, event_id)
    assert waiting(database, event_id) == Waiting(1, 0, 0)
    assert send(installation, event_id) == QueuedMails(1, 0, 0)
    assert [kind for _, kind, _ in mails_of(database, event_id)] == ["invitation", "certificate"]


def test_the_first_few_are_five_certificates(installation, event_id):
    people = "".join(f"v{one}@example.org,Ana Silva {one}\n" for one in range(8))
    listed_event(installation.database, event_id, "issue", f"email,name\n{people}x@example.org,")
    assert send(installation, event_id, first_few=True) == QueuedMails(5, 0, 0)
    assert waiting(installation.database, event_id) == Waiting(3, 1, 0)
    assert send(installation, event_id) == QueuedMails(3, 1, 0)


def test_of_two_who_decided_on_the_same_state_only_one_sends(installation, event_id):
    people = "".join(f"v{one}@example.org,Ana Silva {one}\n" for one in range(12))
    listed_event(installation.database, event_id, "issue", f"email,name\n{people}")
    with installation.database.reading() as session:
        seen = session.get_one(Event, event_id).sendings
    send(installation, event_id, first_few=True, seen=seen)
    with pytest.raises(ProductError, match="just sent"):
        send(installation, event_id, first_few=True, seen=seen)
    assert len(mails_of(installation.database, event_id)) == 5
    with installation.database.reading() as session:
        event = session.get_one(Event, event_id)
        first = session.scalars(select(Volunteer.id).order_by(Volunteer.id).limit(5)).all()
        assert event.first_few == first
    send(installation, event_id, seen=seen + 1)
    with installation.database.reading() as session:
        assert session.get_one(Event, event_id).first_few == []


def test_of_the_first_few_who_cannot_be_drawn_is_replaced_by_the_next(installation, event_id):
    names = ["Ana", "𒀀𒀁", "Bo", "𒀀", "Cy", "Di", "Ed", "Fay", "Gus"]
    people = "".join(f"v{at}@example.org,{name} Silva\n" for at, name in enumerate(names))
    listed_event(installation.database, event_id, "issue", f"email,name\n{people}")
    assert send(installation, event_id, first_few=True) == QueuedMails(5, 0, 2)
    written_to = [who for who, _, _ in mails_of(installation.database, event_id)]
    assert written_to == ["v0", "v2", "v4", "v5", "v6"]
    assert send(installation, event_id) == QueuedMails(2, 0, 2)


def test_the_first_few_are_fewer_where_nobody_else_can_be_drawn(installation, event_id):
    names = ["𒀀", "Ana", "𒀁", "𒀀𒀁", "𒀁𒀀", "𒀀𒀀"]
    people = "".join(f"v{at}@example.org,{name}\n" for at, name in enumerate(names))
    listed_event(installation.database, event_id, "issue", f"email,name\n{people}")
    assert send(installation, event_id, first_few=True) == QueuedMails(1, 0, 5)


def test_where_certificates_were_promised_to_the_first_few_nobody_is_invited_instead(
    installation, event_id
):
    undrawable_cells(installation.database, event_id)
    assert send(installation, event_id, first_few=True) == QueuedMails(0, 0, 3)
    assert mails_of(installation.database, event_id) == []
    assert send(installation, event_id, first_few=True) == QueuedMails(0, 1, 3)


def test_whose_names_are_known_not_to_be_drawn_hold_no_invitation_back(installation, event_id):
    listed_event(installation.database, event_id, "issue", "email,name\ncy@example.org,𒀀\nx@b.org,")
    look_through(installation.database, event_id, 5)
    assert send(installation, event_id, first_few=True) == QueuedMails(0, 1, 1)


def undrawable_cells(database, event_id) -> None:
    """Three whose names can be drawn, but not what else is printed, and somebody without a name."""
    people = "".join(f"v{at}@example.org,Ana {at},𒀀\n" for at in range(3))
    listed_event(database, event_id, "issue", f"email,name,team\n{people}x@example.org,,")
    print_column(database, event_id, "team")


def test_a_new_design_tries_the_names_again_that_did_not_fit_the_one_before(installation, event_id):
    database = installation.database
    listed_event(database, event_id, "issue", "email,name\nana@example.org,Maria del Carmen")
    place(database, event_id, Box(left=0.1, top=0.1, width=0.05, height=0.03))
    assert send(installation, event_id) == QueuedMails(0, 0, 1)
    place(database, event_id, Box(left=0.1, top=0.1, width=0.8, height=0.2))
    assert waiting(database, event_id) == Waiting(1, 0, 0)
    assert send(installation, event_id) == QueuedMails(1, 0, 0)


def test_without_a_certificate_nothing_is_issued(installation, event_id):
    database = installation.database
    add(database, event_id, "email,name\nana@example.org,Ana Silva")
    with database.writing() as session:
        session.get_one(Event, event_id).naming = "issue"
    with pytest.raises(NoDesign):
        send(installation, event_id)
    assert mails_of(database, event_id) == []
