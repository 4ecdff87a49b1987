"""What a monitoring system sees."""

from datetime import timedelta

from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import select

from api.app import create_app
from shared import events
from shared.acts.go_live import go_live
from shared.events.installation import Installation
from shared.mail.accounts import sending_account
from shared.mail.queue import claim, hand_over, settle
from shared.mail.transport.protocol import Outcome
from shared.mail.transport.providers import Limits
from shared.storage.models import Attempt, Phase, Verdict
from shared.volunteers.lists import list_parser
from shared.volunteers.people import roster
from tests.conftest import OWNER_TOKEN
from tests.support.acting import queue_invitations
from tests.support.mailing import invite
from tests.support.sending_steps import IDS

LEASE = timedelta(minutes=2)


def scrape(installation: Installation) -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
    answer = TestClient(create_app(installation)).get(
        "/metrics", headers={"Authorization": f"Bearer {OWNER_TOKEN}"}
    )
    assert answer.status_code == 200
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def test_the_queue_and_the_budget_are_told_to_the_owner(installation: Installation, event_id: int):
    pasted = list_parser.parse("ana@example.org\nbo@example.org")
    with installation.database.writing() as session:
        event = events.event_for_change(session, event_id)
        roster.add_volunteers(session, event, pasted)
        sending_account.set_account(
            session,
            installation.seal,
            event,
            username="thanks@example.org",
            password="secret",
            limits=Limits(per_day=500),
        )
        go_live(session, event)
        queue_invitations(session, installation.seal, event)
    samples = scrape(installation)
    queued = frozenset({("kind", "invitation"), ("state", "queued")})
    budget = frozenset({("event", str(event_id)), ("period", "day")})
    assert samples["certs_mails", queued] == 2
    assert samples["certs_volunteers", frozenset({("status", "0")})] == 2
    assert samples["certs_budget_left", budget] == 500
    assert samples["certs_workers", frozenset()] == 0


def attempts(samples: dict[tuple[str, frozenset[tuple[str, str]]], float]) -> dict[str, float]:
    """The counter of attempts: verdict -> how many."""
    return {
        dict(labels)["verdict"]: value
        for (name, labels), value in samples.items()
        if name == "certs_attempts_total"
    }


def test_a_try_is_counted_when_it_has_ended_so_that_the_counter_never_falls(
    installation: Installation, event_id: int
):
    with installation.database.writing() as session:
        event = events.event_for_change(session, event_id)
        sending_account.set_account(session, installation.seal, event, username="a@example.org")
        go_live(session, event)
    invite(installation, event_id, 3)
    with installation.database.writing() as session:
        claimed = claim.claim(session, 3, LEASE, IDS)
    assert attempts(scrape(installation)) == {}
    with installation.database.writing() as session:
        hand_over.give_back(session, claimed[0])
        settle.settle(session, [(claimed[1], Outcome(Verdict.SENT, Phase.CONTENT, 250, "ok"))])
    assert attempts(scrape(installation)) == {"given_back": 1, "sent": 1}


def test_tries_of_a_rehearsal_are_not_counted_as_they_can_be_forgotten(
    installation: Installation, event_id: int
):
    invite(installation, event_id, 1)
    with installation.database.writing() as session:
        (task,) = claim.claim(session, 1, LEASE, IDS)
        settle.settle(session, [(task, Outcome(Verdict.SENT, Phase.CONTENT, 250, "ok"))])
    assert attempts(scrape(installation)) == {}


def test_the_time_of_tries_leaves_out_those_that_were_given_back(
    installation: Installation, event_id: int
):
    invite(installation, event_id, 4)
    with installation.database.writing() as session:
        claimed = claim.claim(session, 4, LEASE, IDS)
        for task in claimed[:2]:
            hand_over.give_back(session, task)
        sent = Outcome(Verdict.SENT, Phase.CONTENT, 250, "ok")
        settle.settle(session, [(task, sent) for task in claimed[2:]])
        for attempt in session.scalars(select(Attempt)):
            was_sent = attempt.verdict == Verdict.SENT
            attempt.ended_at = attempt.at + timedelta(seconds=2 if was_sent else 90)
    samples = scrape(installation)
    assert samples["certs_attempt_seconds", frozenset({("quantile", "0.5")})] == 2
    assert samples["certs_attempt_seconds", frozenset({("quantile", "0.95")})] == 2


def test_nobody_else_sees_the_metrics(installation: Installation):
    client = TestClient(create_app(installation))
    assert client.get("/metrics").json()["code"] == 2
    with installation.database.writing() as session:
        _, organizers = events.create_event(session, name="Beach Day")
    for token in ("guess", organizers):
        answer = client.get("/metrics", headers={"Authorization": f"Bearer {token}"})
        assert answer.json()["code"] == 2
