"""The state of the product for monitoring: `/health`, and `/metrics` for Prometheus, whose bearer
token (RFC 6750) is METRICS_TOKEN or the owner's.

Figures of the installation are counted in the database on request, so that every process answers
alike and they survive restarts; figures of requests are this process's own.
"""

from collections.abc import Collection, Iterable
from functools import partial
from hmac import compare_digest
from shutil import disk_usage
from statistics import quantiles
from typing import Annotated, Any

from fastapi import APIRouter, Header, Request, Response, Security
from fastapi.responses import PlainTextResponse
from fastapi.security import HTTPBearer
from prometheus_client import CollectorRegistry, Histogram, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily, InfoMetricFamily, Metric
from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session
from starlette.types import Scope

from api.calls import REFUSALS, Envelope, described
from api.dependencies import InstallationOf
from api.errors import Unauthorized
from api.visiting import answered_in_time
from shared import product_version
from shared.access.keys import is_owner
from shared.errors import Outgrown
from shared.events.installation import Installation
from shared.language import translate
from shared.mail.accounts.limits import budget_left
from shared.mail.queue.clock import running_workers
from shared.mail.queue.hold import is_any_held
from shared.mail.queue.reasons import HELD, OF_ACCOUNTS
from shared.preflight.troubles import oldest_due
from shared.storage import hooks
from shared.storage.clock import database_time
from shared.storage.migrating import may_work_on
from shared.storage.models import (
    ORGANIZED,
    Attempt,
    Event,
    Mail,
    SendingAccount,
    Verdict,
    Volunteer,
)
from shared.storage.schema import newest_schema, schema_of

_RECENT = 1000
# Seconds: a page from memory, a preview, a busy machine, and what nobody waits for.
_BUCKETS = (0.01, 0.03, 0.1, 0.3, 1, 3, 10)

router = APIRouter(tags=["operation"])


@router.get("/health", responses={503: REFUSALS[503]})
async def health(installation: InstallationOf) -> Envelope[dict[str, str]]:
    """200 when the database answers; `sending` is "held" after a restore, until people decided."""

    def state() -> dict[str, str]:
        with installation.database.reading() as session:
            schema = schema_of(session.connection()) or ""
            held = {"sending": "held", "reason": translate(HELD, "en")}
            facts = {"database": "ok", "version": product_version(), "schema": schema}
            return facts | (held if is_any_held(session) else {})

    return Envelope(data=await answered_in_time(state))


@router.get("/health/live", include_in_schema=False)
async def live() -> Envelope[dict[str, str]]:
    """200 as long as this process answers, whatever the database does."""
    return Envelope(data={"version": product_version()})


@router.get("/health/ready", include_in_schema=False)
async def ready(installation: InstallationOf) -> Envelope[dict[str, str]]:
    """200 when this process may be given requests: database and schema are right; else why not."""
    if not await answered_in_time(partial(may_work_on, installation.database)):
        raise Outgrown()
    return await health(installation)


@router.get(
    "/metrics",
    response_class=PlainTextResponse,
    responses=described(401, "application/json") | described(429, "application/json"),
    # Only described here: the header is read below, in one place.
    dependencies=[
        Security(HTTPBearer(auto_error=False, description="METRICS_TOKEN, or the owner's"))
    ],
)
def metrics(
    request: Request, installation: InstallationOf, authorization: Annotated[str, Header()] = ""
) -> Response:
    """Queue, accounts, mailboxes, verdicts, latency, budgets, drawing time, requests and disk."""
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer" or not _may_read(installation, token):
        raise Unauthorized()
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Collector(installation))
    registry.register(request.app.state.requests.seconds)
    return Response(generate_latest(registry), media_type="text/plain; version=0.0.4")


def _may_read(installation: Installation, token: str) -> bool:
    chosen = installation.settings.metrics_token
    if chosen and compare_digest(chosen.get_secret_value().encode(), token.encode()):
        return True
    with installation.database.reading() as session:
        return is_owner(session, token)


class Requests:
    """The seconds that this process took to answer, by route, method and status."""

    def __init__(self, known: Collection[str]) -> None:
        """`known` are the paths of all routes."""
        self._known = known
        self.seconds = Histogram(
            "certs_http_request_seconds",
            "From a request to its answer",
            ["route", "method", "status"],
            buckets=_BUCKETS,
            registry=None,
        )

    def note(self, scope: Scope, method: str, status: int, seconds: float) -> None:
        """Count a request. Unknown paths and methods count as `other`: strangers can invent any."""
        # A plain route of Starlette is not in the scope; its path is what was asked for.
        path = getattr(scope.get("route"), "path", scope["path"])
        route = path if path in self._known else "other"
        known = method if method in ("GET", "HEAD", "POST", "OPTIONS") else "other"
        self.seconds.labels(route, known, str(status)).observe(seconds)


