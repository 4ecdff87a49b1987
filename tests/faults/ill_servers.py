"""Mail servers on which something is wrong, though they answer."""

from pathlib import Path

from sqlalchemy import func, select

from shared.storage.models import Attempt, Verdict
from tests.faults.scene import Audit, Scene
from tests.support.smtp_sink import SmtpSink, carrying


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
