"""What is counted before a list is brought or undone is done, for a person of every state."""

from sqlalchemy import select

from shared.acts.issue import IssueFromList
from shared.acts.issue_anew import Due, IssueAnew
from shared.acts.run import apply, run
from shared.acts.undo_list import UndoList, count_undoable
from shared.certificates.issuing import chosen
from shared.certificates.issuing.outdated import Listed, overtaken
from shared.events.installation import Installation
from shared.storage.models import Event, Volunteer
from shared.storage.rows import count_rows
from shared.volunteers.people.comparison import compare, count_missing
from shared.volunteers.people.list_changes import imports_of
from shared.volunteers.people.listing import ALL
from tests.support.acted_event import Acted, check_promises, with_everybody
from tests.support.acting import held
from tests.support.list_columns import say

KEPT = ("email", "given_name", "status", "token", "asked_at", "erased_at", "address_forgotten_at")


def rows(acted: Acted) -> dict[int, tuple[object, ...]]:
    with acted.database.reading() as session:
        of_event = select(Volunteer).where(Volunteer.event_id == acted.event_id)
        return {
            one.id: tuple(getattr(one, kept) for kept in KEPT) for one in session.scalars(of_event)
        }


def values(acted: Acted) -> dict[int, tuple[object, ...]]:
    with acted.database.reading() as session:
        of_event = select(Volunteer).where(Volunteer.event_id == acted.event_id)
        return {
            one.id: (one.listed_name, one.number, one.columns) for one in session.scalars(of_event)
        }


def with_shown_hours(installation: Installation) -> Acted:
    """Everybody, some with a certificate, which shows the hours of the list to whoever sees it."""
    acted = with_everybody(installation)
    acted.alter(lambda event: setattr(event, "list_columns", ["hours"]))
    say(installation, acted.event_id, "hours", is_public=True)
    with acted.database.writing() as session:
        ids, context = [acted.ids["named"]], held(installation)
        assert apply(session, IssueFromList(), acted.event_id, ids, context).done == 1
    return acted


def test_what_is_counted_of_a_list_is_done_and_undone(installation: Installation):
    acted = with_shown_hours(installation)
    before, fixed, seal = values(acted), rows(acted), installation.seal
    with acted.database.reading() as session:
        event, pasted = session.get_one(Event, acted.event_id), acted.again("newest")
        found = compare(session, seal, event, pasted)
        missing = count_missing(session, event, found)
        listed = {one.known.id: Listed.after(one) for one in found.changed}
        others = overtaken(session, event, listed)
    done = acted.bring_again("newest")
    assert {one.key for one in done.updated} == {one.recipient.key for one in found.changed}
    assert [one.key for one in done.new] == [one.key for one in found.new]
    assert [one.key for one in done.already_there] == [one.key for one in found.unchanged]
    assert (done.refused, done.missing) == (found.refused, missing)
    lines = (done.new, done.updated, done.already_there, done.repeated, done.refused)
    assert sum(map(len, lines)) == len(pasted.accepted)
    # Names of people, statuses and links stay; so do the numbers of who was written to.
    assert {id: one for id, one in rows(acted).items() if id in fixed} == fixed
    check_promises(acted)
    with acted.database.reading() as session:
        event = session.get_one(Event, acted.event_id)
        (kept, *_) = imports_of(session, event, most=1)
        people = chosen.with_outdated(event)
        assert count_rows(session, people) == len(others) > 3
        counted = count_undoable(session, seal, event, kept.id)
    tally = run(acted.database, UndoList(kept.id), acted.event_id, held(installation))
    assert (tally.done, tally.refused) == (counted.removed + counted.restored, counted.staying)
    assert (counted.removed, counted.staying) == (1, 0)
    assert values(acted) == before
    # Nor is any certificate older than the list any more.
    with acted.database.reading() as session:
        assert count_rows(session, people) == 0
    check_promises(acted)


def test_the_certificates_that_are_counted_are_issued_anew_and_counted_no_more(
    installation: Installation,
):
    acted = with_shown_hours(installation)
    acted.bring_again()
    with acted.database.reading() as session:
        event = session.get_one(Event, acted.event_id)
        (kept, *_), people = imports_of(session, event, most=1), chosen.with_outdated(event)
        count = count_rows(session, people)
    act = IssueAnew(ALL, mailed=True, only=Due.OUTDATED)
    tally = run(acted.database, act, acted.event_id, held(installation))
    assert (tally.done, tally.refused) == (count, 0)
    assert acted.person("named").given_name == ""
    with acted.database.reading() as session:
        assert count_rows(session, people) == 0
    check_promises(acted)
    # They were given something since: they stay as they are.
    with acted.database.reading() as session:
        event = session.get_one(Event, acted.event_id)
        assert count_undoable(session, installation.seal, event, kept.id).staying == count
