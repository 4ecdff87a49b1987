"""Certificates that wait are taken back, as far as nobody can have seen them."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from shared.acts.held_back import (
    Release,
    TakeBackCertificates,
    TakenBack,
    take_back_certificates,
)
from shared.acts.pass_on import PassOn, pass_on
from shared.acts.run import apply, run
from shared.acts.send import QueuedMails, send
from shared.certificates.issuing import chosen, drawing
from shared.certificates.issuing.visits import Delivery, look_up
from shared.errors import CertificateNeverSent
from shared.events.installation import Installation
from shared.mail.accounts.suppressions import mark
from shared.mail.kinds.certificate import CERTIFICATE
from shared.mail.queue import enqueue
from shared.mail.queue.enqueue import enqueue_one
from shared.storage.models import (
    Action,
    AuditEntry,
    Certificate,
    Event,
    Mail,
    MailState,
    Sending,
    Status,
    Suppression,
    Volunteer,
    now,
)
from shared.storage.rows import count_rows
from shared.volunteers.table_files import with_link
from tests.support import factories
from tests.support.acted_event import Acted, say_names
from tests.support.acting import reissue_in_turns
from tests.support.sending_steps import begin, claim

NAMED = ("ana", "bo", "cy")


@pytest.fixture
def acted(installation: Installation, event_id: int) -> Acted:
    """Three people whose certificates wait, issued with the names on the list."""
    factories.design(installation.database, event_id)
    acted = Acted(installation, event_id)
    acted.add(*NAMED, listed="Na Med")
    say_names(acted, "issue")
    assert send(installation, event_id) == QueuedMails(issued=3, invited=0, held=0)
    return acted


def count(acted: Acted) -> int:
    with acted.database.reading() as session:
        event = session.get_one(Event, acted.event_id)
        return TakeBackCertificates().count(session, event)


def take_back(acted: Acted) -> TakenBack:
    announced = count(acted)
    done = take_back_certificates(acted.database, acted.event_id)
    assert done.certificates == announced
    return done


def certificates(acted: Acted, name: str) -> list[Certificate]:
    with acted.database.reading() as session:
        theirs = select(Certificate).where(Certificate.volunteer_id == acted.ids[name])
        return list(session.scalars(theirs.order_by(Certificate.revision)))


def state_of(acted: Acted, name: str) -> MailState:
    """Of the newest mail with a certificate."""
    with acted.database.reading() as session:
        theirs = select(Mail.state).where(
            Mail.volunteer_id == acted.ids[name], Mail.kind == CERTIFICATE.name
        )
        return session.scalars(theirs.order_by(Mail.version.desc()).limit(1)).one()


def row_of(person: Volunteer) -> tuple[object, ...]:
    return (
        *(person.status, person.name, person.given_name, person.listed_name, person.number),
        *(person.problem, person.submitted_at, person.asked_at, person.reopened_at),
    )


def test_who_is_taken_back_is_as_before_and_gets_another_one_with_the_next_sending(
    installation: Installation, event_id: int
):
    factories.design(installation.database, event_id)
    acted = Acted(installation, event_id)
    acted.add(*NAMED, listed="Na Med")
    say_names(acted, "issue")
    before = {name: row_of(acted.person(name)) for name in NAMED}
    send(installation, event_id)
    assert take_back(acted) == TakenBack(certificates=3, held=0)
    assert {name: row_of(acted.person(name)) for name in NAMED} == before
    acted.deliver()
    assert state_of(acted, "ana") is MailState.CANCELLED
    assert send(installation, event_id).issued == 3
    acted.deliver()
    assert state_of(acted, "ana") is MailState.SENT
    assert acted.person("ana").status is Status.MAILED
    assert [one.revision for one in certificates(acted, "ana")] == [1, 2]


def test_its_public_id_answers_that_it_was_never_sent(acted: Acted):
    [first] = certificates(acted, "ana")
    take_back(acted)
    with acted.database.reading() as session:
        with pytest.raises(CertificateNeverSent):
            drawing.find_certificate(session, first.public_id)
        event = session.get_one(Event, acted.event_id)
        assert count_rows(session, chosen.with_certificate(event)) == 0
        log = select(AuditEntry).where(AuditEntry.action == Action.TAKEN_BACK)
        entry = session.scalars(log).one()
        assert (entry.count, entry.fields) == (3, ["certificate"])


def test_those_that_later_ones_replaced_were_never_sent_either(acted: Acted):
    ids = [acted.ids["ana"]]
    factories.design(acted.database, acted.event_id, factories.small_picture("ivory"))
    assert reissue_in_turns(acted.installation, acted.event_id, ids, mailed=True).done == 1
    assert take_back(acted).certificates == 3
    assert [bool(one.taken_back_at) for one in certificates(acted, "ana")] == [True, True]
    assert acted.person("ana").status is Status.NEW


def _copy_link(acted: Acted) -> None:
    with acted.database.writing() as session:
        apply(session, PassOn(), acted.event_id, [acted.ids["ana"]])


def _download(acted: Acted) -> None:
    ana = select(Volunteer.id).where(Volunteer.id == acted.ids["ana"])
    with acted.database.reading() as session:
        holders = chosen.with_certificate(session.get_one(Event, acted.event_id), ana)
    pass_on(acted.database, acted.event_id, holders)


def _send_the_link(acted: Acted) -> None:
    with acted.database.writing() as session:
        person = session.get_one(Volunteer, acted.ids["ana"])
        enqueue.resend_invitation(session, acted.installation.seal, person)


@pytest.mark.parametrize("leaves", [_copy_link, _download, _send_the_link])
def test_whoever_may_have_seen_theirs_keeps_it_and_only_its_mail_is_held(
    acted: Acted, leaves: Callable[[Acted], None]
):
    leaves(acted)
    assert take_back(acted) == TakenBack(certificates=2, held=1)
    assert state_of(acted, "ana") is MailState.HELD
    assert acted.person("ana").status is Status.SUBMITTED
    assert [one.taken_back_at for one in certificates(acted, "ana")] == [None]
    acted.deliver()
    assert state_of(acted, "ana") is MailState.HELD
    assert run(acted.database, Release(certificates=True), acted.event_id).done == 1
    acted.deliver()
    assert acted.person("ana").status is Status.MAILED


def _with_a_dead_address(installation: Installation, event_id: int) -> Acted:
    """The certificates of three people, of which Ana's is made without a mail."""
    factories.design(installation.database, event_id)
    acted = Acted(installation, event_id)
    acted.add(*NAMED, listed="Na Med")
    with acted.database.writing() as session:
        mark(session, Suppression.DEAD, now(), Volunteer.id == acted.ids["ana"])
    say_names(acted, "issue")
    assert send(installation, event_id).issued == 3
    assert acted.person("ana").status is Status.PICTURE_MADE
    return acted


