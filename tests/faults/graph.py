"""Sending by Microsoft Graph under fault: killed after a 202, throttled, a token that ends."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from shared.mail.queue.standing import Standing, of_sending
from shared.storage.models import Event
from tests.faults.scene import Audit, Scene
from tests.support.begun import wait
from tests.support.graph_double import GraphDouble, Refusal, answering, at
from tests.support.graph_sending import at_graph, enter_account, sign_in
from tests.support.mail_identity import (
    CLIENT_ID,
    CLIENT_SECRET,
    MailIdentity,
    served_mail_identity,
)
from tests.support.mail_sign_ins import BACK
from tests.support.mailing import pass_time, wait_until

_HOUR = timedelta(hours=1)


@contextmanager
def _signed_in(
    folder: Path, database_url: str, mails: int, *, ask: bool = False
) -> Iterator[tuple[Scene, GraphDouble, MailIdentity, dict[str, str]]]:
    """A scene whose account sends by Graph, and what its workers have to know."""
    with served_mail_identity() as identity, GraphDouble() as graph:
        identity.redirects = [BACK]
        scene = Scene(folder, database_url, graph, mails, timeout=0.6, ask_when_unsure=ask)
        scene.installation = at_graph(scene.installation, graph, identity)
        enter_account(scene.installation, scene.event_id)
        sign_in(scene.installation, scene.event_id, identity)
        yield (
            scene,
            graph,
            identity,
            {
                "MICROSOFT_AUTHORITY": identity.site,
                "MICROSOFT_CLIENT_ID": CLIENT_ID,
                "MICROSOFT_CLIENT_SECRET": CLIENT_SECRET,
                "GRAPH_URL": graph.site,
            },
        )


def killed_after_202(
    folder: Path, database_url: str, mails: int, kills: int, *, ask: bool = False
) -> Audit:
    """kill -9 of the worker just after Graph has said 202, `kills` times."""
    with _signed_in(folder, database_url, mails, ask=ask) as (scene, graph, _, environment):
        for _ in range(kills):
            worker = scene.start_worker(**environment)
            graph.answered = at(len(graph.taken) + 3, worker.kill)
            wait_until(lambda worker=worker: not worker.is_alive() or not scene.open_mails())  # type: ignore[misc]
            worker.kill()
            wait(worker)
        graph.answered = lambda count: None
        with scene.worker(**environment):
            wait_until(lambda: _is_done(scene), 300)
        return scene.end()


def _is_done(scene: Scene) -> bool:
    if scene.open_mails():
        # What was tried again waits for its minutes.
        scene.let_time_pass(_HOUR)
    return scene.open_mails() == 0


def token_that_ends(folder: Path, database_url: str, mails: int) -> tuple[Audit, int]:
    """All access tokens end in the middle, before two workers: the audit, and how many renewals."""
    with _signed_in(folder, database_url, mails) as (scene, graph, identity, environment):
        graph.answered = at(mails // 2, identity.end_access)
        with scene.worker(**environment), scene.worker(**environment):
            wait_until(lambda: scene.open_mails() == 0, 300)
        return scene.end(), identity.renewals


def throttled_for_an_hour(folder: Path, database_url: str, mails: int) -> tuple[Audit, int]:
    """429 for an hour in the middle: the audit, and how many requests were refused."""
    with _signed_in(folder, database_url, mails) as (scene, graph, _, environment):
        refused = []

        def script(asked: str) -> Refusal | None:
            if len(graph.taken) < mails // 2 or "sendMail" not in asked:
                return None
            refused.append(asked)
            return Refusal(429, "TooManyRequests", headers={"Retry-After": "3600"})

        graph.script = script
        with scene.worker(**environment):
            wait_until(lambda: _is_paused(scene), 120)
            graph.script = answering("nothing", Refusal(429))
            pass_time(scene.database, _HOUR)
            wait_until(lambda: scene.open_mails() == 0, 300)
        return scene.end(), len(refused)


def _is_paused(scene: Scene) -> bool:
    with scene.database.reading() as session:
        event = session.get_one(Event, scene.event_id)
        return of_sending(session, event, "en").standing is Standing.PAUSED
