"""Who qualifies is known of everybody, whatever changes; and what somebody has stays theirs."""

import io
import json
import zipfile
from collections.abc import Sequence

import pytest
from sqlalchemy import select, update

from shared.acts.change_value import change_value
from shared.acts.forget_column import forget_column
from shared.acts.remind import USUAL, Remind, Rules
from shared.acts.run import apply_to, run
from shared.acts.send import expect, send
from shared.acts.undo_list import UndoList
from shared.acts.withdraw import Withdraw
from shared.certificates.designs.event_copy import copy_event
from shared.errors import NotQualified, ProductError, SettingRefused
from shared.events import event_for_change
from shared.events.installation import Installation
from shared.findings import Level
from shared.mail.queue.enqueue import resend_invitation
from shared.preflight.flight_check import check_list
from shared.privacy.archive import archive
from shared.privacy.erasure import erase
from shared.privacy.own_data import held_about
from shared.rendering.names import new_name
from shared.storage.database import Database
from shared.storage.models import (
    ColumnKind,
    Event,
    ListImport,
    Mail,
    MailState,
    Naming,
    Status,
    Volunteer,
)
from shared.volunteers.lists.qualifying import Condition, Join, Judge, Operator, QualifyingRule
from shared.volunteers.people import grouping, roster
from shared.volunteers.people.progress import history
from shared.volunteers.people.qualification import (
    count_unqualified,
    dropouts,
    effect,
    reason,
    set_rule,
)
from shared.worker.upkeep import find_groups, issue_due
from tests.support import factories
from tests.support.acting import held, of
from tests.support.list_columns import say
from tests.support.lists import bring, bring_again
from tests.support.query_plans import full_scans
from tests.support.sending_steps import SENT, claim, settle
from tests.support.submitting import submit_name

LIST = (
    "email,name,hours,role\n"
    "ana@example.org,Ana Silva,8,lead\n"
    'bo@example.org,Bo Lund,"5,5",helper\n'
    "cy@example.org,Cy Young,all day,helper\n"
    "di@example.org,Di Marsh,,lead\n"
)
SIX_HOURS = Condition("hours", Operator.AT_LEAST, ("6",))


def rule(*conditions: Condition, join: Join = Join.ALL) -> QualifyingRule:
    return QualifyingRule(conditions or (SIX_HOURS,), join)


def decide(
    database: Database, event_id: int, wanted: QualifyingRule | None, *, judge: bool = True
) -> None:
    with database.writing() as session:
        set_rule(session, event_for_change(session, event_id), wanted)
    if judge:
        assert grouping.go_through(database, event_id)


def unqualified(database: Database) -> list[str]:
    found = select(Volunteer.email).where(Volunteer.unqualified_at.is_not(None))
    with database.reading() as session:
        emails = session.scalars(found.order_by(Volunteer.id))
        return [email.partition("@")[0] for email in emails]


def person(session, name: str) -> Volunteer:
    return session.scalars(select(Volunteer).where(Volunteer.email == f"{name}@example.org")).one()


def mails(database: Database) -> list[tuple[str, str, MailState]]:
    found = select(Volunteer.email, Mail.kind, Mail.state).join(
        Mail, Mail.volunteer_id == Volunteer.id
    )
    with database.reading() as session:
        return [(a.partition("@")[0], *b) for a, *b in session.execute(found.order_by(Mail.id))]


def said(database: Database, event_id: int) -> list[tuple[Level, str]]:
    with database.reading() as session:
        found = check_list(session, session.get_one(Event, event_id))
        return [(one.level, one.said("en")) for one in found if one.subject == "Who gets one"]


@pytest.fixture
def listed(installation: Installation, event_id: int) -> int:
    factories.design(installation.database, event_id)
    bring(installation, event_id, LIST)
    return event_id


def test_everybody_qualifies_without_a_rule(installation: Installation, listed: int):
    assert unqualified(installation.database) == []
    assert send(installation, listed).invited == 4


def test_who_is_there_and_who_comes_later_is_judged(installation: Installation, listed: int):
    database = installation.database
    decide(database, listed, rule())
    assert unqualified(database) == ["bo", "cy", "di"]
    factories.add(database, listed, "email,hours\neva@example.org,6\nfay@example.org,5")
    assert unqualified(database) == ["bo", "cy", "di", "fay"]
    decide(database, listed, rule(SIX_HOURS, Condition("role", Operator.FILLED), join=Join.ANY))
    assert unqualified(database) == ["fay"]
    decide(database, listed, None)
    assert unqualified(database) == []


