"""One click ends reminders, for one event, and nothing else; a look at the page ends nothing."""

from email import message_from_bytes
from email.message import Message

import httpx
import pytest
from sqlalchemy import select

from shared.acts.remind import Remind, Rules
from shared.acts.run import apply
from shared.events.installation import Installation
from shared.mail.accounts.suppressions import count_left_out
from shared.mail.kinds.reminder import REMINDER
from shared.mail.queue.attempts import Claimed
from shared.mail.queue.opt_outs import opt_out_key
from shared.storage.models import Event, Mail, MailState, Suppression, Volunteer
from shared.storage.models.volunteer import OPTED_OUT
from shared.volunteers.people.progress import history
from shared.worker import composing
from tests.support.api_server import Invited, ana, api, default_event, server_url
from tests.support.sending_steps import claim

__all__ = ["ana", "api", "default_event", "server_url"]

RULES = Rules(at_most=3, days_apart=0)


def key_of(ana: Invited) -> str:
    return opt_out_key(ana.id, ana.token)


def is_ended(installation: Installation, ana: Invited) -> bool:
    with installation.database.reading() as session:
        return session.get_one(Volunteer, ana.id).reminders_ended_at is not None


def remind(installation: Installation, event: Event) -> int:
    with installation.database.writing() as session:
        session.query(Mail).update({Mail.state: MailState.SENT})
        return apply(session, Remind(rules=RULES), session.get_one(Event, event.id).id).done


def test_a_look_at_the_page_ends_nothing(
    installation: Installation, api: httpx.Client, ana: Invited
) -> None:
    for method in ("GET", "HEAD"):
        answer = api.request(method, f"/reminders/{key_of(ana)}", params={"lang": "en"})
        assert answer.status_code == 200
    assert "Unsubscribe" in api.get(f"/reminders/{key_of(ana)}?lang=en").text
    assert not is_ended(installation, ana)


@pytest.mark.parametrize(
    "body",
    [
        {"data": {"List-Unsubscribe": "One-Click"}},
        {"files": {"List-Unsubscribe": (None, "One-Click")}},
    ],
)
def test_one_click_ends_them_without_cookies_and_redirects(
    installation: Installation, api: httpx.Client, ana: Invited, body: dict[str, object]
) -> None:
    for _ in range(2):
        answer = api.post(f"/reminders/{key_of(ana)}", **body)
        assert answer.status_code == 200
        assert "set-cookie" not in answer.headers
    assert is_ended(installation, ana)
    # The link itself goes on working.
    assert api.get("/api/getUserInfo", params={"token": ana.token}).json()["code"] == 0


def test_who_ended_them_is_reminded_no_more_and_the_organizer_sees_who(
    installation: Installation, api: httpx.Client, ana: Invited, default_event: Event
) -> None:
    assert remind(installation, default_event) == 1
    api.post(f"/reminders/{key_of(ana)}")
    with installation.database.reading() as session:
        waiting = select(Mail.state).where(Mail.kind == REMINDER.name)
        assert session.scalars(waiting).all() == [MailState.CANCELLED]
        assert count_left_out(session, default_event) == {Suppression.OPTED_OUT: 1}
        person = session.scalars(select(Volunteer).where(OPTED_OUT)).one()
        assert person.id == ana.id
        assert "Unsubscribed from invitations and reminders" in [
            one.what for one in history(session, person)
        ]
    assert remind(installation, default_event) == 0


def test_a_reminder_that_is_queued_again_does_not_leave(
    installation: Installation, api: httpx.Client, ana: Invited, default_event: Event
) -> None:
    remind(installation, default_event)
    api.post(f"/reminders/{key_of(ana)}")
    with installation.database.writing() as session:
        session.query(Mail).filter_by(kind=REMINDER.name).update({Mail.state: MailState.QUEUED})
    assert claim(installation.database) == []


def test_no_other_key_ends_anything_and_the_key_opens_nothing(
    installation: Installation, api: httpx.Client, ana: Invited
) -> None:
    for key in (
        ana.token,
        f"{ana.id}-{ana.token}",
        f"{ana.id}-",
        "9" * 30,
        f"x{key_of(ana)}",
        "²-x",
    ):
        assert api.post(f"/reminders/{key}").status_code == 404
    assert not is_ended(installation, ana)
    assert ana.token not in key_of(ana)
    assert api.get("/api/getUserInfo", params={"token": key_of(ana)}).json()["code"] != 0


def asking_mail(installation: Installation, task: Claimed) -> Message:
    return message_from_bytes(composing.compose(installation, task))


def test_the_click_is_offered_with_https_only_and_is_not_the_personal_link(
    installation: Installation, ana: Invited, default_event: Event
) -> None:
    with installation.database.writing() as session:
        session.query(Volunteer).update({Volunteer.status: 0})
    [task] = claim(installation.database)
    mail = asking_mail(installation, task)
    assert mail["List-Id"].endswith(f"<event-{default_event.id}.127.0.0.1>")
    assert mail["List-Unsubscribe"] is None
    installation.settings.public_url = "https://certs.example.org"
    mail = asking_mail(installation, task)
    assert mail["List-Unsubscribe"] == f"<https://certs.example.org/reminders/{key_of(ana)}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["List-Id"].endswith(f"<event-{default_event.id}.certs.example.org>")
    assert ana.token not in mail["List-Unsubscribe"]
