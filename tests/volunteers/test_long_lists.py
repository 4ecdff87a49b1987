"""A list that grows: queries about 50 000 people use an index, not a scan."""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta

import psycopg
import pytest
from sqlalchemy import delete, select, text, update

from shared.acts import Context, invite
from shared.acts.add_list import Lines
from shared.acts.held_back import TakeBackCertificates
from shared.acts.remind import Remind, Rules, count_silent
from shared.acts.remove import Remove, remove
from shared.acts.run import apply
from shared.acts.undo_list import UndoList, count_undoable
from shared.acts.update_list import UpdateList
from shared.acts.waiting import count_undone_invitations
from shared.certificates.issuing import chosen
from shared.certificates.issuing.records import LISTED, record_of
from shared.events import event_for_change, groups
from shared.events.installation import Installation
from shared.events.opening import open_installation
from shared.mail.accounts import suppressions
from shared.mail.queue import claim as outbox
from shared.mail.queue import enqueue
from shared.settings import Settings
from shared.storage.models import (
    ColumnKind,
    Event,
    Mail,
    Sending,
    Status,
    Suppression,
    Volunteer,
    now,
)
from shared.storage.models.volunteer import HAS_PROBLEM, LEFT_OUT, NO_MAIL
from shared.storage.rows import count_rows
from shared.storage.word_search import with_words
from shared.volunteers.lists import list_columns
from shared.volunteers.people import grouping, progress, roster
from shared.volunteers.people.comparison import compare, count_missing, missing_from
from shared.volunteers.people.list_changes import (
    begin_import,
    imports_of,
)
from shared.volunteers.people.listing import IN_NO_GROUP, Listing, Order, count_each
from shared.volunteers.people.results import spans_of, sums_of
from shared.volunteers.people.search import MOST_FOUND, OF_A_PERSON
from tests.support.acting import of
from tests.support.crowds import crowd
from tests.support.lists import read_call
from tests.support.query_plans import full_scans, operations, plans
from tests.support.sending_steps import IDS

MANY = 50_000
# Of the table: pages before and behind the place from which the end is nearer.
LAST = MANY // 50
NEAR, FAR = LAST // 2, LAST // 2 + 1
_READS_ROWS = re.compile(r"SEARCH (mail|volunteer)|Scan .*on (mail|volunteer)")
_FOUND_BY_GRAMS = re.compile("ix_volunteer_search|volunteer_search VIRTUAL TABLE INDEX .*M")
_ALL_ROWS = re.compile(r"SCAN volunteer\b|Seq Scan on volunteer\b")
_BY_INDEX_ALONE = re.compile(r"COVERING INDEX|Index Only Scan")
LEASE = timedelta(seconds=60)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def crowded(request, tmp_path_factory) -> Iterator[Installation]:
    """An installation whose second event has 50 000 people with an invitation that is due."""
    folder = tmp_path_factory.mktemp("crowded")
    url = f"sqlite:///{folder / 'certs.sqlite3'}"
    if request.param == "postgresql":
        server = request.getfixturevalue("postgresql_server")
        with psycopg.connect(
            f"postgresql://postgres@/postgres?host={server}", autocommit=True
        ) as c:
            c.execute("CREATE DATABASE crowded TEMPLATE migrated")
        url = f"postgresql+psycopg://postgres@/crowded?host={server}"
    opened = open_installation(Settings(_env_file=None, data_dir=folder, database_url=url))
    assert crowd(opened.database, MANY) == 2
    if request.param == "postgresql":
        # No mail was tried yet, but plans are to be those of a table that grows.
        with opened.database.writing() as session:
            session.execute(text("UPDATE pg_class SET reltuples = -1 WHERE relname = 'attempt'"))
    yield opened
    opened.database.close()


class Undone(Exception):
    """Ends a writer's session without a commit, so that the crowd stays as it is."""


def undone(crowded: Installation, work) -> None:
    """`work` with a writer's session and the event, of which nothing stays."""
    with suppress(Undone), crowded.database.writing() as session:
        work(session, event_for_change(session, 2))
        raise Undone


def asked(crowded: Installation, work) -> None:
    with crowded.database.reading() as session:
        work(session, session.get_one(Event, 2))


