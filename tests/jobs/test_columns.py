"""What is said of a column reaches everybody on a long list by a job, and so does its end."""

import threading

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shared.acts import Act
from shared.acts.catch_up import CatchUp, catch_up_all
from shared.acts.forget_column import begin_forgetting
from shared.errors import ProductError, SettingRefused
from shared.events import event_for_change
from shared.events.groups import add_group
from shared.events.installation import Installation
from shared.jobs import asking
from shared.jobs.carrying import carry_out_due
from shared.log.actor import AT_THE_MACHINE
from shared.storage.models import ColumnKind, Event, ListImport, Volunteer
from shared.volunteers.lists.list_columns import ColumnChange, change_column
from shared.volunteers.lists.masks import is_masked
from shared.volunteers.people.list_changes import forget_old_imports, imports_of
from tests.support.jobs import after_a_turn, ask, job
from tests.support.list_columns import add_sealed, column

MANY = 450


@pytest.fixture
def listed(installation: Installation, event_id: int) -> int:
    lines = [f"v{n}@example.org,badge {n},{n % 2}" for n in range(MANY)]
    add_sealed(installation, event_id, "\n".join(["email,badge,came", *lines]))
    return event_id


def making_secret(session: Session, event: Event) -> list[Act]:
    secret = ColumnChange(kind=ColumnKind.SECRET)
    return [CatchUp(change_column(session, event, "badge", secret).id)]


def forgetting(session: Session, event: Event) -> list[Act]:
    return [begin_forgetting(session, event, "badge", MANY)]


def badges(installation: Installation) -> list[str]:
    """What is left of the column, as whoever reads the list sees it."""
    with installation.database.reading() as session:
        found = session.scalars(select(Volunteer.columns).order_by(Volunteer.id))
        return [one["badge"] for one in found if "badge" in one]


def one_turn(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a process does that ends after a turn."""
    ends = threading.Event()
    with monkeypatch.context() as patched:
        after_a_turn(patched, ends.set)
        carry_out_due(installation, ends)


def test_a_column_becomes_secret_by_several_who_follow_each_other(
    installation: Installation, listed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ask(installation, listed, begin=making_secret)
    one_turn(installation, monkeypatch)
    masked = sum(is_masked(one) for one in badges(installation))
    assert 0 < masked == job(installation, asked).done < MANY
    # Whoever looks after columns leaves it to the job, and a second act waits for its end.
    catch_up_all(installation.database, installation.seal)
    assert sum(is_masked(one) for one in badges(installation)) == masked
    with pytest.raises(ProductError, match="Another bulk action"):
        ask(installation, listed, begin=forgetting)
    carry_out_due(installation)
    assert all(is_masked(one) for one in badges(installation))
    assert len(badges(installation)) == MANY
    assert column(installation.database, listed, "badge").backlog == 0
    done = job(installation, asked)
    assert (done.done, done.tallies[0]["done"], done.refusal) == (MANY, MANY, None)


def test_what_a_job_left_of_a_column_is_done_by_the_worker(
    installation: Installation, listed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after its person lost the right to it."""
    asked = ask(installation, listed, begin=making_secret)
    one_turn(installation, monkeypatch)
    with installation.database.writing(by=AT_THE_MACHINE) as session:
        asking.stop(session, listed, asked)
    catch_up_all(installation.database, installation.seal)
    assert all(is_masked(one) for one in badges(installation))
    assert column(installation.database, listed, "badge").backlog == 0


def test_a_column_is_forgotten_by_several_who_follow_each_other(
    installation: Installation, listed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ask(installation, listed, begin=forgetting)
    one_turn(installation, monkeypatch)
    assert len(badges(installation)) == MANY - job(installation, asked).done > 0
    carry_out_due(installation)
    assert badges(installation) == []
    assert job(installation, asked).tallies[0]["done"] == MANY
    with installation.database.reading() as session:
        event = session.get_one(Event, listed)
        assert event.list_columns == ["came"]
        # No list brings it back, and what was kept of them goes.
        assert imports_of(session, event, 5) == []
    forget_old_imports(installation.database)
    with installation.database.reading() as session:
        assert session.scalars(select(func.count()).select_from(ListImport)).one() == 0


def test_who_stops_it_keeps_the_rest_and_asking_again_forgets_that(
    installation: Installation, listed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ask(installation, listed, begin=forgetting)
    one_turn(installation, monkeypatch)
    with installation.database.writing(by=AT_THE_MACHINE) as session:
        asking.stop(session, listed, asked)
    carry_out_due(installation)
    assert 0 < len(badges(installation)) < MANY
    with installation.database.reading() as session:
        assert "badge" in session.get_one(Event, listed).list_columns
    ask(installation, listed, begin=forgetting)
    carry_out_due(installation)
    assert badges(installation) == []


def test_what_has_groups_meanwhile_is_not_dropped(
    installation: Installation, listed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ask(installation, listed, begin=forgetting)
    one_turn(installation, monkeypatch)
    with installation.database.writing() as session:
        add_group(session, event_for_change(session, listed), "badge", "badge 3")
    carry_out_due(installation)
    refusal = asking.refused(job(installation, asked))
    assert refusal is not None
    assert "has groups" in str(refusal.details["reason"])
    with installation.database.reading() as session:
        assert "badge" in session.get_one(Event, listed).list_columns
    with pytest.raises(SettingRefused, match="has groups"):
        ask(installation, listed, begin=forgetting)