def test_the_effect_is_told_before_anything_is_stored(installation: Installation, listed: int):
    with installation.database.reading() as session:
        event = session.get_one(Event, listed)
        found = effect(session, event, rule())
        assert (found.qualify, found.do_not, found.close, found.unread) == (1, 3, 1, 2)
        assert (found.unit, found.holders, found.by_hand) == ("hours", 0, 0)
        assert [name for _, name, _ in found.first_unread] == ["Cy Young", "Di Marsh"]
        assert event.qualifying is None
    assert unqualified(installation.database) == []


def test_nothing_is_sent_until_the_list_is_gone_through(
    installation: Installation, listed: int, monkeypatch: pytest.MonkeyPatch
):
    database = installation.database
    send(installation, listed)
    monkeypatch.setattr(grouping, "_ROWS_OF_A_TURN", 2)
    decide(database, listed, rule(), judge=False)
    assert said(database, listed)[0][0] is Level.RED
    with pytest.raises(ProductError, match="is being checked"):
        send(installation, listed)
    assert not grouping.go_through(database, listed, seconds=0)
    assert claim(database) == []
    find_groups(installation)
    assert [one.address for one in claim(database)] == ["ana@example.org"]
    assert said(database, listed) == []


def test_no_certificate_is_made_by_the_list_while_it_is_gone_through(
    installation: Installation, listed: int
):
    database = installation.database
    with database.writing() as session:
        event = session.get_one(Event, listed)
        event.naming, event.issue_at = Naming.ISSUE, event.created_at
        session.execute(update(Volunteer).values(status=Status.INVITED))
    decide(database, listed, rule(), judge=False)
    issue_due(installation)
    assert mails(database) == []
    find_groups(installation)
    issue_due(installation)
    assert mails(database) == [("ana", "certificate", MailState.QUEUED)]
    with database.reading() as session:
        assert session.get_one(Event, listed).issue_at is None


def test_the_list_decides_who_gets_a_certificate_at_once(installation: Installation, listed: int):
    with installation.database.writing() as session:
        session.get_one(Event, listed).naming = Naming.ISSUE
    decide(installation.database, listed, rule())
    assert send(installation, listed).issued == 1


def test_queued_invitations_of_those_who_drop_out_come_back_by_send(
    installation: Installation, listed: int
):
    database = installation.database
    assert send(installation, listed).invited == 4
    decide(database, listed, rule())
    states = {name: state for name, _, state in mails(database)}
    assert states == {
        "ana": MailState.QUEUED, **dict.fromkeys(("bo", "cy", "di"), MailState.CANCELLED)
    }  # fmt: skip
    bring_again(installation, listed, "email,hours\nbo@example.org,7")
    assert unqualified(database) == ["cy", "di"]
    with database.reading() as session:
        assert expect(session, session.get_one(Event, listed)).to_invite == 1
    assert send(installation, listed).invited == 1
    assert {name: state for name, _, state in mails(database)}["bo"] is MailState.QUEUED


def test_a_list_and_a_correction_by_hand_drop_people_out_at_once(
    installation: Installation, listed: int
):
    database = installation.database
    decide(database, listed, rule(Condition("role", Operator.FILLED)))
    send(installation, listed)
    bring_again(
        installation,
        listed,
        "email,role\nana@example.org,\ncy@example.org,helper",
        empty_erases=True,
    )
    with database.writing() as session:
        change_value(session, installation.seal, person(session, "bo"), "role", "")
    assert unqualified(database) == ["ana", "bo"]
    states = {name: state for name, _, state in mails(database)}
    assert [name for name, state in states.items() if state is MailState.QUEUED] == ["cy", "di"]


def test_a_list_without_the_column_changes_nothing(installation: Installation, listed: int):
    decide(installation.database, listed, rule())
    bring_again(installation, listed, "email,name\nana@example.org,Ana Maria Silva")
    assert unqualified(installation.database) == ["bo", "cy", "di"]


def test_undoing_a_list_judges_by_what_was_before(installation: Installation, listed: int):
    database = installation.database
    decide(database, listed, rule())
    bring_again(installation, listed, "email,hours\nana@example.org,1\nbo@example.org,7")
    assert unqualified(database) == ["ana", "cy", "di"]
    with database.reading() as session:
        newest = session.scalars(select(ListImport.id).order_by(ListImport.id.desc())).first()
    run(database, UndoList(newest), listed, held(installation))
    assert unqualified(database) == ["bo", "cy", "di"]


