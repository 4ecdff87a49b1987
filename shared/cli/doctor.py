"""`certs doctor`: checks of everything that must be right for the product to work."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from shared import features, liveness, sandbox
from shared.cli.process import words_of
from shared.errors import KeysWrong, ProductError, explain
from shared.events.installation import Installation
from shared.events.opening import open_installation
from shared.findings import Level
from shared.language import translate
from shared.mail.queue.clock import running_workers
from shared.mail.queue.hold import is_any_held
from shared.mail.queue.reasons import HELD
from shared.mail.tokens.access import access_token
from shared.preflight.checks import preflight
from shared.preflight.flight_check import LITTLE_SPACE
from shared.rendering.text.faces import verify_fonts
from shared.settings import Settings
from shared.storage.clock import database_time
from shared.storage.models import AuditEntry, Event, MailSignIn, SendingAccount
from shared.storage.private_files import private_folder
from shared.storage.sealing.key_rotation import count_lost

_LATELY = timedelta(days=7)
# Machines whose clocks are set by NTP differ by far less.
_UNNOTICED = timedelta(minutes=5)


@dataclass(frozen=True)
class Diagnosis:
    """One result: `text` says what is right or wrong with `subject`."""

    subject: str
    is_fine: bool
    text: str


def examine(settings: Settings, *, quick: bool = False) -> Iterator[Diagnosis]:
    """Yield a diagnosis for each check; checks that depend on a failed one are left out.

    `quick` asks no mail server and no DNS, and opens nothing sealed: Docker runs it every minute,
    and a large list would take seconds.
    """
    yield from _guarded("fonts", _fonts)
    yield from _guarded("disk", lambda: _disk(settings))
    if settings.public_url.startswith("https:") and not settings.trusted_proxies:
        # Behind an untrusted proxy, everybody is counted as the proxy.
        words = (
            "PUBLIC_URL has TLS, and TRUSTED_PROXIES is empty: all visitors look like one, and "
            "one who guesses links uses up the tries of all. Set it to the address of the proxy "
            "(take care)"
        )
        yield Diagnosis("proxy", True, words)
    missing = ", ".join(sandbox.lacking())
    lack = f"; this system cannot refuse: {missing}" if missing else ""
    confinement = f"read in processes of their own{lack}"
    yield Diagnosis("uploads", True, confinement)
    if not quick:
        yield from _guarded("stuck", lambda: _stuck(settings))
    try:
        installation = open_installation(settings)
    except (SQLAlchemyError, ProductError, OSError) as failure:
        subject = "keys" if isinstance(failure, KeysWrong) else "database"
        yield Diagnosis(subject, False, f"it cannot be opened: {_explained(failure)}")
        return
    # Closed also if the caller stops early.
    with closing(installation.database):
        yield Diagnosis("database", True, installation.database.engine.dialect.name)
        parts: list[tuple[str, Callable[[Installation], Iterator[Diagnosis]]]] = [
            *(("worker", _worker), ("clock", _clock), ("sending", _sending))
        ]
        if not quick:
            parts += [("keys", _keys), ("accounts", _accounts), ("sign-ins", _sign_ins)]
        for subject, part in (*parts, *features.checks(quick=quick)):
            yield from _guarded(subject, partial(part, installation))


def _guarded(subject: str, part: Callable[[], Iterator[Diagnosis]]) -> Iterator[Diagnosis]:
    """Run one check; if it fails, yield that as a diagnosis, so that the others run."""
    try:
        yield from part()
    # Everything is caught: people want to know of it, and of the rest.
    except Exception as failure:
        yield Diagnosis(subject, False, f"it could not be examined: {_explained(failure)}")


def _explained(failure: Exception) -> str:
    return words_of(failure) or f"{type(failure).__name__}: {failure}"


def _accounts(installation: Installation) -> Iterator[Diagnosis]:
    """The preflight checks of every event that has a mail account."""
    with installation.database.reading() as session:
        has_account = Event.account_id.is_not(None)
        with_account = select(Event.id, Event.name).where(has_account).order_by(Event.id)
        events = [(event_id, name) for event_id, name in session.execute(with_account)]

    def of_event(event_id: int, name: str) -> Iterator[Diagnosis]:
        for item in preflight(installation, event_id):
            words = item.said("en") + (" (take care)" if item.level is Level.AMBER else "")
            yield Diagnosis(f"{name}: {item.subject}", item.level is not Level.RED, words)

    for event_id, name in events:
        yield from _guarded(name, partial(of_event, event_id, name))


def _sign_ins(installation: Installation) -> Iterator[Diagnosis]:
    """Ask the provider of each mail account for a token if the stored one is about to expire."""
    with installation.database.reading() as session:
        found = (
            select(MailSignIn, SendingAccount.username)
            .join(SendingAccount, SendingAccount.id == MailSignIn.account_id)
            .order_by(MailSignIn.id)
        )
        rows = session.execute(found).all()
    for sign_in, username in rows:
        subject = f"sign-in of {username} at {sign_in.provider}"
        try:
            access_token(installation, sign_in.account_id)
        except ProductError as refusal:
            yield Diagnosis(subject, False, explain(refusal, "en"))
        else:
            who = f", of {sign_in.address}" if sign_in.address not in ("", username) else ""
            words = f"it stands since {sign_in.signed_in_at:%Y-%m-%d}{who}"
            yield Diagnosis(subject, True, words)


def _fonts() -> Iterator[Diagnosis]:
    try:
        verify_fonts()
    except (RuntimeError, OSError) as failure:
        yield Diagnosis("fonts", False, str(failure))
    else:
        yield Diagnosis("fonts", True, "all there, and text is shaped")


def _disk(settings: Settings) -> Iterator[Diagnosis]:
    private_folder(settings.data_dir)
    free = shutil.disk_usage(settings.data_dir).free
    size = f"{free / 2**30:.1f} GB" if free >= 2**30 else f"{free // 2**20} MB"
    yield Diagnosis("disk", free > LITTLE_SPACE, f"{size} free for {settings.data_dir}")


def _stuck(settings: Settings) -> Iterator[Diagnosis]:
    """Services that ended themselves in the last days, with the file that says where."""
    for service, at, file in liveness.ends(settings.data_dir):
        if datetime.now(UTC) - at < _LATELY:
            words = f"was stuck at {at:%Y-%m-%d %H:%M} UTC and ended itself; where: {file}"
            yield Diagnosis(service, False, words)


def _sending(installation: Installation) -> Iterator[Diagnosis]:
    with installation.database.reading() as session:
        held = is_any_held(session)
    fine = "no mail is held since a restore"
    yield Diagnosis("sending", not held, translate(HELD, "en") if held else fine)


def _clock(installation: Installation) -> Iterator[Diagnosis]:
    """Compare this machine's clock with the database's, and with what was written last."""
    here = datetime.now(UTC)
    with installation.database.reading() as session:
        there = database_time(session)
        last = session.scalar(select(func.max(AuditEntry.at)))
    apart = abs(there - here)
    if apart > _UNNOTICED:
        words = f"this machine's and the database's are {apart} apart: set both by NTP"
    elif last is not None and last - there > _UNNOTICED:
        words = (
            f"it says {there:%Y-%m-%d %H:%M} UTC, and something was written at "
            f"{last:%Y-%m-%d %H:%M}: set it by NTP. Mails that wait for a time wait too long"
        )
    else:
        words = ""
    yield Diagnosis("clock", not words, words or "it agrees with what was written last")


def _keys(installation: Installation) -> Iterator[Diagnosis]:
    lost = count_lost(installation.database, installation.seal)
    words = (
        f"they do not open {lost} of what is stored sealed: put the key that sealed it "
        "back, into SECRET_KEYS behind the new one, or into secret.key"
    )
    fine = "they open everything that is stored sealed"
    yield Diagnosis("keys", not lost, words if lost else fine)


def _worker(installation: Installation) -> Iterator[Diagnosis]:
    with installation.database.reading() as session:
        count = running_workers(session)
    words = f"{count} running" if count else "none is running: start one with `certs worker`"
    yield Diagnosis("worker", count > 0, words)
