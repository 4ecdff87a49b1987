"""Opening the installation: its folder, database, keys and owner. Any process may be the first."""

import logging
import os
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import IntegrityError

from shared.errors import ProductError, SettingRefused
from shared.events.installation import FIRST_NAME, Installation
from shared.events.settings import create_event
from shared.language import N_, translate
from shared.log import audit
from shared.settings import Settings
from shared.storage import migrating
from shared.storage.database import Database
from shared.storage.models import Action, Owner
from shared.storage.private_files import (
    DOUBTFUL,
    UNSAFE,
    file_system_of,
    private_folder,
    tighten,
    write_private,
)
from shared.storage.sealing.key_rotation import check_keys, sealed_kinds
from shared.storage.sealing.tokens import LONGEST_TOKEN, load_seal, new_token, token_hash

log = logging.getLogger(__name__)

# Has the owner's token, for people who may read the data folder, so that no log has it.
_OWNERS_FILE = "owner-token"
SHORTEST_CHOSEN_TOKEN = 20
_TOO_SHORT = N_(
    'must have at least 20 characters. Make one with: python3 -c "import secrets; '
    'print(secrets.token_urlsafe(32))"'
)


def open_installation(settings: Settings, *, gives_up: bool = False) -> Installation:
    """Migrate the database and make sure that there is an owner. Any process may be the first.

    Raises SettingRefused, also for keys that open nothing stored, unless the caller `gives_up` what
    they do not open; and without AUTO_MIGRATE ProductError if a migration is pending and somebody
    is on a list.
    """
    private_folder(settings.data_dir)
    _look_at_file_system(settings)
    database = Database(settings.database_url)
    try:
        migrating.migrate(database, with_people=settings.auto_migrate)
    except ProductError:
        database.close()
        raise
    keys, key_file = settings.given_keys, settings.key_file
    tighten(key_file)
    try:
        sealed = sealed_kinds(database)
        seal = load_seal(keys, key_file, is_new=not sealed)
        if not gives_up:
            check_keys(database, seal, sealed, "SECRET_KEYS" if keys else str(key_file))
        _welcome_owner(settings, database)
    except SettingRefused:
        database.close()
        raise
    return Installation(settings, database, seal)


def _look_at_file_system(settings: Settings) -> None:
    """Raise SettingRefused on a file system where SQLite loses what several processes write."""
    path = make_url(settings.database_url).database
    if not settings.database_url.startswith("sqlite:") or not path:
        return
    kind = file_system_of(Path(path).parent)
    if kind in UNSAFE:
        field = "DATABASE_URL" if settings.is_given("database_url") else "DATA_DIR"
        raise SettingRefused(field=field, reason=f"lies on {kind}. {translate(_NO_LOCKS, 'en')}")
    if kind in DOUBTFUL:
        log.warning("the database lies on %s, where SQLite's locks may not hold", kind)


_NO_LOCKS = N_(
    "SQLite loses what several processes write there. Choose a disk of this machine, or PostgreSQL "
    "by DATABASE_URL."
)


def _welcome_owner(settings: Settings, database: Database) -> None:
    """Create the owner's row at the first start, and take over a token given in the settings.

    Raises SettingRefused for a new one that is too short; one already in use is kept.
    """
    given = _given_token(settings)
    is_short = given is not None and len(given) < SHORTEST_CHOSEN_TOKEN
    with database.reading() as session:
        owner = session.get(Owner, 1)
    is_kept = (
        owner is not None and given is not None and owner.admin_token_hash == token_hash(given)
    )
    # Guessing is not slowed down, so only its length protects a token.
    if is_short and not is_kept:
        raise SettingRefused(field="ADMIN_TOKEN", reason=_TOO_SHORT)
    if is_short:
        advice = "ADMIN_TOKEN: has fewer than %s characters and can be guessed. Set a longer one."
        log.warning(advice, SHORTEST_CHOSEN_TOKEN)
    if owner is None:
        _make_owner(settings, database, given)
    elif given and not is_kept:
        with database.writing() as session:
            session.get_one(Owner, 1).admin_token_hash = token_hash(given)
            audit.record(session, Action.OWNER_TOKEN_CHANGED, None)
        take_owner_token(settings.data_dir)


def _make_owner(settings: Settings, database: Database, given: str | None) -> None:
    token = given or new_token()
    try:
        with database.writing() as session:
            language = settings.default_language
            event, _ = create_event(
                session, name=FIRST_NAME, language=language, time_zone=settings.home_zone
            )
            session.add(Owner(id=1, admin_token_hash=token_hash(token), default_event_id=event.id))
            session.flush()
            if not given:
                # Before the commit, since only the hash is stored and the token must not be lost.
                write_private(settings.data_dir / _OWNERS_FILE, token.encode())
    except IntegrityError:
        # Another process that started at the same time was first: its token counts.
        return


def _given_token(settings: Settings) -> str | None:
    """Return the owner's token from the settings. Raises SettingRefused if it cannot be used."""
    if settings.admin_token is None:
        return None
    token = settings.admin_token.get_secret_value()
    if not 0 < len(token) <= LONGEST_TOKEN or token != token.strip():
        reason = N_("must be 1 to 128 characters without blanks around them")
        raise SettingRefused(field="ADMIN_TOKEN", reason=reason)
    return token


def take_owner_token(data_dir: Path) -> str | None:
    """Return the owner's token of the first start, once: its file is deleted. None if it is
    gone."""
    # Renamed first: of several processes one succeeds.
    taken = data_dir / f"{_OWNERS_FILE}.{os.getpid()}"
    try:
        (data_dir / _OWNERS_FILE).rename(taken)
    except FileNotFoundError:
        return None
    token = taken.read_text(encoding="utf-8")
    taken.unlink()
    return token


def has_owner_token(data_dir: Path) -> bool:
    return (data_dir / _OWNERS_FILE).exists()
