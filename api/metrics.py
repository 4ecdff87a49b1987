"""`GET /metrics` for Prometheus, with the owner's token as the bearer token (RFC 6750).

All is counted in the database on request, so it is the same whichever process answers, and
survives restarts.
"""

from collections.abc import Iterable
from statistics import quantiles
from typing import Annotated

from fastapi import APIRouter, Header, Response
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, Metric
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.dependencies import InstallationOf
from shared.access.keys import is_owner
from shared.errors import NotAllowed
from shared.mail.accounts.limits import budget_left
from shared.mail.queue.clock import running_workers
from shared.storage.database import Database, database_time
from shared.storage.models import Attempt, Event, Mail, SendingAccount, Verdict, Volunteer

_RECENT = 1000

router = APIRouter(tags=["operation"])


@router.get("/metrics", response_class=Response)
def metrics(installation: InstallationOf, authorization: Annotated[str, Header()] = "") -> Response:
    """Queue, verdicts, latency, budgets and drawing time."""
    scheme, _, token = authorization.partition(" ")
    with installation.database.reading() as session:
        if scheme.lower() != "bearer" or not is_owner(session, token):
            raise NotAllowed()
    return Response(exposition(installation.database), media_type="text/plain; version=0.0.4")


def exposition(database: Database) -> bytes:
    """All metrics in the text format of Prometheus."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Collector(database))
    return generate_latest(registry)


class _Collector:
    def __init__(self, database: Database) -> None:
        self._database = database

    def describe(self) -> Iterable[Metric]:
        return []

    def collect(self) -> Iterable[Metric]:
        with self._database.reading() as session:
            yield from _counts(session)
            yield from _durations(session)


def _counts(session: Session) -> Iterable[Metric]:
    mails = GaugeMetricFamily("certs_mails", "Mails by state", labels=["kind", "state"])
    of_mails = select(Mail.kind, Mail.state, func.count()).group_by(Mail.kind, Mail.state)
    for kind, state, count in session.execute(of_mails):
        mails.add_metric([kind, state.value], count)
    yield mails
    people = GaugeMetricFamily("certs_volunteers", "Volunteers by status", labels=["status"])
    of_people = select(Volunteer.status, func.count()).group_by(Volunteer.status)
    for status, count in session.execute(of_people):
        people.add_metric([str(status.value)], count)
    yield people
    verdicts = CounterMetricFamily(
        "certs_attempts", "Hand-overs to mail accounts by verdict", labels=["verdict"]
    )
    # A counter must never fall, so messages under way and rehearsals, which may be forgotten, do
    # not count.
    of_verdicts = (
        select(Attempt.verdict, func.count())
        .where(Attempt.verdict != Verdict.NONE, Attempt.account != "")
        .group_by(Attempt.verdict)
    )
    for verdict, count in session.execute(of_verdicts):
        verdicts.add_metric([verdict], count)
    yield verdicts
    budgets = GaugeMetricFamily(
        "certs_budget_left", "Mails that a limit still allows", labels=["event", "period"]
    )
    now = database_time(session)
    users = select(SendingAccount, Event.id).join(Event)
    for account, event_id in session.execute(users.order_by(Event.id)).all():
        for period, left in budget_left(session, account, now).items():
            budgets.add_metric([str(event_id), period], left)
    yield budgets
    workers = running_workers(session)
    yield GaugeMetricFamily("certs_workers", "Workers that are running", value=workers)


def _durations(session: Session) -> Iterable[Metric]:
    """The median and the slowest twentieth of the last thousand attempts.

    A mail that was given back was never handed over, so its time would only say how long others
    took.
    """
    rows = session.execute(
        select(Attempt.at, Attempt.ended_at, Attempt.drawing_ms)
        .where(Attempt.ended_at.is_not(None), Attempt.verdict != Verdict.GIVEN_BACK)
        .order_by(Attempt.id.desc())
        .limit(_RECENT)
    ).all()
    attempts = [(ended - began).total_seconds() for began, ended, _ in rows if ended]
    drawings = [drawing / 1000 for _, _, drawing in rows if drawing is not None]
    yield _quantiles("certs_attempt_seconds", "From claim to settled", attempts)
    yield _quantiles("certs_drawing_seconds", "Drawing one certificate", drawings)


def _quantiles(name: str, words: str, values: list[float]) -> Metric:
    metric = GaugeMetricFamily(name, words, labels=["quantile"])
    if len(values) >= 2:
        twentieths = quantiles(values, n=20)
        metric.add_metric(["0.5"], twentieths[9])
        metric.add_metric(["0.95"], twentieths[18])
    return metric