def test_one_that_was_made_without_a_mail_is_taken_back_as_well(
    installation: Installation, event_id: int
):
    acted = _with_a_dead_address(installation, event_id)
    assert take_back(acted) == TakenBack(certificates=3, held=0)
    assert acted.person("ana").status is Status.NEW
    assert [bool(one.taken_back_at) for one in certificates(acted, "ana")] == [True]
    assert take_back(acted) == TakenBack(certificates=0, held=0)
    assert send(installation, event_id).issued == 3


def test_one_without_a_mail_stays_once_its_link_was_copied(
    installation: Installation, event_id: int
):
    acted = _with_a_dead_address(installation, event_id)
    _copy_link(acted)
    assert take_back(acted) == TakenBack(certificates=2, held=0)
    assert acted.person("ana").status is Status.PICTURE_MADE


def test_one_without_a_mail_stays_once_one_was_sent_all_the_same(
    installation: Installation, event_id: int
):
    acted = _with_a_dead_address(installation, event_id)
    with acted.database.writing() as session:
        person = session.get_one(Volunteer, acted.ids["ana"])
        mail = enqueue_one(session, person, CERTIFICATE, now())
        mail.state, mail.sent_at = MailState.SENT, now()
    assert take_back(acted) == TakenBack(certificates=2, held=0)
    assert acted.person("ana").status is Status.PICTURE_MADE