def test_another_unit_or_kind_is_judged_anew(installation: Installation, listed: int):
    database = installation.database
    bring_again(installation, listed, "email,hours\nbo@example.org,7 hours")
    decide(database, listed, rule())
    assert unqualified(database) == ["cy", "di"]
    say(installation, listed, "hours", unit="km")
    find_groups(installation)
    assert unqualified(database) == ["bo", "cy", "di"]


@pytest.mark.parametrize("kind", [ColumnKind.SECRET, ColumnKind.TEXT])
def test_a_column_of_the_rule_keeps_its_kind_and_is_not_forgotten(
    installation: Installation, listed: int, kind: ColumnKind
):
    database = installation.database
    decide(database, listed, rule())
    with pytest.raises(SettingRefused, match="who gets a certificate"):
        forget_column(database, listed, "hours")
    with pytest.raises(SettingRefused, match="who gets a certificate"):
        say(installation, listed, "hours", kind=kind)


@pytest.mark.parametrize(
    ("condition", "why"),
    [
        (Condition("hours", Operator.YES), "has another type,"),
        (Condition("role", Operator.AT_LEAST, ("6",)), "has another type,"),
        (Condition("hours", Operator.AT_LEAST, ("many",)), "a number or a date"),
        (Condition("hours", Operator.AT_LEAST, ()), "needs a value to compare with"),
        (Condition("hours", Operator.AT_LEAST, (" ",)), "must not be empty"),
        (Condition("nothing", Operator.FILLED), "no column"),
        (Condition("role", Operator.EQUALS, ("a", "b")), "needs a value to compare with"),
    ],
)
def test_what_cannot_decide_is_refused(database, listed, condition: Condition, why: str):
    with pytest.raises(SettingRefused, match=why):
        decide(database, listed, rule(condition))


def test_a_secret_decides_nothing(installation: Installation, listed: int):
    say(installation, listed, "role", kind=ColumnKind.SECRET)
    with pytest.raises(SettingRefused, match="secret"):
        decide(installation.database, listed, rule(Condition("role", Operator.FILLED)))


def test_who_does_not_qualify_is_told_so_and_nothing_is_stored(
    installation: Installation, listed: int
):
    tokens = factories.invite(installation, listed)
    # Judged by the columns before a turn has reached them.
    for is_judged in (False, True):
        decide(installation.database, listed, rule(), judge=is_judged)
        with pytest.raises(NotQualified), installation.database.writing() as session:
            submit(session, installation, tokens["bo@example.org"])
        with installation.database.reading() as session:
            bo = person(session, "bo")
            assert (bo.given_name, bo.status, bo.submitted_at) == ("", Status.NEW, None)
    with installation.database.writing() as session:
        assert submit(session, installation, tokens["ana@example.org"]).name == "Some Body"


def submit(session, installation: Installation, token: str, name: str = "Some Body"):
    seal, settings = installation.seal, installation.settings
    return submit_name(session, settings, seal, token, new_name(name))


def test_who_has_a_certificate_keeps_it_and_goes_on(installation: Installation, listed: int):
    database = installation.database
    tokens = factories.invite(installation, listed)
    with database.writing() as session:
        submit(session, installation, tokens["bo@example.org"])
    decide(database, listed, rule())
    assert said(database, listed) == [
        (
            Level.AMBER,
            "People with a certificate who no longer qualify: 1 (Some Body). They keep "
            "it unless you withdraw it.",
        )
    ]
    with database.writing() as session:
        assert submit(session, installation, tokens["bo@example.org"], "Bo Lund").revision == 2
        resend_invitation(session, installation.seal, person(session, "bo"))
        # Who has none is not written to before somebody decides that they get one.
        with pytest.raises(SettingRefused, match="does not qualify"):
            resend_invitation(session, installation.seal, person(session, "cy"))
    kinds = {(one.address, one.kind.name) for one in claim(database)}
    assert kinds == {
        ("ana@example.org", "invitation"), ("bo@example.org", "certificate"),
        ("bo@example.org", "invitation"),
    }  # fmt: skip
    with database.writing() as session:
        roster.reopen(session, person(session, "bo"))
    with database.writing() as session:
        assert submit(session, installation, tokens["bo@example.org"], "Bo L").name == "Bo L"


