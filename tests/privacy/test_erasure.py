"""Somebody is erased: they are a number among others from then on, and get nothing more."""

import pytest
from sqlalchemy import func, select, text

from shared.acts import invite
from shared.acts.add_list import add_list
from shared.acts.queue_kind import QueueKind
from shared.acts.remind import Remind, Rules
from shared.acts.retry import Retry
from shared.acts.run import apply
from shared.acts.withdraw import UndoWithdrawal
from shared.certificates.issuing import chosen, submission
from shared.certificates.issuing import links as link_requests
from shared.errors import InvitationUnknown, ProductError, SettingRefused
from shared.events import event_for_change
from shared.events.installation import Installation
from shared.log.actor import Actor
from shared.mail.kinds.invitation import INVITATION
from shared.mail.queue import enqueue
from shared.privacy.erasure import Erased, erase_person, find_person
from shared.storage.models import (
    Action,
    Attempt,
    AuditEntry,
    Base,
    Certificate,
    Event,
    Mail,
    MailState,
    Problem,
    RehearsalMail,
    Role,
    SendingAccount,
    Status,
    Verdict,
    Volunteer,
)
from shared.volunteers.people import roster
from shared.volunteers.people.progress import event_progress, failures
from shared.volunteers.people.search import find
from tests.support import factories
from tests.support.acting import of, queue_invitations
from tests.support.lists import read_call
from tests.support.query_plans import full_scans
from tests.support.sending_steps import NOBODY, SENT, add_account, begin, claim, settle
from tests.support.submitting import submit_name
from tests.support.traces import traces
from tests.support.whole_tables import ledger, statuses

ADDRESS = "Zerafina.Quill@erase-me.example"
OLD_ADDRESS = "zquill@before.example"
LIST = (
    "email,number,name,team\n"
    + "".join(f"neighbour{n}@example.org,,Neighbour Number{n},Kitchen\n" for n in range(40))
    + f"{OLD_ADDRESS},QX-777,Zerafina Listed,Lighthouse Crew\n"
    + "".join(f"other{n}@example.org,,Other Number{n},Kitchen\n" for n in range(40))
)
NAME, EARLIER_NAME = "Zéfir Quillfeather", "Zefira Quilfether"
FACTS = [
    *(ADDRESS, OLD_ADDRESS, "Zerafina", "QX-777", "Lighthouse", "Quillfeather", "Quilfether"),
]
# By which they are found when somebody searches.
GRAMS = ("zer", "qx-", "qui")
OWNER = Actor(None, Role.OWNER)


@pytest.fixture
def zera(installation: Installation, event_id: int) -> Volunteer:
    """Somebody with all that can be known: two addresses, three names, mails of every end."""
    database = installation.database
    factories.design(database, event_id)
    factories.add(database, event_id, LIST)
    add_account(database, event_id)
    person = _at(installation, event_id, OLD_ADDRESS)
    factories.invite(installation, event_id)
    for mail in claim(database):
        refused = mail.address == OLD_ADDRESS
        settle(database, mail, _refusing(OLD_ADDRESS) if refused else SENT)
    _submit(installation, person, EARLIER_NAME)
    with database.writing() as session:
        changed = session.get_one(Volunteer, person.id)
        roster.change_address(session, installation.seal, changed, ADDRESS)
    _submit(installation, person, NAME)
    _rehearse(installation, event_id)
    (mail,) = [one for one in claim(database) if one.mail.certificate]
    settle(database, mail, SENT)
    with database.writing() as session:
        enqueue.queue_test_mail(session, session.get_one(Event, event_id), INVITATION, ADDRESS)
    (tested,) = claim(database)
    settle(database, tested, SENT)
    with database.writing() as session:
        account = session.scalars(select(SendingAccount)).one()
        account.trouble_text = f"450 too many for <{ADDRESS}>"
    return _at(installation, event_id, ADDRESS)


def _refusing(address: str):
    return NOBODY.__class__(NOBODY.verdict, NOBODY.phase, 550, f"5.1.1 <{address}>: unknown")


def _at(installation: Installation, event_id: int, address: str) -> Volunteer:
    with installation.database.reading() as session:
        return find_person(session, installation.seal, session.get_one(Event, event_id), address)


def _token(installation: Installation, person: Volunteer) -> str:
    with installation.database.reading() as session:
        token = session.get_one(Volunteer, person.id).token
    assert token is not None
    return installation.seal.open_token(token)