def test_a_table_of_links_names_all_who_have_one(acted: Acted):
    pass_on(acted.database, acted.event_id, with_link(acted.event_id))
    assert all(acted.person(name).passed_on_at for name in NAMED)
    assert take_back(acted) == TakenBack(certificates=0, held=3)


def test_a_link_that_was_copied_before_anything_was_issued_counts_as_well(
    installation: Installation, event_id: int
):
    factories.design(installation.database, event_id)
    acted = Acted(installation, event_id)
    acted.add(*NAMED, listed="Na Med")
    say_names(acted, "issue")
    _copy_link(acted)
    send(installation, event_id)
    assert take_back(acted) == TakenBack(certificates=2, held=1)


def test_who_entered_the_name_has_seen_the_certificate_and_goes_on_seeing_it(
    installation: Installation, event_id: int
):
    factories.design(installation.database, event_id)
    acted = Acted(installation, event_id)
    acted.add("di")
    send(installation, event_id)
    acted.deliver()
    acted.submit("di", "Di Osei")
    acted.add(*NAMED, listed="Na Med")
    say_names(acted, "issue")
    send(installation, event_id)
    assert take_back(acted) == TakenBack(certificates=3, held=1)
    token = acted.person("di").token
    assert token is not None
    with acted.database.reading() as session:
        given = installation.seal.open_token(token)
        visit = look_up(session.connection(), installation.seal, given)
    assert (visit.status, visit.name) == (Status.SUBMITTED, "Di Osei")
    assert visit.delivery is Delivery.ON_ITS_WAY


def test_what_a_worker_has_in_hand_is_taken_back_unless_it_has_begun_to_leave(acted: Acted):
    claimed = {
        one.mail.volunteer_id: one for one in claim(acted.database, 2) if one.mail.volunteer_id
    }
    first, second = claimed.values()
    assert begin(acted.database, first)
    assert take_back(acted) == TakenBack(certificates=2, held=0)
    assert not begin(acted.database, second)
    with acted.database.reading() as session:
        people = {one.id: one.status for one in session.scalars(select(Volunteer))}
    assert people[next(iter(claimed))] is Status.SUBMITTED
    assert sorted(people.values()) == [Status.NEW, Status.NEW, Status.SUBMITTED]


def test_it_is_stopped_meanwhile_and_goes_on_as_before(acted: Acted):
    def interrupted(share: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        take_back_certificates(acted.database, acted.event_id, progress=interrupted)
    with acted.database.reading() as session:
        assert session.get_one(Event, acted.event_id).sending is Sending.STOPPED
    take_back(acted)
    with acted.database.reading() as session:
        # Who interrupted it says when it goes on.
        assert session.get_one(Event, acted.event_id).sending is Sending.STOPPED


def test_the_first_few_are_nobody_any_more_once_theirs_are_taken_back(
    installation: Installation, event_id: int
):
    factories.design(installation.database, event_id)
    acted = Acted(installation, event_id)
    acted.add(*(f"v{number}" for number in range(7)), listed="Na Med")
    say_names(acted, "issue")
    assert send(installation, event_id, first_few=True).issued == 5
    assert take_back(acted).certificates == 5
    with acted.database.reading() as session:
        assert session.get_one(Event, acted.event_id).first_few == []


def test_whoever_corrects_their_name_has_seen_the_certificate_of_a_worker_that_died(acted: Acted):
    """Its mail brought the link, though nobody could say any more that it left."""
    claim(acted.database)
    acted.submit("ana", "Ana Silva")
    assert [one.name for one in certificates(acted, "ana")] == ["Na Med", "Ana Silva"]
    with acted.database.reading() as session:
        mails = select(Mail).where(Mail.volunteer_id == acted.ids["ana"])
        assert [one.unseen_since for one in session.scalars(mails)] == [None, None]
