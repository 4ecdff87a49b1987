"""After a sending: who gets what was true, what came of it, and the page that may be published."""

import re

import httpx
from sqlalchemy import func, select, update
from streamlit.testing.v1 import AppTest

from shared.acts.send import expect, send
from shared.events.installation import Installation
from shared.events.settings import create_event
from shared.mail.accounts.suppressions import count_left_out
from shared.mail.kinds.reminder import REMINDER
from shared.storage.clock import database_time
from shared.storage.models import (
    Certificate,
    Event,
    Mail,
    MailState,
    Problem,
    Status,
    Suppression,
    Volunteer,
)
from tests.support import factories
from tests.support.acted_event import say_names, with_everybody
from tests.support.api_server import server_url
from tests.support.console_screens import (
    Open,
    fail_every_mail,
    mails,
    press,
    read,
    undisturbed,
)
from tests.support.known_names import listed_event
from tests.support.list_columns import say

__all__ = ["server_url"]


def table(screen: AppTest, caption: str) -> list[list[str]]:
    """The cells of the small table with this caption."""
    bodies = [one.proto.body for one in screen.get("html")]
    found = next(body for body in bodies if f"<caption>{caption}</caption>" in body)
    lines = re.findall(r"<tr.*?</tr>", found)
    return [re.findall(r"<td.*?>(.*?)</td>", line) for line in lines if "<td>" in line]


def test_who_gets_what_is_what_the_sending_does(installation: Installation, open_screen: Open):
    acted = with_everybody(installation)
    say_names(acted, "issue")
    with installation.database.writing() as session:
        session.get_one(Event, acted.event_id).first_few = []
        held = update(Mail).where(Mail.state == MailState.HELD)
        session.execute(held.values(state=MailState.QUEUED))
    counts = {cells[0]: int(cells[2]) for cells in table_of(open_screen, acted.event_id)}
    with installation.database.reading() as session:
        event = session.get_one(Event, acted.event_id)
        waiting, left_out = expect(session, event), count_left_out(session, event)
        before = session.scalars(select(func.count()).select_from(Certificate)).one()
    sent = send(installation, acted.event_id)
    assert counts["with a name"] == sent.issued == waiting.to_issue > 0
    assert counts["no name on the list"] == sent.invited == waiting.to_invite > 0
    assert counts["names to check"] == sent.held > 0
    assert counts.get("dead addresses") == left_out.get(Suppression.DEAD)
    assert counts.get("who complained") == left_out.get(Suppression.COMPLAINED)
    assert counts.get("who unsubscribed") == left_out.get(Suppression.OPTED_OUT)
    with installation.database.reading() as session:
        after = session.scalars(select(func.count()).select_from(Certificate)).one()
    assert after - before == sent.issued


def table_of(open_screen: Open, event_id: int) -> list[list[str]]:
    return table(open_screen("send", event_id), "Recipients and messages")


def with_results(open_screen: Open, event_id: int) -> AppTest:
    """The screen, on which the results are opened."""
    screen = open_screen("send", event_id)
    screen.session_state[f"send.results.{event_id}"] = True
    return undisturbed(screen.run())


def test_the_first_mail_is_shown_as_it_leaves_and_sent_to_me(
    installation: Installation, open_screen: Open, event_id: int
):
    people = "email,name\nana@example.org,Ana Silva"
    listed_event(installation.database, event_id, "issue", people)
    screen = open_screen("send", event_id)
    shown = " ".join(one.value for one in screen.markdown)
    assert "Ana Silva, here is your certificate" in shown
    field = next(one for one in screen.text_input if one.label == "My address")
    field.set_value("me@example.org")
    press(screen, "Mail it")
    (mail,) = mails(installation.database, event_id)
    assert (mail.volunteer_id, mail.address, mail.wording_of) == (
        None,
        "me@example.org",
        "certificate",
    )


def test_whose_certificate_is_shown_is_who_is_invited_first(
    installation: Installation, open_screen: Open, event_id: int
):
    listed_event(installation.database, event_id, "ask", "email,name\nana@example.org,Ana Silva")
    factories.invite(installation, event_id)
    factories.add(installation.database, event_id, "email,name\nzoe@example.org,Zoe Lund\n")
    screen = open_screen("send", event_id)
    told = [one.value for one in (*screen.caption, *screen.header)]
    assert "First mail, exactly as sent: Zoe Lund" in told
    assert "1 invitation, in about 1 second" in told