def test_a_claim_finds_its_mails_by_their_index(crowded):
    def claim() -> None:
        undone(crowded, lambda session, _: outbox.claim(session, 32, LEASE, IDS))

    assert full_scans(crowded.database, claim) == []
    found = [plan for plan in plans(crowded.database, claim) if "LIMIT" in plan]
    assert found
    assert all("ix_mail_next" in plan for plan in found)
    # In the index's own order: nothing is sorted to find the first.
    assert not any("TEMP B-TREE" in plan or "Sort" in plan for plan in found)


def test_a_claim_while_the_event_rests_looks_at_its_test_mails_alone(crowded):
    def claim(session, event) -> None:
        event.sending = Sending.STOPPED
        session.flush()
        assert outbox.claim(session, 32, LEASE, IDS) == []
        assert not outbox.is_anything_due(session)

    found = plans(crowded.database, lambda: undone(crowded, claim))
    assert any("ix_mail_test" in plan for plan in found)
    assert full_scans(crowded.database, lambda: undone(crowded, claim)) == []


def test_what_is_due_is_seen_by_an_index(crowded):
    def look(session, _) -> None:
        assert outbox.is_anything_due(session)

    assert full_scans(crowded.database, lambda: asked(crowded, look)) == []


def test_all_that_an_address_was_thanked_for_is_found_by_its_index(crowded):
    with crowded.database.reading() as session:
        address = session.get_one(Volunteer, MANY // 2).email

    def look() -> None:
        with crowded.database.reading() as session:
            assert record_of(session, address, LISTED).entries == []

    first, *_ = plans(crowded.database, look)
    assert "ix_volunteer_address" in first
    assert full_scans(crowded.database, look) == []


def test_the_counts_come_from_indexes_alone(crowded):
    def count(session, event) -> None:
        counted = progress.event_progress(session, event)
        assert counted.total == counted.by_status[Status.NEW] == MANY
        assert counted.invitations_to_go == MANY
        assert enqueue.departures(session, event) == []

    found = plans(crowded.database, lambda: asked(crowded, count))
    lines = [line for plan in found for line in plan.splitlines() if _READS_ROWS.search(line)]
    assert lines
    assert [line for line in lines if not _BY_INDEX_ALONE.search(line)] == []
    if crowded.database.is_sqlite:
        # What is many is what the others leave of a whole table, which is counted at once.
        done = operations(crowded.database, lambda: asked(crowded, count))
        assert done.count("Count") == 2
    else:
        by_status = [line for plan in found for line in plan.splitlines() if "_counts on" in line]
        assert len(by_status) == len(Status)


def test_who_is_left_out_is_counted_by_an_index_alone(crowded):
    def count(session, event) -> None:
        some = select(Volunteer.id).where(Volunteer.event_id == event.id).limit(3)
        ids = session.scalars(some).all()
        for one, reason in zip(ids, Suppression, strict=True):
            suppressions.mark(session, reason, now(), Volunteer.id == one)
        assert suppressions.count_left_out(session, event) == dict.fromkeys(Suppression, 1)

    found = plans(crowded.database, lambda: undone(crowded, count))
    counting = [plan for plan in found if "count(" in plan]
    lines = [line for plan in counting for line in plan.splitlines() if _READS_ROWS.search(line)]
    assert len(lines) == len(LEFT_OUT)
    assert [line for line in lines if not _BY_INDEX_ALONE.search(line)] == []


def test_the_counts_of_many_events_come_from_indexes_alone_too(crowded):
    def count(session, event) -> None:
        counted = progress.progress_of_each(session, [event])[event.id]
        assert counted == progress.event_progress(session, event)
        assert counted.by_status[Status.NEW] == MANY

    found = plans(crowded.database, lambda: asked(crowded, count))
    (together,) = [plan for plan in found if "event.id IN" in plan]
    assert full_scans(crowded.database, lambda: asked(crowded, count)) == []
    lines = [line for line in together.splitlines() if _READS_ROWS.search(line)]
    assert lines
    assert [line for line in lines if not _BY_INDEX_ALONE.search(line)] == []


def test_who_is_not_invited_is_counted_by_an_index_alone(crowded):
    def count(session, event) -> None:
        assert invite.count_waiting(session, event) == 0
        chosen = select(Volunteer).where(Volunteer.event_id == event.id).limit(3)
        for person in session.scalars(chosen):
            person.asked_at = None
        session.flush()
        assert invite.count_waiting(session, event) == 3

    found = plans(crowded.database, lambda: undone(crowded, count))
    of_people = [plan for plan in found if "count(" in plan and "FROM mail" not in plan]
    assert len(of_people) == 2
    assert all("ix_volunteer_not_invited" in plan for plan in of_people)
    assert all(_BY_INDEX_ALONE.search(plan) for plan in of_people)


def test_what_is_undone_is_counted_by_an_index(crowded):
    def count(session, event) -> None:
        counted = progress.event_progress(session, event)
        assert count_undone_invitations(session, event, counted) == MANY

    assert full_scans(crowded.database, lambda: asked(crowded, count)) == []


def test_adding_one_person_asks_for_that_one_alone(crowded):
    def add(session, event) -> None:
        added = roster.add_volunteers(session, event, read_call("new@example.org"))
        assert [one.email for one in added.new] == ["new@example.org"]
        newest = select(Volunteer.number).where(
            Volunteer.event_id == event.id, Volunteer.email_key == "new@example.org"
        )
        assert session.scalar(newest) == f"2026-{MANY + 1:06d}"

    assert full_scans(crowded.database, lambda: undone(crowded, add)) == []


@pytest.mark.parametrize("page", [1, NEAR, FAR, LAST])
def test_any_page_of_the_table_is_found_from_the_nearer_end(crowded, page):
    def show(session, event) -> None:
        people = Listing(session, event).page(page)
        assert [one.number for one in people] == [
            f"2026-{number:06d}" for number in range(page * 50 - 49, page * 50 + 1)
        ]

    assert full_scans(crowded.database, lambda: asked(crowded, show)) == []


@pytest.mark.parametrize("page", [2, NEAR, FAR, LAST - 1])
def test_where_somebody_was_removed_too_a_page_is_found_by_an_index_alone(crowded, page):
    def show(session, event) -> None:
        second = select(Volunteer).where(
            Volunteer.event_id == event.id, Volunteer.number == "2026-000002"
        )
        gone = session.scalars(second).one()
        session.execute(delete(Mail).where(Mail.volunteer_id == gone.id))
        session.delete(gone)
        session.flush()
        shown = plans(crowded.database, lambda: Listing(session, event).page(page))
        (found,) = [plan for plan in shown if "OFFSET" in plan.upper()]
        assert "ix_volunteer_list" in found
        assert _BY_INDEX_ALONE.search(found)
        assert not re.search("TEMP B-TREE|Sort", found)
        people = Listing(session, event).page(page)
        assert [one.number for one in people] == [
            f"2026-{number:06d}" for number in range(page * 50 - 48, page * 50 + 2)
        ]

    undone(crowded, show)


@pytest.mark.parametrize("page", [1, 2, NEAR, FAR, LAST - 1])
def test_where_the_log_names_all_who_were_removed_no_entries_are_gone_through(crowded, page):
    gone = ["2026-000002", "2026-000060", f"2026-{MANY - 100:06d}"]

    def show(session, event) -> None:
        which = [Volunteer.event_id == event.id, Volunteer.number.in_(gone)]
        for person in session.scalars(select(Volunteer).where(*which)):
            remove(session, person)
        session.flush()
        counted = progress.event_progress(session, event)
        listing = Listing(session, event, counted=counted)
        shown = plans(crowded.database, lambda: listing.page(page))
        assert len(shown) == 3  # Both ends of the list, the log, and the page's rows.
        # PostgreSQL reads a log of few entries as a whole.
        by_its_index = any("ix_audit_entry_action" in plan for plan in shown)
        assert by_its_index or not crowded.database.is_sqlite
        assert not any("OFFSET" in plan.upper() for plan in shown)
        naive = select(Volunteer.number).where(Volunteer.event_id == event.id)
        expected = session.scalars(naive.order_by(Volunteer.id)).all()[page * 50 - 50 : page * 50]
        assert [one.number for one in listing.page(page)] == expected

    undone(crowded, show)


@pytest.mark.parametrize("chosen", [{}, {"statuses": [Status.NEW]}, {"trait": HAS_PROBLEM}])
def test_beside_the_counts_a_page_counts_nobody_once_more(crowded, chosen):
    def show(session, event) -> None:
        counted = progress.event_progress(session, event)
        listing = Listing(session, event, **chosen, counted=counted)
        shown = plans(crowded.database, lambda: listing.page(NEAR))
        assert len(shown) == 2  # Where the page is, and its rows.
        assert not any("count(" in plan for plan in shown)

    asked(crowded, show)


@pytest.mark.parametrize("column", ["name", "address", "number", "status"])
@pytest.mark.parametrize("page", [1, NEAR, LAST - 1])
def test_a_page_in_the_order_of_our_columns_is_read_off_an_index(crowded, column, page):
    def show(session, event) -> None:
        counted = progress.event_progress(session, event)
        listing = Listing(session, event, order=Order(column), counted=counted)
        where, _ = plans(crowded.database, lambda: listing.page(page))
        # Nobody has the same address or number: PostgreSQL sorts those who are equal.
        assert not re.search(r"TEMP B-TREE|(?<!Incremental )Sort  ", where)

    asked(crowded, show)
    assert full_scans(crowded.database, lambda: asked(crowded, show)) == []


@pytest.mark.parametrize("trait", [HAS_PROBLEM, NO_MAIL], ids=["problem", "no mail"])
def test_a_few_are_found_by_their_own_index_and_then_sorted(crowded, trait):
    def show(session, event) -> None:
        Listing(session, event, trait=trait, order=Order("name")).page()

    shown = plans(crowded.database, lambda: asked(crowded, show))
    assert any(re.search("ix_volunteer_(problem|no_mail)", plan) for plan in shown)
    assert not any(re.search("ix_volunteer_name|ix_volunteer_list", plan) for plan in shown)


def test_what_each_filter_shows_is_counted_from_indexes_alone(crowded):
    def show(session, event) -> None:
        counts = count_each(session, event, progress.event_progress(session, event))
        assert (counts["all"], counts["new"], counts["needs"]) == (MANY, MANY, 0)

    assert full_scans(crowded.database, lambda: asked(crowded, show)) == []
    shown = plans(crowded.database, lambda: asked(crowded, show))
    (no_mail,) = [
        plan for plan in shown if "reminders_ended_at IS NOT NULL" in plan.split("FROM")[-1]
    ]
    assert _BY_INDEX_ALONE.search(no_mail)


@pytest.mark.parametrize("words", ["王芳", "wang777", "li huang", "2026-0077", "q9"])
def test_words_are_looked_up_in_their_index(crowded, words):
    def search(session, event) -> None:
        found = Listing(session, event, search=words)
        naive = select(Volunteer.id).where(
            Volunteer.event_id == event.id, *with_words(words, *OF_A_PERSON)
        )
        assert found.count == len(session.scalars(naive).all()) < MOST_FOUND
        assert not found.has_more

    asked(crowded, search)
    shown = plans(
        crowded.database, lambda: asked(crowded, lambda s, e: Listing(s, e, search=words).page())
    )
    looked = [plan for plan in shown if "volunteer_search" in plan]
    assert looked
    assert all(_FOUND_BY_GRAMS.search(plan) for plan in looked)
    assert not any(_ALL_ROWS.search(plan) for plan in looked)


def test_of_what_most_have_ten_thousand_are_found_and_turned_over(crowded):
    def search(session, event) -> None:
        found = Listing(session, event, search="com")
        assert found.has_more
        assert found.count == MOST_FOUND
        pages = [found.page(number) for number in (1, 100, 200, 201)]
        assert [len(page) for page in pages] == [50, 50, 50, 0]
        assert all("com" in one.email for page in pages for one in page)

    asked(crowded, search)


def test_of_a_letter_that_most_have_nobody_collects_all(crowded):
    def search(session, event) -> None:
        found = Listing(session, event, search="a")
        assert found.has_more
        naive = select(Volunteer.id).where(
            Volunteer.event_id == event.id, *with_words("a", *OF_A_PERSON)
        )
        shown = [person.id for person in found.page(200)]
        assert len(shown) == len(session.scalars(naive.where(Volunteer.id.in_(shown))).all()) == 50

    asked(crowded, search)
    shown = plans(
        crowded.database, lambda: asked(crowded, lambda s, e: Listing(s, e, search="a").page())
    )
    # FTS5 alone would: PostgreSQL's index gives the first few at once.
    assert any("volunteer_search" in plan for plan in shown) != crowded.database.is_sqlite
    assert not any(_ALL_ROWS.search(plan) for plan in shown)


def test_rare_people_who_hold_to_the_filter_are_found_among_a_common_word(crowded):
    def search(session, event) -> None:
        last = select(Volunteer).where(Volunteer.number == f"2026-{MANY:06d}")
        session.scalars(last).one().status = Status.MAILED
        session.flush()
        found = Listing(session, event, search="2026", statuses=[Status.MAILED])
        assert [one.number for one in found.page()] == [f"2026-{MANY:06d}"]

    undone(crowded, search)


@pytest.fixture(scope="module")
def grouped(crowded) -> Installation:
    """A long list of which two thirds are in one of two groups, and a column adds up."""
    with crowded.database.writing() as session:
        event = event_for_change(session, 2)
        event.list_columns = ["role", "hours"]
        session.add(list_columns.new_column(event, "hours", kind=ColumnKind.NUMBER))
        for place, role in enumerate(("speaker", "helper")):
            group = groups.add_group(session, event, "role", role)
            members = update(Volunteer).where(Volunteer.id % 3 == place)
            session.execute(members.values(group_id=group.id))
        event.grouped_until = None
    if not crowded.database.is_sqlite:
        with crowded.database.patient() as connection:
            connection.execute(text("VACUUM ANALYZE volunteer"))
    return crowded


def count_groups(session, event) -> None:
    counts = grouping.count_people(session, event)
    assert len(counts) == 2
    assert {sum(one.values()) for one in counts.values()} <= {MANY // 3, MANY // 3 + 1}


def test_each_group_is_counted_from_a_stretch_of_the_index_alone(grouped):
    shown = plans(grouped.database, lambda: asked(grouped, count_groups))
    (counted,) = [plan for plan in shown if "count(" in plan]
    lines = [line for line in counted.splitlines() if _READS_ROWS.search(line)]
    assert len(lines) == len(Status)
    assert all("ix_volunteer_group_status" in line for line in lines)
    assert all(_BY_INDEX_ALONE.search(line) for line in lines)
    # The few groups may be sorted; their people are not.
    assert "TEMP B-TREE FOR GROUP BY" not in counted


def table_of(**chosen):
    def show(session, event) -> None:
        counted = progress.event_progress(session, event)
        wanted = {"group_id": event.groups[0].id, **chosen}
        Listing(session, event, counted=counted, **wanted).page(3)

    return show


def columns_window(session, event) -> None:
    assert list(list_columns.column_samples(session, event, 3)) == ["role", "hours"]
    (hours,) = list_columns.columns_of_kind(event, *list_columns.READ_KINDS)
    assert list_columns.unread_values(session, hours) == []


def sums(session, event) -> None:
    (hours,) = list_columns.columns_of_kind(event, *list_columns.READ_KINDS)
    assert list_columns.total_of(hours) == 0


def choosing_a_group(session, event) -> None:
    assert grouping.share_done(session, event) == 1.0
    event.grouped_until = MANY // 2
    assert grouping.share_done(session, event) == pytest.approx(0.5, abs=0.1)
    assert grouping.is_anybody_in(session, event.groups[1])


@pytest.mark.parametrize(
    "work",
    [
        table_of(),
        table_of(statuses=[Status.NEW]),
        table_of(trait=HAS_PROBLEM),
        table_of(group_id=IN_NO_GROUP),
        table_of(search="wang777"),
        choosing_a_group,
        columns_window,
        sums,
        count_groups,
    ],
)
def test_what_a_screen_asks_about_groups_and_columns_goes_through_no_list(grouped, work):
    assert full_scans(grouped.database, lambda: asked(grouped, work)) == []


# Taking back, and removing


def test_what_can_be_taken_back_is_counted_by_indexes_alone(crowded):
    def count(session, event) -> None:
        first = select(Mail.id).where(Mail.event_id == event.id).order_by(Mail.id).limit(3)
        waiting = update(Mail).where(Mail.id.in_(session.scalars(first).all()))
        session.execute(waiting.values(unseen_since=now()))
        without_mail = select(Volunteer).where(Volunteer.event_id == event.id)
        person = session.scalars(without_mail.order_by(Volunteer.id.desc()).limit(1)).one()
        person.status = Status.PICTURE_MADE
        session.execute(delete(Mail).where(Mail.volunteer_id == person.id))
        session.flush()
        assert TakeBackCertificates().count(session, event) == 4

    found = plans(crowded.database, lambda: undone(crowded, count))
    [plan] = [plan for plan in found if "count(" in plan]
    # Of attempts there are none here, through which PostgreSQL goes at once.
    assert not re.search(r"(SCAN|Seq Scan on) (mail|volunteer)\b", plan)
    assert "ix_mail_unseen" in plan
    # Whose picture is made, and who is not further: few at any time.
    assert re.search("ix_volunteer_(status|counts|list)", plan)


def test_whom_of_a_selection_one_can_remove_is_counted_by_indexes(crowded):
    def count(session, event) -> None:
        some = select(Volunteer.id).where(Volunteer.event_id == event.id)
        first = session.scalars(some.order_by(Volunteer.id).limit(3)).all()
        assert Remove(of(*first)).count(session, event) == 3

    assert full_scans(crowded.database, lambda: asked(crowded, count)) == []


# Lists that are brought again


def test_a_short_list_is_compared_updated_and_undone_by_indexes(crowded):
    with crowded.database.reading() as session:
        some = select(Volunteer.email).where(Volunteer.event_id == 2).order_by(Volunteer.id)
        rows = "\n".join(f"{email},Another" for email in session.scalars(some.limit(10)))
    pasted = read_call(f"email,name\n{rows}")
    context = Context(crowded.seal, lines=Lines(pasted, pasted.accepted))

    def bring_and_undo(session, event) -> None:
        act = UpdateList(begin_import(session, event, "").id)
        assert apply(session, act, event.id, context=context).done == 10
        (kept,) = imports_of(session, event, most=1)
        assert count_rows(session, chosen.with_outdated(event)) == 0
        assert count_undoable(session, crowded.seal, event, kept.id).restored == 10
        assert apply(session, UndoList(kept.id), event.id, context=context).done == 10

    found = full_scans(crowded.database, lambda: undone(crowded, bring_and_undo))
    assert found == []


def test_who_had_an_address_before_it_was_corrected_is_found_by_its_own_index(crowded):
    pasted = read_call("email\n" + "\n".join(f"was{place}@example.org" for place in range(10)))

    def look(session, event) -> None:
        some = select(Volunteer.id).where(Volunteer.event_id == event.id).limit(10)
        for place, id in enumerate(session.scalars(some).all()):
            session.get_one(Volunteer, id).stood_key = f"was{place}@example.org"
        session.flush()
        assert len(compare(session, crowded.seal, event, pasted).unchanged) == 10
        assert len(roster.check_list(session, event, pasted, crowded.seal).already_there) == 10

    found = plans(crowded.database, lambda: undone(crowded, look))
    asking = [plan for plan in found if "stood_key IN" in plan or "stood_key = ANY" in plan]
    assert len(asking) == 2
    assert all("ix_volunteer_stood" in plan for plan in asking)
    assert full_scans(crowded.database, lambda: undone(crowded, look)) == []


def test_who_is_no_longer_on_a_list_is_counted_and_paged_without_a_look_at_everybody(crowded):
    with crowded.database.reading() as session:
        first = session.scalars(select(Volunteer.email).where(Volunteer.event_id == 2).limit(1))
        pasted = read_call(first.one())

    def look(session, event) -> None:
        found = compare(session, crowded.seal, event, pasted)
        assert count_missing(session, event, found) == MANY - 1
        assert len(session.scalars(missing_from(event, found).limit(20)).all()) == 20

    assert full_scans(crowded.database, lambda: asked(crowded, look)) == []


def test_results_are_counted_day_by_day_from_indexes_alone(crowded):
    """The last one: PostgreSQL makes other plans with as many rows as it leaves behind."""

    def happened(session, event) -> None:
        half = update(Volunteer).where(Volunteer.event_id == event.id, Volunteer.id % 2 == 0)
        session.execute(half.values(submitted_at=now()))
        session.execute(update(Mail).values(sent_at=now() - timedelta(days=40)))
        assert sums_of(session, event.id).people == MANY
        assert count_silent(session, event) == 0
        assert sum(one.entered for one in spans_of(session, event)) == MANY // 2

    def silent(session, event) -> None:
        assert Remind(rules=Rules(at_most=1, days_apart=3)).count(session, event) == 0

    found = plans(crowded.database, lambda: undone(crowded, happened))
    asking = [plan for plan in found if plan.startswith("SELECT")]
    lines = [line for plan in asking for line in plan.splitlines() if _READS_ROWS.search(line)]
    assert lines
    assert [line for line in lines if not _BY_INDEX_ALONE.search(line)] == []
    # Who is invited is looked at one by one, once somebody opens the results.
    assert full_scans(crowded.database, lambda: asked(crowded, silent)) == []