def _submit(installation: Installation, person: Volunteer, name: str) -> None:
    token = _token(installation, person)
    with installation.database.writing() as session:
        submit_name(session, installation.settings, installation.seal, token, name)


def _rehearse(installation: Installation, event_id: int) -> None:
    """Mails lie in the mailbox of the rehearsal, to her and to another one."""
    with installation.database.writing() as session:
        for address in (ADDRESS, "other1@example.org"):
            content = installation.seal.seal_mail(b"Dear Zerafina", address)
            session.add(
                RehearsalMail(
                    event_id=event_id, recipient=address, subject=f"For {address}",
                    content=content,
                )
            )  # fmt: skip


def erase(installation: Installation, person: Volunteer) -> Erased:
    return erase_person(installation.database, installation.seal, person, OWNER)


def test_no_fact_is_left_in_any_table_nor_in_the_files(
    installation: Installation, event_id: int, zera: Volunteer
):
    database, token = installation.database, _token(installation, zera)
    facts = [*FACTS, *(f"'{event_id}:{gram}'" for gram in GRAMS)]
    assert {fact for _, fact in traces(database, facts)} == set(facts)
    gone = erase(installation, zera)
    assert (gone.mails, gone.rehearsal_mails, gone.certificates) == (3, 1, 2)
    database.engine.dispose()
    assert traces(database, [*facts, installation.seal.seal_token(token)]) == []


def test_nobody_finds_them_by_searching_and_others_are_found(
    installation: Installation, event_id: int, zera: Volunteer
):
    def found(words: str) -> list[int]:
        with installation.database.reading() as session:
            return find(session, session.get_one(Event, event_id), words)

    assert found("quillfeather") == [zera.id]
    erase(installation, zera)
    assert [found(words) for words in ("quillfeather", "erase-me", "QX-777", "before")] == [[]] * 4
    assert len(found("kitchen neighbour7")) == len(found("neighbour7")) - 1 == 0


def test_the_counts_stay_and_nothing_is_said_to_have_failed(
    installation: Installation, event_id: int, zera: Volunteer
):
    def counts():
        with installation.database.reading() as session:
            progress = event_progress(session, session.get_one(Event, event_id))
            return progress.total, progress.by_status

    before = counts()
    erase(installation, zera)
    assert counts() == before
    assert before[1][Status.MAILED] == 1
    with installation.database.reading() as session:
        event = session.get_one(Event, event_id)
        assert failures(session, event) == []
        table = statuses(session, installation.settings, event)
        assert list(table["email"]).count("") == 1
        assert not any(fact in str(ledger(session, event).to_dict()) for fact in FACTS)


def test_their_link_opens_nothing_and_their_certificate_stays_withdrawn(
    installation: Installation, event_id: int, zera: Volunteer
):
    token = _token(installation, zera)
    erase(installation, zera)
    with installation.database.writing() as session:
        with pytest.raises(InvitationUnknown):
            submission.find_volunteer(session, installation.seal, token)
        assert apply(session, UndoWithdrawal(of(zera.id)), event_id).done == 0
        people = chosen.with_withdrawn(session.get_one(Event, event_id))
        assert session.scalars(people).all() == []
        issued = session.scalars(select(Certificate)).all()
    assert [(one.is_erased, one.name, one.columns) for one in issued] == [(True, "", {})] * 2


def test_a_mail_that_is_leaving_right_now_stays_here(installation: Installation, listed: int):
    database = installation.database
    factories.invite(installation, listed)
    ana, bo = claim(database)
    erase(installation, _at(installation, listed, ana.address))
    assert not begin(database, ana)
    assert begin(database, bo)


def test_what_a_server_says_too_late_brings_no_address_back(
    installation: Installation, listed: int
):
    database = installation.database
    factories.invite(installation, listed)
    ana, _ = claim(database)
    assert begin(database, ana)
    erase(installation, _at(installation, listed, ana.address))
    assert not settle(database, ana, _refusing(ana.address))
    assert traces(database, [ana.address]) == []
    with database.reading() as session:
        attempt = session.scalars(select(Attempt).where(Attempt.id == ana.attempt_id)).one()
        # It was made, and counts in the account's budget.
        assert (attempt.address, attempt.answer, attempt.verdict) == ("", "", Verdict.NONE)


