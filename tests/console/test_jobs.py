"""An act on many goes on without the browser that asked for it, and every screen says how far."""

import threading
from collections.abc import Callable

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from shared.access.roles import Role
from shared.events.installation import Installation
from shared.jobs.asking import FEW
from shared.jobs.carrying import Carrier, carry_out_due
from shared.mail.queue import hold
from shared.mail.queue.clock import running_workers
from shared.storage.models import Action, Event, Job
from tests.support import factories
from tests.support.api_server import server_url
from tests.support.audited import acts
from tests.support.colleagues import join
from tests.support.console_screens import Open, let_a_worker_live, mails, people, press, undisturbed
from tests.support.mailing import wait_until

__all__ = ["server_url"]

MANY = FEW + 1


@pytest.fixture
def many(installation: Installation, event_id: int, server_url: str) -> int:
    """The event with a certificate, and one more person than are invited at once."""
    let_a_worker_live(installation.database)
    # Without a doubt, nothing is to be confirmed.
    installation.settings.public_url = server_url
    factories.design(installation.database, event_id)
    with installation.database.writing() as session:
        session.get_one(Event, event_id).organization = "Harbour Club"
    people = "\n".join(f"v{number}@example.org" for number in range(MANY))
    factories.add(installation.database, event_id, people)
    return event_id


def ask(screen: AppTest) -> AppTest:
    return press(screen, f"Send {MANY} invitations")


def bars(screen: AppTest) -> list[str]:
    return [one.proto.text for one in screen.get("progress")]


def told(screen: AppTest) -> str:
    return " ".join(one.value for one in screen.markdown)


def test_many_are_invited_by_a_job_whose_result_waits_for_who_asked(
    open_screen: Open, installation: Installation, many: int
):
    screen = ask(open_screen("send", many))
    assert "continues even if you close" in told(screen)
    assert mails(installation.database, many) == []
    # Everybody who works on the event sees it, on each of its screens.
    viewer = join(installation.database, many, "Vi Ewer", "viewer")
    for token in ({}, {"token": viewer}):
        (bar,) = bars(open_screen("overview", many, **token))
        assert bar == f"Queueing invitations · 0 of {MANY}"
    carry_out_due(installation)
    assert len(mails(installation.database, many)) == MANY
    assert "are queued." not in told(open_screen("overview", many, token=viewer))
    screen = open_screen("overview", many)
    assert f"{MANY} invitations are queued." in told(screen)
    assert not any("Queueing" in bar for bar in bars(screen))
    screen = undisturbed(screen.button(key=f"jobs.seen.{many}").click().run())
    assert "are queued." not in told(screen)
    (sent,) = [one for one in acts(installation.database) if one.action is Action.QUEUED]
    assert (sent.count, sent.by_role) == (MANY, Role.OWNER)


def test_it_is_stopped_by_whoever_may_do_it(
    open_screen: Open, installation: Installation, many: int
):
    ask(open_screen("send", many))
    viewer = open_screen("overview", many, token=join(installation.database, many, "V", "viewer"))
    assert "Stop" not in [one.label for one in viewer.button]
    screen = press(open_screen("volunteers", many), "Stop")
    assert "Stopped. Completed work stays." in told(screen)
    carry_out_due(installation)
    assert mails(installation.database, many) == []
    assert "It was stopped early." in told(open_screen("overview", many))
    assert Action.JOB_STOPPED in [one.action for one in acts(installation.database)]


def test_a_second_press_is_refused_while_the_first_goes_on(
    open_screen: Open, installation: Installation, many: int
):
    first, second = open_screen("send", many), open_screen("send", many)
    ask(first)
    screen = ask(second)
    assert any("has changed" in one.value for one in screen.error)
    screen = ask(screen)
    assert any("Another bulk action is running" in one.value for one in screen.error)
    carry_out_due(installation)
    assert len(mails(installation.database, many)) == MANY


def test_after_a_restore_it_waits_until_somebody_lets_it_go_on(
    open_screen: Open, installation: Installation, many: int
):
    ask(open_screen("send", many))
    with installation.database.writing() as session:
        hold.hold(session)
    carry_out_due(installation)
    screen = open_screen("overview", many)
    assert any("because the database was restored" in bar for bar in bars(screen))
    press(screen, "Continue")
    carry_out_due(installation)
    assert len(mails(installation.database, many)) == MANY


def test_the_console_carries_it_out_where_no_worker_runs(
    open_screen: Open, installation: Installation, many: int
):
    ask(open_screen("send", many))
    stop = threading.Event()

    def is_over() -> bool:
        with installation.database.reading() as session:
            return session.scalars(select(Job.ended_at)).one() is not None

    def no_worker_runs(session: object) -> bool:
        return not running_workers(session)  # type: ignore[arg-type]

    carriers: list[Callable[[object], bool]] = [no_worker_runs, lambda _: True]
    idle, busy = (Carrier(installation, stop, is_needed=one) for one in carriers)
    idle.start()
    idle.join(1.5)
    assert not is_over()
    busy.start()
    wait_until(is_over)
    stop.set()
    assert len(mails(installation.database, many)) == MANY


def test_the_columns_of_many_are_changed_and_deleted_by_jobs(
    open_screen: Open, installation: Installation, event_id: int
):
    let_a_worker_live(installation.database)
    rows = "\n".join(f"v{number}@example.org,{number},Bread" for number in range(MANY))
    factories.add(installation.database, event_id, f"email,hours,team\n{rows}")
    window = press(open_screen("volunteers", event_id), "Columns and groups")
    secret = [one for one in window.toggle if one.label == "Secret"][1]
    screen = press(undisturbed(secret.set_value(True).run()), "Save")
    assert "continues even if you close" in told(screen)
    assert bars(screen) == [f"Checking the values · 0 of {MANY}"]
    # Half of a list in the clear is nothing to stop at.
    assert "Stop" not in [one.label for one in screen.button]
    carry_out_due(installation)
    assert "Column settings saved." in told(open_screen("overview", event_id))
    assert {one.columns["team"] for one in people(installation.database, event_id)} == {"*****"}

    window = press(open_screen("volunteers", event_id), "Columns and groups")
    asked = window.button(key=f"volunteers.forget.{event_id}.team.ask")
    window = undisturbed(asked.click().run())
    sure = next(one for one in window.checkbox if one.label == "Yes, permanently")
    screen = press(undisturbed(sure.check().run()), "Delete “team”")
    assert bars(screen) == [f"Deleting the column · 0 of {MANY}"]
    assert "Stop" in [one.label for one in screen.button]
    carry_out_due(installation)
    assert f"The column of {MANY} people is deleted." in told(open_screen("overview", event_id))
    assert {*people(installation.database, event_id)[0].columns} == {"hours"}
