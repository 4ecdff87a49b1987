"""A press that waits in the console until its person has confirmed who they are, sealed for them,
for an hour.

Once the key that sealed it is taken away, it counts as not there: it is not worth sealing anew.
"""

import hashlib
import json
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from shared.errors import SettingRefused
from shared.storage.database import Database
from shared.storage.models import ConsoleDraft, now
from shared.storage.sealing.tokens import Seal

KEPT_FOR = timedelta(hours=1)

# Whose it is, and what: only together do they open it.
Binding = Sequence[str]


def keep(session: Session, seal: Seal, binding: Binding, text: str) -> None:
    """Keep `text` from now on, in place of what was kept there; nothing if it is empty."""
    session.execute(delete(ConsoleDraft).where(ConsoleDraft.place == _place(binding)))
    if text:
        sealed, until = seal.seal_bound(text, binding), now() + KEPT_FOR
        session.add(ConsoleDraft(place=_place(binding), sealed=sealed, expires_at=until))


def take(session: Session, seal: Seal, binding: Binding) -> str:
    """What is kept there, once: of several at the same time, one gets it."""
    is_there = delete(ConsoleDraft).where(ConsoleDraft.place == _place(binding))
    sealed = session.scalar(
        is_there.where(ConsoleDraft.expires_at > now()).returning(ConsoleDraft.sealed)
    )
    return _opened(seal, binding, sealed)


def sweep(database: Database) -> None:
    """Remove what is over."""
    is_over = ConsoleDraft.expires_at <= now()
    with database.reading() as session:
        if session.scalar(select(ConsoleDraft.place).where(is_over).limit(1)) is None:
            return
    with database.writing() as session:
        session.execute(delete(ConsoleDraft).where(is_over))


def _opened(seal: Seal, binding: Binding, sealed: str | None) -> str:
    try:
        return seal.open_bound(sealed, binding) if sealed else ""
    except SettingRefused:
        return ""


def _place(binding: Binding) -> str:
    return hashlib.sha256(json.dumps([*binding]).encode()).hexdigest()
