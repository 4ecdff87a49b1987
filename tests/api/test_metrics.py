"""What a monitoring system sees."""

from dataclasses import replace
from datetime import timedelta

from fastapi.testclient import TestClient
from pydantic import SecretStr
from sqlalchemy import select

from api.app import create_app
from shared import events
from shared.acts.go_live import go_live
from shared.budgets import WRONG_TOKENS
from shared.events.installation import Installation
from shared.mail.accounts import sending_account
from shared.mail.queue import claim, settle
from shared.mail.transport.outcome import Outcome
from shared.mail.transport.providers import SendingLimits
from shared.storage.models import Attempt, Phase, Verdict
from shared.volunteers.people import roster
from tests.support.acting import queue_invitations
from tests.support.envelopes import assert_envelope
from tests.support.lists import read_call
from tests.support.mailing import invite
from tests.support.scraped import Samples, samples_of, scrape
from tests.support.sending_steps import IDS

LEASE = timedelta(minutes=2)


def test_the_queue_and_the_budget_are_told_to_the_owner(installation: Installation, event_id: int):
    pasted = read_call("ana@example.org\nbo@example.org")
    with installation.database.writing() as session:
        event = events.event_for_change(session, event_id)
        roster.add_volunteers(session, event, pasted)
        sending_account.set_account(
            session,
            installation.seal,
            event,
            username="thanks@example.org",
            password="secret",
            limits=SendingLimits(per_day=500),
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


def attempts(samples: Samples) -> dict[str, float]:
    """Verdict -> how many."""
    return {
        dict(labels)["verdict"]: value
        for (name, labels), value in samples.items()
        if name == "certs_attempts"
    }


def test_a_try_is_counted_when_it_has_ended(installation: Installation, event_id: int):
    with installation.database.writing() as session:
        event = events.event_for_change(session, event_id)
        sending_account.set_account(session, installation.seal, event, username="a@example.org")
        go_live(session, event)
    invite(installation, event_id, 3)
    with installation.database.writing() as session:
        claimed = claim.claim(session, 3, LEASE, IDS)
    assert attempts(scrape(installation)) == {}
    with installation.database.writing() as session:
        settle.give_back(session, claimed[0])
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
            settle.give_back(session, task)
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
    answers = [client.get("/metrics", headers={"Accept": "text/html"})]
    for wrong in ("", "a-token-of-the-monitoring", "é"):
        headers = {"Authorization": f"Bearer {wrong}".encode()}
        answers.append(client.get("/metrics", headers=headers))
    for answer in answers:
        assert answer.headers["www-authenticate"] == "Bearer"
        assert "This token is not valid" in assert_envelope(answer, 401)["message"]
    guesses = [client.get("/metrics").status_code for _ in range(WRONG_TOKENS.most)]
    assert guesses[-1] == 429


def test_a_monitoring_system_has_a_token_that_opens_nothing_else(installation: Installation):
    token = "a-token-of-the-monitoring"
    settings = installation.settings.model_copy(update={"metrics_token": SecretStr(token)})
    client = TestClient(create_app(replace(installation, settings=settings)))
    assert samples_of(client, token)["certs_held", frozenset()] == 0
    assert client.post("/api/email", json={"token": token, "action": "query"}).json()["code"] == 2


def test_requests_are_counted_by_route_and_not_by_what_strangers_type(installation: Installation):
    client = TestClient(create_app(installation))
    client.get("/verify/aaaaaaaaaaaaaaaaaaaaaa")
    client.get("/verify/bbbbbbbbbbbbbbbbbbbbbb")
    client.get("/no-such-page")
    client.get("/certificate?token=unknown")
    client.request("BREW", "/neither")
    counted = {
        tuple(dict(labels)[key] for key in ("route", "method", "status")): value
        for (name, labels), value in samples_of(client).items()
        if name == "certs_http_request_seconds_count"
    }
    assert counted["/verify/{public_id}", "GET", "404"] == 2
    assert counted["/certificate", "GET", "404"] == 1
    assert counted["other", "GET", "404"] == 1
    assert [key for key in counted if key[1] == "other"] == [("other", "other", "404")]
