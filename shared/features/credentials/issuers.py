"""The signers and their keys: the installation, and organizations that its owner vouches for."""

import re
from collections.abc import Collection, Sequence
from datetime import datetime
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from shared.errors import ProductError, SettingRefused
from shared.features.credentials.document import INSTALLATION as INSTALLATION
from shared.features.credentials.document import IssuerProfile as Named
from shared.features.credentials.document import plain
from shared.features.credentials.models import (
    EventIssuer,
    Issuer,
    IssuerKey,
    IssuerLogo,
    signing_key_binding,
)
from shared.features.credentials.proofs import from_multikey, multikey
from shared.language import N_
from shared.log import audit
from shared.rendering.uploads.template import Template
from shared.settings import Settings
from shared.storage.clock import database_time
from shared.storage.models import ALIVE, Action, Event, Owner
from shared.storage.sealing.tokens import Seal

LONGEST_NAME = 200
LARGEST_LOGO = 1_000_000
_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")
_NO_SUCH_ISSUER = N_("There is no issuer “{slug}”. List them with certs issuer show.")


def create(
    session: Session, slug: str, name: str, page: str, logo: Template | None = None
) -> Issuer:
    """Make another issuer, which the owner vouches for. Raises SettingRefused and ProductError."""
    if not _SLUG.fullmatch(slug):
        reason = N_("must be up to 40 of a-z, 0-9 and -, because it is a permanent address")
        raise SettingRefused(field="slug", reason=reason)
    _lock(session)
    if slug == INSTALLATION or session.scalar(select(Issuer).where(Issuer.slug == slug)):
        raise ProductError(N_("There is an issuer “{slug}” already."), slug=slug)
    issuer = Issuer(slug=slug)
    session.add(issuer)
    describe(session, issuer, name=name, page=page, logo=logo)
    return issuer


def describe(
    session: Session, issuer: Issuer, *, name: str, page: str, logo: Template | None = None
) -> None:
    """Change what credentials from now on say about who signs them; without a `logo` it stays as it
    is. Raises SettingRefused."""
    cleaned = plain(name)
    if not 0 < len(cleaned) <= LONGEST_NAME:
        raise SettingRefused(field="name", reason=N_("must be 1 to 200 characters"))
    parts = urlsplit(page)
    if parts.scheme != "https" or not parts.hostname or not page.isprintable() or " " in page:
        reason = N_("must be an address like https://example.org")
        raise SettingRefused(field="page", reason=reason)
    issuer.name, issuer.page = cleaned, page
    session.flush()
    if logo:
        if len(logo.content) > LARGEST_LOGO:
            raise SettingRefused(field="logo", reason=N_("must be a smaller picture, up to 1 MB"))
        session.merge(IssuerLogo(issuer_id=issuer.id, sha256=logo.sha256, content=logo.content))
        issuer.logo = logo.sha256
    changed = ["name", "page", *(["logo"] if logo else [])]
    audit.record(session, Action.ISSUER_CHANGED, None, fields=changed)
    session.flush()


def find(session: Session, slug: str) -> Issuer:
    """Return the issuer of this slug; the installation's is made when it is asked for first, in a
    writing session. Raises ProductError."""
    of_slug = select(Issuer).where(Issuer.slug == slug)
    found = session.scalar(of_slug)
    if found is None and slug == INSTALLATION:
        _lock(session)
        # Somebody may have been first.
        found = session.scalar(of_slug) or Issuer(slug=slug)
        session.add(found)
        session.flush()
    if found is None:
        raise ProductError(_NO_SUCH_ISSUER, slug=slug)
    return found


def everybody(session: Session) -> list[Issuer]:
    """Return all issuers, the installation's first, which is not stored before it signs."""
    others = select(Issuer).where(Issuer.slug != INSTALLATION).order_by(Issuer.id)
    return [_own(session), *session.scalars(others)]


def of_event(session: Session, event: Event) -> Issuer:
    """Return who signs for the event, to be shown."""
    return _assigned(session, event) or _own(session)


def _own(session: Session) -> Issuer:
    found = session.scalar(select(Issuer).where(Issuer.slug == INSTALLATION))
    return found or Issuer(slug=INSTALLATION, name="", page="", logo="")


def events_of(session: Session, issuer: Issuer) -> Sequence[Event]:
    """Return the events for which the owner lets it sign; the installation signs for all others."""
    theirs = select(Event).join(EventIssuer, EventIssuer.event_id == Event.id)
    theirs = theirs.where(EventIssuer.issuer_id == issuer.id, ALIVE)
    return session.scalars(theirs.order_by(Event.id)).all() if issuer.id else []


def assign(session: Session, event: Event, slug: str) -> None:
    """Let this issuer sign the certificates of an event, which is locked, from now on."""
    before = ids_of(session, [event.id]).get(event.id)
    chosen = None if slug == INSTALLATION else find(session, slug).id
    if chosen != before:
        session.execute(delete(EventIssuer).where(EventIssuer.event_id == event.id))
        if chosen:
            session.add(EventIssuer(event_id=event.id, issuer_id=chosen))
        audit.record(session, Action.ISSUER_CHANGED, event.id, fields=["issuer_id"])