def test_a_sending_ends_with_how_many_were_thanked_and_what_happened_next(
    installation: Installation, open_screen: Open, listed: int
):
    factories.design(installation.database, listed)
    factories.invite(installation, listed)
    with installation.database.writing() as session:
        at = database_time(session)
        session.get_one(Event, listed).live_at = at
        session.execute(update(Mail).values(state=MailState.SENT, sent_at=at))
        session.execute(update(Mail).values(kind="certificate"))
        session.execute(update(Volunteer).values(status=Status.MAILED, asked_at=at))
    screen = open_screen("send", listed)
    assert "2 people thanked" in [one.value for one in screen.header]
    [chart] = [
        one.proto.body for one in screen.get("html") if "What happened next" in one.proto.body
    ]
    assert chart.count("<tr>") == 1
    assert "2 mailed" in chart
    assert "All are sent." in [one.value for one in screen.caption]
    fail_every_mail(installation.database, listed, MailState.FAILED)
    told = [one.value for one in open_screen("send", listed).caption]
    assert "2 undelivered mails" in told
    assert "All are sent." not in told


def test_results_say_what_happened_and_remind_the_silent(
    installation: Installation, open_screen: Open, listed: int
):
    database = installation.database
    factories.invite(installation, listed)
    with database.writing() as session:
        long_ago = database_time(session).replace(year=2025)
        session.execute(update(Mail).values(state=MailState.SENT, sent_at=long_ago))
        session.execute(update(Volunteer).values(status=Status.INVITED, asked_at=long_ago))
    screen = with_results(open_screen, listed)
    altogether, *days = table(screen, "Activity by day")
    assert altogether[1:] == ["2", "0", "0", "0"]
    assert len(days) == 1
    press(screen, "Remind 2 people")
    reminders = [one for one in mails(database, listed) if one.kind == REMINDER.name]
    assert len(reminders) == 2


def test_the_page_is_published_by_a_tick_and_a_press_and_closed_again(
    installation: Installation, open_screen: Open, listed: int, server_url: str
):
    screen = open_screen("send", listed)
    screen = press(screen, "Publish the page")
    assert read(installation.database, listed).page_id is None
    screen.checkbox(key=f"send.page.sure.{listed}").check()
    screen.text_area(key=f"send.page.thanks.{listed}").set_value("Well done!")
    screen = press(screen, "Publish the page")
    event = read(installation.database, listed)
    page = f"{server_url}/event/{event.page_id}"
    assert "Well done!" in httpx.get(page).text
    press(screen, "Close the page")
    assert httpx.get(page).status_code == 404


def test_the_events_of_an_organization_stand_together_with_people_and_hours(
    installation: Installation, open_screen: Open, listed: int
):
    database = installation.database
    with database.writing() as session:
        before, _ = create_event(session, name="Beach Day 2025", language="en")
        other, _ = create_event(session, name="Somebody else's", language="en")
        before.organization = session.get_one(Event, listed).organization = "Harbour Club"
        other.organization = "Others"
        before.created_at = before.created_at.replace(year=2025)
        before_id = before.id
    factories.add(database, before_id, "email,hours\nana@example.org,1030\nbo@example.org,4.5")
    say(installation, before_id, "hours", is_public=True)
    rows = table(with_results(open_screen, listed), "Over the years")
    assert [row[1] for row in rows] == ["Harbour Run 2026", "Beach Day 2025"]
    assert rows[1] == ["2025", "Beach Day 2025", "2", "1,034.5"]


def test_whose_name_cannot_be_drawn_waits_for_nothing_where_all_enter_theirs(
    installation: Installation, open_screen: Open, event_id: int
):
    database = installation.database
    listed_event(database, event_id, "ask", "email,name\nana@example.org,Ana Silva")
    with database.writing() as session:
        session.execute(update(Volunteer).values(problem=Problem.NO_GLYPH))
    counts = {cells[0]: int(cells[2]) for cells in table_of(open_screen, event_id)}
    assert counts == {"not invited yet": 1}
    sent = send(installation, event_id)
    assert (sent.invited, sent.held) == (1, 0)