@pytest.mark.parametrize("status", [Status.NEW, Status.INVITED, Status.MAILED])
def test_no_button_writes_to_them_again(installation: Installation, listed: int, status: Status):
    database, seal = installation.database, installation.seal
    if status > Status.NEW:
        factories.invite(installation, listed)
    with database.writing() as session:
        for one in session.scalars(select(Volunteer)):
            one.status, one.problem = status, Problem.MAIL_FAILED
    ana = _at(installation, listed, "ana@example.org")
    erase(installation, ana)
    with database.writing() as session:
        event = event_for_change(session, listed)
        waiting = invite.count_waiting(session, event)
        queue_invitations(session, seal, event)
        assert waiting == (1 if status is Status.NEW else 0)
        apply(session, Remind(rules=Rules(5, 0)), event.id)
        apply(session, Retry(), listed)
        apply(session, QueueKind(INVITATION.name), event.id, [ana.id])
        with pytest.raises(SettingRefused, match="email"):
            enqueue.resend_invitation(session, seal, session.get_one(Volunteer, ana.id))
    assert link_requests.send_link_to_address(database, seal, "ana@example.org") == 0
    assert {mail.address for mail in claim(database)} <= {"bo@example.org"}
    with database.reading() as session:
        hers = session.scalars(select(Mail).where(Mail.volunteer_id == ana.id)).all()
    assert not any(mail.state in (MailState.QUEUED, MailState.SENDING) for mail in hers)


def test_what_a_colleague_presses_who_has_not_seen_it_brings_nothing_back(
    installation: Installation, zera: Volunteer
):
    database = installation.database
    erase(installation, zera)
    with database.writing(by=OWNER) as session:
        person = session.get_one(Volunteer, zera.id)
        status = person.status
        with pytest.raises(SettingRefused, match="erased"):
            roster.change_address(session, installation.seal, person, "other@erase-me.example")
        roster.reopen(session, person)
        assert (person.status, person.reopened_at) == (status, None)
    assert traces(database, ["erase-me"]) == []


def test_a_later_list_of_the_event_leaves_them_out(
    installation: Installation, event_id: int, zera: Volunteer
):
    erase(installation, zera)
    again = read_call(f"{ADDRESS.upper()},QX-777,Zerafina Listed\nnew@example.org")
    added = add_list(installation.database, installation.seal, event_id, again)
    assert ([one.email for one in added.new], added.erased) == (["new@example.org"], 1)


def test_the_log_says_who_erased_whom_by_number(
    installation: Installation, event_id: int, zera: Volunteer
):
    erase(installation, zera)
    assert erase(installation, zera) == Erased()
    with installation.database.reading() as session:
        entries = session.scalars(select(AuditEntry).where(AuditEntry.action == Action.ERASED))
        assert [(one.volunteer_id, one.by_role, one.fields) for one in entries] == [
            (zera.id, Role.OWNER, [])
        ]


def test_nobody_else_loses_anything(installation: Installation, event_id: int, zera: Volunteer):
    others = select(func.count()).where(Volunteer.email.like("%number%") | (Volunteer.email != ""))

    def count() -> tuple[int, int]:
        with installation.database.reading() as session:
            kept = session.scalars(select(func.count()).select_from(RehearsalMail)).one()
            return session.scalars(others).one(), kept

    before = count()
    erase(installation, zera)
    assert count() == (before[0] - 1, before[1] - 1)


def test_an_address_that_nobody_has_is_refused(installation: Installation, event_id: int):
    for address in ("nobody@example.org", "no address"):
        with pytest.raises(ProductError, match="Nobody on the list"):
            _at(installation, event_id, address)


def test_no_table_tells_of_people_that_erasing_does_not_know():
    told = {"volunteer", "mail", "certificate"}
    known = {
        *("mail", "certificate", "attempt", "bounce_report"),
        # Taken away as they are counted no more: `volunteers.lists.list_columns`.
        "unread_value",
        # And as nothing about them is undone any more: `volunteers.people.list_changes`.
        "list_change",
        # What it says is forgotten, and its bit set: `features.credentials.stored`.
        *("credential", "unsigned_certificate"),
        # Of colleagues, who are no volunteers.
        "colleague_invitation",
    }
    found = {
        table.name
        for table in Base.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name in told
    }
    # A feature may have been taken out.
    assert found == known & Base.metadata.tables.keys()


def test_it_costs_the_same_on_a_long_list(
    installation: Installation, event_id: int, zera: Volunteer
):
    database = installation.database
    with database.engine.begin() as connection:
        connection.execute(text("ANALYZE"))
        if not database.is_sqlite:
            connection.execute(text("SET enable_seqscan = off"))
    scans = full_scans(database, lambda: erase(installation, zera))
    assert [plan for plan in scans if "rehearsal_mail" not in plan] == []