def test_who_is_qualified_by_hand_stays_so_whatever_the_list_says(
    installation: Installation, listed: int
):
    database = installation.database
    decide(database, listed, rule())
    with database.writing() as session:
        roster.qualify_by_hand(session, person(session, "cy"), is_qualified=True)
    assert unqualified(database) == ["bo", "di"]
    bring_again(installation, listed, "email,hours\ncy@example.org,2")
    decide(database, listed, rule(Condition("hours", Operator.AT_LEAST, ("7",))))
    assert unqualified(database) == ["bo", "di"]
    assert send(installation, listed).invited == 2
    with database.writing() as session:
        roster.qualify_by_hand(session, person(session, "cy"), is_qualified=False)
    assert unqualified(database) == ["bo", "cy", "di"]


def test_nobody_is_reminded_who_drops_out(installation: Installation, listed: int):
    database = installation.database
    send(installation, listed)
    for one in claim(database):
        settle(database, one, SENT)
    decide(database, listed, rule())
    with database.reading() as session:
        event = session.get_one(Event, listed)
        assert Remind(rules=Rules(USUAL.at_most, 0)).count(session, event) == 1


def test_the_reason_is_told_in_the_readers_language(installation: Installation, listed: int):
    decide(installation.database, listed, rule())
    with installation.database.reading() as session:
        event = session.get_one(Event, listed)
        told: Sequence[str] = [
            reason(Judge.of(event), person(session, name), "en")
            for name in ("ana", "bo", "cy", "di")
        ]
        assert told == [
            "", "hours 5.5, of 6", "hours “all day” cannot be read", "hours is empty"
        ]  # fmt: skip
        assert count_unqualified(session, event) == 3


def test_nobody_is_looked_for_by_going_through_the_whole_table(
    installation: Installation, event_id: int
):
    database = installation.database
    # Not brought in turns, after which PostgreSQL knows how few they are.
    factories.add(database, event_id, "email,hours\nana@example.org,8\nbo@example.org,5")
    decide(database, event_id, rule(), judge=False)

    def work() -> None:
        grouping.go_through(database, event_id)
        with database.reading() as session:
            event = session.get_one(Event, event_id)
            assert count_unqualified(session, event) == 1
            assert dropouts(session, event, 5) == (0, [])
            assert expect(session, event).to_invite == 1

    assert full_scans(database, work) == []


def test_who_is_erased_or_has_no_certificate_that_counts_is_named_no_more(
    installation: Installation, listed: int
):
    database = installation.database
    tokens = factories.invite(installation, listed)
    with database.writing() as session:
        for name in ("bo", "cy"):
            submit(session, installation, tokens[f"{name}@example.org"], f"{name} Somebody")
    decide(database, listed, rule())
    with database.writing() as session:
        bo, cy = person(session, "bo"), person(session, "cy")
        apply_to(session, Withdraw(of(bo.id), "A mistake."), bo)
        erase(session, installation.seal, listed, cy.id)
    decide(database, listed, rule(Condition("hours", Operator.AT_LEAST, ("7",))))
    with database.reading() as session:
        event = session.get_one(Event, listed)
        assert dropouts(session, event, 5) == (0, [])
        assert count_unqualified(session, event) == 2


def test_a_copied_event_asks_for_the_same_and_says_what_its_list_lacks(
    installation: Installation, listed: int
):
    database = installation.database
    decide(database, listed, rule())
    with database.writing() as session:
        source = event_for_change(session, listed)
        copy_id = copy_event(session, installation.seal, source, name="Next year").event.id
    assert [level for level, _ in said(database, copy_id)] == [Level.AMBER]
    bring(installation, copy_id, "email,name,hours\neva@example.org,Eva,6\nfay@example.org,Fay,5")
    assert unqualified(database) == ["bo", "cy", "di", "fay"]
    assert said(database, copy_id) == []


def test_archive_and_own_data_say_it(installation: Installation, listed: int):
    database = installation.database
    decide(database, listed, rule())
    with database.reading() as session:
        event, bo = session.get_one(Event, listed), person(session, "bo")
        held_of_bo = held_about(session, bo, "en")["person"]
        assert held_of_bo["does_not_qualify_since"]
        assert held_of_bo["qualified_by_hand_at"] is None
        assert "Does not qualify for a certificate" in [one.what for one in history(session, bo)]
        packed = b"".join(archive(installation, event))
    with zipfile.ZipFile(io.BytesIO(packed)) as file:
        assert json.loads(file.read("event.json"))["qualifying"] == rule().to_json()
        assert "hours 5.5, of 6" in file.read("people.csv").decode()