class _Collector:
    def __init__(self, installation: Installation) -> None:
        self._installation = installation

    def describe(self) -> Iterable[Metric]:
        return []

    def collect(self) -> Iterable[Metric]:
        with self._installation.database.reading() as session:
            yield from _counts(session)
            yield from _troubles(session)
            yield from _durations(session)
        free = disk_usage(self._installation.settings.data_dir).free
        yield GaugeMetricFamily("certs_disk_free_bytes", "Free where DATA_DIR is", value=free)
        build = InfoMetricFamily("certs_build", "The program that runs")
        build.add_metric([], {"version": product_version(), "schema": newest_schema()})
        yield build


def _counts(session: Session) -> Iterable[Metric]:
    yield _counted(session, "certs_mails", "Mails by state", Mail.kind, Mail.state)
    yield _counted(session, "certs_volunteers", "Volunteers by status", Volunteer.status)
    # Not a counter, which must never fall: deleting an event deletes its attempts. Messages under
    # way and rehearsals are left out.
    handed_over = (Attempt.verdict != Verdict.NONE) & (Attempt.account != "")
    words = "Hand-overs to mail accounts by verdict"
    yield _counted(session, "certs_attempts", words, Attempt.verdict, where=handed_over)
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


def _troubles(session: Session) -> Iterable[Metric]:
    """Yield what somebody should know of: mail that waits, and what it waits for."""
    now, oldest = database_time(session), oldest_due(session)
    yield GaugeMetricFamily(
        "certs_oldest_due_seconds",
        "For how long the oldest mail that should leave has been due, but for events that stand",
        value=(now - oldest[0]).total_seconds() if oldest else 0,
    )
    accounts = GaugeMetricFamily("certs_accounts", "Mail accounts by state", labels=["state"])
    holds = {reason.name: reason.holds for reason in OF_ACCOUNTS}
    state = case((holds["needs_fixing"], "stopped"), (holds["paused"], "paused"), else_="ready")
    of_accounts = session.execute(select(state, func.count()).group_by(state), {"now": now})
    counted = {name: count for name, count in of_accounts}
    for name in ("stopped", "paused", "ready"):
        accounts.add_metric([name], counted.get(name, 0))
    yield accounts
    words = "Events by what their sending does"
    yield _counted(session, "certs_events", words, Event.sending, where=ORGANIZED)
    yield GaugeMetricFamily(
        "certs_held",
        "1 while mails wait for a decision after a restore",
        value=is_any_held(session),
    )
    for name, words, value in hooks.features().gauges(session):
        yield GaugeMetricFamily(name, words, value=value)


def _durations(session: Session) -> Iterable[Metric]:
    """Yield the median and the 95th percentile of the last thousand attempts, in seconds.

    Mails given back were never handed over: their time would only say how long others took.
    """
    rows = session.execute(
        select(Attempt.at, Attempt.ended_at, Attempt.drawing_ms)
        .where(Attempt.ended_at.is_not(None), Attempt.verdict != Verdict.GIVEN_BACK)
        .order_by(Attempt.id.desc())
        .limit(_RECENT)
    ).all()
    attempts = [(ended - began).total_seconds() for began, ended, _ in rows if ended]
    drawings = [drawing / 1000 for _, _, drawing in rows if drawing is not None]
    for name, words, values in (
        ("certs_attempt_seconds", "From claim to settled", attempts),
        ("certs_drawing_seconds", "Drawing one certificate", drawings),
    ):
        metric = GaugeMetricFamily(name, words, labels=["quantile"])
        if len(values) >= 2:
            twentieths = quantiles(values, n=20)
            metric.add_metric(["0.5"], twentieths[9])
            metric.add_metric(["0.95"], twentieths[18])
        yield metric


def _counted(
    session: Session,
    name: str,
    words: str,
    *columns: InstrumentedAttribute[Any],
    where: ColumnElement[bool] | None = None,
) -> Metric:
    """Return the number of rows by these columns, whose names are the labels."""
    metric = GaugeMetricFamily(name, words, labels=[column.key for column in columns])
    rows = select(*columns, func.count()).group_by(*columns)
    for *values, count in session.execute(rows if where is None else rows.where(where)):
        metric.add_metric([str(value) for value in values], count)
    return metric
