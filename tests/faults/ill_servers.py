"""Mail servers on which something is wrong, though they answer."""

from datetime import timedelta
from pathlib import Path

from sqlalchemy import func, select

from shared.mail.accounts.health import Standing, account_state
from shared.storage.database import database_time
from shared.storage.models import Attempt, Event, Mail, MailState, Verdict
from tests.faults.scene import Audit, Scene
from tests.support.mailing import pass_time, wait_until
from tests.support.smtp_sink import SmtpSink, answering, carrying


def few_mails_a_connection(folder: Path, database_url: str, mails: int) -> tuple[Audit, int, int]:
    """A server that takes ten mails on each connection, and stays on the line after its 421.

    The audit, how often it had to say so, and how often the account paused.
    """
    script = carrying(10, "421 too many messages in this connection")
    with SmtpSink(script, stays_after_421=True) as sink:
        scene = Scene(folder, database_url, sink, mails, timeout=5)
        scene.finish()
        with scene.database.reading() as session:
            pauses = select(func.count()).where(Attempt.verdict == Verdict.PAUSE)
            paused = session.scalars(pauses).one()
        return scene.end(), sink.mails_begun - mails, paused


def refused_for_now(
    folder: Path, database_url: str, mails: int, passing: timedelta
) -> tuple[Audit, int]:
    """A server that answers 451 to every DATA while that time is `passing`, and is well then.

    The audit, and how many connections it saw before it was well.
    """
    with SmtpSink(answering("data", "451 4.3.0 Temporary lookup failure")) as sink:
        scene = Scene(folder, database_url, sink, mails, timeout=5)
        passed = timedelta()
        with scene.worker():
            while passed < passing:
                wait_until(lambda: _pause(scene) > timedelta(), 60)
                pause = _pause(scene)
                pass_time(scene.database, pause)
                passed += pause
            visits = sink.visits
            sink.script = lambda step: None
            wait_until(lambda: _is_done(scene), 300)
        return scene.end(), visits


def _is_done(scene: Scene) -> bool:
    """What was tried before the first pause waits for its minutes."""
    if scene.open_mails():
        scene.let_time_pass(timedelta(minutes=1))
    return scene.open_mails() == 0


def _pause(scene: Scene) -> timedelta:
    """How long the account pauses from now on, with no mail on its way."""
    with scene.database.reading() as session:
        state = account_state(session, session.get_one(Event, scene.event_id))
        on_its_way = session.scalars(
            select(func.count()).where(Mail.state == MailState.SENDING)
        ).one()
        if state.standing is not Standing.PAUSED or state.until is None or on_its_way:
            return timedelta()
        return state.until - database_time(session)