def follow(session: Session, source: Event, copy: Event) -> None:
    """Let whoever signs for `source` sign for its copy."""
    if whose := ids_of(session, [source.id]):
        session.add(EventIssuer(event_id=copy.id, issuer_id=whose[source.id]))


def issuer_of(session: Session, event: Event) -> Issuer:
    """Return who signs for the event; the installation's is made if need be, in a writing
    session."""
    return _assigned(session, event) or find(session, INSTALLATION)


def ids_of(session: Session, event_ids: Collection[int]) -> dict[int, int]:
    """Return who signs for these events, but for those for which the installation does."""
    found = select(EventIssuer).where(EventIssuer.event_id.in_(event_ids))
    return {row.event_id: row.issuer_id for row in session.scalars(found)}


def _assigned(session: Session, event: Event) -> Issuer | None:
    whose = ids_of(session, [event.id])
    return session.get_one(Issuer, whose[event.id]) if whose else None


def named(settings: Settings, issuer: Issuer, did: str) -> Named:
    """The issuer as credentials name it: never by what an organizer typed."""
    site, host = settings.public_url, urlsplit(settings.public_url).netloc
    logo = f"{site}/issuers/{issuer.slug}/{issuer.logo}.png" if issuer.logo else ""
    return Named(did, issuer.name or host, issuer.page or site, logo)


def signing_key(session: Session, issuer_id: int) -> IssuerKey | None:
    """Return the key that signs by now; None if it is needed for the first time, or was lost with
    the key that sealed it."""
    theirs = select(IssuerKey).where(IssuerKey.issuer_id == issuer_id)
    usable = [IssuerKey.retired_at.is_(None), IssuerKey.sealed_private_key.is_not(None)]
    return session.scalar(theirs.where(*usable))


def active_key(session: Session, seal: Seal, issuer: Issuer) -> IssuerKey:
    """Return the key that signs by now, made if there is none; call it in a writing session."""
    if key := signing_key(session, issuer.id):
        return key
    session.refresh(issuer, with_for_update=True)
    return signing_key(session, issuer.id) or _new_key(session, seal, issuer)


def opened(seal: Seal, key: IssuerKey) -> Ed25519PrivateKey:
    """Return the private key. Raises SettingRefused when none of the keys of `seal` opens it."""
    assert key.sealed_private_key is not None
    octets = seal.open_bound(key.sealed_private_key, signing_key_binding(key.public_key))
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(octets))


def rotate(session: Session, seal: Seal, issuer: Issuer, *, leaked: bool = False) -> IssuerKey:
    """Make a new signing key. Earlier ones stay in the issuer's document, unless they `leaked`:
    what they signed then no longer counts, and a worker signs it again and tells its holders."""
    session.refresh(issuer, with_for_update=True)
    at = database_time(session)
    for key in keys_of(session, issuer):
        key.retired_at, key.sealed_private_key = key.retired_at or at, None
        if leaked:
            key.leaked_at, key.is_to_renew = key.leaked_at or at, True
    session.flush()
    return _new_key(session, seal, issuer, leaked=leaked)


def keys_of(session: Session, issuer: Issuer) -> Sequence[IssuerKey]:
    """Return all keys that there were, the first one first."""
    theirs = select(IssuerKey).where(IssuerKey.issuer_id == issuer.id).order_by(IssuerKey.id)
    return session.scalars(theirs).all()


def public_keys(session: Session, issuer: Issuer) -> dict[str, Ed25519PublicKey]:
    """Return the keys by which others verify, by their names: all but the leaked ones."""
    keys = keys_of(session, issuer)
    return {key.name: from_multikey(key.public_key) for key in keys if key.leaked_at is None}


def withdrawn_keys(session: Session, issuer: Issuer) -> dict[str, tuple[str, datetime]]:
    """Return the leaked keys, by their names, and when each was withdrawn."""
    keys = keys_of(session, issuer)
    return {key.name: (key.public_key, key.leaked_at) for key in keys if key.leaked_at}


def _new_key(session: Session, seal: Seal, issuer: Issuer, *, leaked: bool = False) -> IssuerKey:
    private = Ed25519PrivateKey.generate()
    public = multikey(private.public_key())
    at = database_time(session)
    count = select(func.count()).where(IssuerKey.issuer_id == issuer.id)
    sealed = seal.seal_bound(private.private_bytes_raw().hex(), signing_key_binding(public))
    key = IssuerKey(
        issuer_id=issuer.id,
        name=f"key-{at:%Y}-{session.scalars(count).one() + 1}",
        public_key=public,
        sealed_private_key=sealed,
        created_at=at,
    )
    session.add(key)
    audit.record(session, Action.ISSUER_KEY_CHANGED, None, fields=["leaked"] if leaked else [])
    session.flush()
    return key


def _lock(session: Session) -> None:
    """Let one at a time make an issuer."""
    session.get_one(Owner, 1, with_for_update=True, populate_existing=True)
