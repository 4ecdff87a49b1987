"""The credentials of certificates: made once each, kept, and handed out as long as they may be.

A worker signs what is issued for real, outside of any transaction: 4 ms each, which neither who
submits nor an organizer's act waits for. Others are signed when somebody asks for them first. Two
short turns stand around it: one takes a place in a list, one keeps the bytes; whoever comes second
finds the first one's.
"""

import hashlib
import json
import zlib
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import date, datetime, time
from itertools import islice
from time import monotonic
from typing import Any, cast
from zoneinfo import ZoneInfo

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import CursorResult, Select, delete, exists, select, update
from sqlalchemy.orm import Session, joinedload

from shared.certificates.issuing import states
from shared.certificates.issuing.columns import (
    is_hours,
    public_columns,
    public_values,
    value_of,
)
from shared.events import hold_events
from shared.events.installation import Installation
from shared.events.links import verification_link
from shared.features.credentials import (
    achievements,
    document,
    issuers,
    proofs,
    renewal,
    status_lists,
)
from shared.features.credentials.document import Statement, StatusEntry, did_at, is_resolvable
from shared.features.credentials.models import (
    Achievement,
    Credential,
    IssuerKey,
    UnsignedCertificate,
)
from shared.language import language_for
from shared.settings import Settings
from shared.storage.clock import database_time
from shared.storage.hooks import Hooks
from shared.storage.many_values import among
from shared.storage.models import ALIVE, Certificate, Event
from shared.storage.sealing.tokens import new_public_id
from shared.storage.traits import holds

# Signed between two turns: a third of a second, of which writers wait for a hundredth.
_AT_ONCE = 100


def served(installation: Installation, certificate_id: int) -> bytes | None:
    """Return the certificate's credential, signed now if there is none yet.

    None where there is none: for a rehearsal, on an installation that nobody else can reach, for
    who was erased, for what was corrected, and for what was withdrawn before anybody had its
    credential.
    """
    return all_served(installation, [certificate_id]).get(certificate_id)


def all_served(installation: Installation, ids: Collection[int]) -> dict[int, bytes]:
    """Return the credentials of those of these certificates that have one, as `served` does."""
    with installation.database.reading() as session:
        found = _with_newest(session, ids)
        wanted, documents = _needing(session, found), _documents(found)
    if not (wanted and is_resolvable(installation.settings.public_url)):
        return documents
    sign(installation, wanted)
    with installation.database.reading() as session:
        return _documents(_with_newest(session, ids))


def sign_lacking(installation: Installation, ids: Collection[int]) -> int:
    """Sign those of these certificates that need a credential; return how many did."""
    with installation.database.reading() as session:
        wanted = _needing(session, _with_newest(session, ids))
    return sign(installation, wanted) if wanted else 0


def sign_due(installation: Installation, seconds: float = 5.0) -> int:
    """Sign for about so long what was issued for real and is not signed yet; return how many
    were."""
    if not is_resolvable(installation.settings.public_url):
        return 0
    due = select(UnsignedCertificate.certificate_id).order_by(UnsignedCertificate.certificate_id)
    count, end = 0, monotonic() + seconds
    while monotonic() < end:
        with installation.database.reading() as session:
            ids = session.scalars(due.limit(_AT_ONCE)).all()
        if not ids:
            break
        count += sign_lacking(installation, ids)
        with installation.database.writing() as session:
            _lock(session, ids)
            # Those of which something counts no more since a moment ago need another one.
            done = set(ids).difference(_needing(session, _with_newest(session, ids)))
            signed = UnsignedCertificate.certificate_id.in_(done)
            session.execute(delete(UnsignedCertificate).where(signed))
    return count


def sign(installation: Installation, ids: Collection[int]) -> int:
    """Sign the certificates with these ids where one is needed; return how many credentials are
    kept.

    Doing it again, even at once, changes nothing.
    """
    kept, left = 0, iter(sorted(ids))
    if not is_resolvable(installation.settings.public_url):
        return 0
    while part := list(islice(left, _AT_ONCE)):
        with installation.database.writing() as session:
            drafts = _take_places(session, installation, part)
            at = database_time(session)
        opened = {draft.key: issuers.opened(installation.seal, draft.key) for draft in drafts}
        signed = [(draft, draft.signed(opened[draft.key], at)) for draft in drafts]
        with installation.database.writing() as session:
            renewal.hold_holders(
                session, [draft.certificate_id for draft in drafts if draft.is_another]
            )
            new = [draft for draft, content in signed if _keep(session, draft, content, at)]
            renewal.ask_holders(
                session, [draft.certificate_id for draft in new if draft.is_another]
            )
        kept += len(new)
    return kept


def want(session: Session, certificates: Sequence[Certificate]) -> None:
    """Let a worker sign these certificates, if they were issued for real."""
    real = [
        certificate
        for certificate in certificates
        if session.get_one(Event, certificate.event_id).live_at
    ]
    if stored := [certificate.id for certificate in real if certificate.id is not None]:
        renewal.sign_again(session, stored)
    new = [
        UnsignedCertificate(certificate=certificate)
        for certificate in real
        if certificate.id is None
    ]
    session.add_all(new)


def revoke(session: Session, certificates: Sequence[Certificate]) -> None:
    """Revoke the credentials of these certificates (`status_lists.revoke`)."""
    if ids := [certificate.id for certificate in certificates]:
        status_lists.revoke(session, Credential.certificate_id.in_(ids))


def erase(session: Session, certificates: Sequence[Certificate]) -> None:
    """Revoke their credentials, and forget what these say; only the bits stay."""
    revoke(session, certificates)
    ids = [certificate.id for certificate in certificates]
    theirs = update(Credential).where(Credential.certificate_id.in_(ids))
    session.execute(theirs.values(document=None, titles=[]))
    unsigned = UnsignedCertificate.certificate_id.in_(ids)
    session.execute(delete(UnsignedCertificate).where(unsigned))


def forget_column(session: Session, certificates: Sequence[Certificate], title: str) -> None:
    """Forget what was signed about these certificates with a value of a column that became secret;
    what is signed later, without it, takes its place in the list."""
    ids = [certificate.id for certificate in certificates]
    theirs = select(Credential).where(
        Credential.certificate_id.in_(ids), Credential.document.is_not(None)
    )
    for credential in session.scalars(theirs.order_by(Credential.id).with_for_update()):
        if title in credential.titles:
            credential.document, credential.signed_at, credential.titles = None, None, []


@dataclass(frozen=True)
class CredentialWords:
    """The signer, and what the credential says in words; empty as long as it is not signed."""

    issuer: document.IssuerProfile
    description: str = ""


def told(session: Session, settings: Settings, certificate: Certificate) -> CredentialWords | None:
    """Return what the credential tells that somebody who asks for it would get, signed now if need
    be."""
    if not is_resolvable(settings.public_url) or certificate.id is None:
        return None
    newest = _newest(session, [certificate.id]).get(certificate.id)
    if _is_lacking(certificate, newest):
        issuer = issuers.of_event(session, certificate.event)
        named = issuers.named(settings, issuer, did_at(settings.public_url, issuer.slug))
        return CredentialWords(named) if _is_real(session, certificate) else None
    if newest is None or newest.document is None or _may_not_be_shown(certificate, newest):
        return None
    signed = json.loads(zlib.decompress(newest.document))
    by = signed["issuer"]
    logo = by.get("image", {}).get("id", "")
    return CredentialWords(
        document.IssuerProfile(by["id"], by["name"], by["url"], logo), signed["description"]
    )


def remove(session: Session, which: Select[int]) -> None:
    """Revoke the credentials of the certificates with these ids, which are about to be deleted."""
    revoke_these(session, which)
    for table in (Credential, UnsignedCertificate):
        gone = delete(table).where(table.certificate_id.in_(which))
        session.execute(gone.execution_options(synchronize_session=False))


def revoke_these(session: Session, which: Select[int]) -> None:
    """Revoke the credentials of the certificates with these ids."""
    status_lists.revoke(session, Credential.certificate_id.in_(which))


def _event_deleted(session: Session, event: Event, withdraws: bool) -> None:
    if withdraws:
        status_lists.revoke_all(session, event.id)


def _places(session: Session, ids: Collection[int]) -> dict[int, tuple[int, int]]:
    signed = select(Credential.certificate_id, Credential.status_list_id, Credential.index)
    signed = signed.where(among(Credential.certificate_id, list(ids))).order_by(Credential.edition)
    return {id: (of_list, index) for id, of_list, index in session.execute(signed)}


def said_about(session: Session, certificate_id: int) -> list[Any]:
    """Return everything that was signed about somebody's certificate, the oldest first."""
    signed = select(Credential.document).where(Credential.certificate_id == certificate_id)
    kept = session.scalars(signed.order_by(Credential.edition))
    return [json.loads(zlib.decompress(document)) for document in kept if document]


HOOKS = Hooks(
    issued=want,
    voided=revoke,
    taken_back=revoke_these,
    removed=remove,
    erased=erase,
    veiled=forget_column,
    event_copied=issuers.follow,
    event_deleted=_event_deleted,
    event_removed=achievements.keep_pictures,
    restored=status_lists.close_all,
    carried_in_file=all_served,
    shown_on_page=told,
    held_about=lambda session, one: {"signed_credentials": said_about(session, one.id)},
    is_given_out=status_lists.has_any,
    places=_places,
)


@dataclass(frozen=True)
class _UnsignedCredential:
    """The statement to be signed, and the key to sign it with."""

    credential_id: int
    certificate_id: int
    # There was one before.
    is_another: bool
    statement: Statement
    key: IssuerKey
    achievement_id: int

    def signed(self, private: Ed25519PrivateKey, at: datetime) -> bytes:
        key_id = f"{self.statement.issuer.did}#{self.key.name}"
        document = proofs.signed(self.statement.document(), private, key_id, at)
        # 1EdTech's JSON Schema of Open Badges 3.0 wants a list.
        return proofs.written({**document, "proof": [document["proof"]]})


_WithNewest = Sequence[tuple[Certificate, Credential | None]]


def _with_newest(session: Session, ids: Collection[int]) -> _WithNewest:
    """Return these certificates, each with its newest credential."""
    newest = _newest(session, ids)
    return [(found, newest.get(found.id)) for found in session.scalars(_with_event(ids))]


def _needing(session: Session, found: _WithNewest) -> list[int]:
    """Return which of these certificates stand, were issued for real, and have no credential that
    may be handed out."""
    lacking = [certificate for certificate, newest in found if _is_lacking(certificate, newest)]
    return [certificate.id for certificate in lacking if _is_real(session, certificate)]


def _documents(found: _WithNewest) -> dict[int, bytes]:
    """Return what may be handed out, by the ids of its certificates."""
    return {
        certificate.id: zlib.decompress(newest.document)
        for certificate, newest in found
        if newest and newest.document and not _may_not_be_shown(certificate, newest)
    }


def _with_event(ids: Collection[int]) -> Select[Certificate]:
    found = select(Certificate).where(Certificate.id.in_(ids)).order_by(Certificate.id)
    return found.options(joinedload(Certificate.event, innerjoin=True))


def _newest(session: Session, ids: Collection[int]) -> dict[int, Credential]:
    found = select(Credential).where(Credential.certificate_id.in_(ids))
    found = found.options(joinedload(Credential.issuer_key))
    found = found.execution_options(populate_existing=True)
    editions = session.scalars(found.order_by(Credential.edition))
    return {credential.certificate_id: credential for credential in editions}


def _is_lacking(certificate: Certificate, newest: Credential | None) -> bool:
    if certificate.is_void or not holds(ALIVE, certificate.event):
        return False
    if newest is None or newest.document is None or newest.revoked_at is not None:
        return True
    return _may_not_be_shown(certificate, newest)


def _may_not_be_shown(certificate: Certificate, credential: Credential) -> bool:
    """Return whether it tells what was corrected since, shows a column that is public no more, or
    was signed with a key that leaked."""
    if certificate.is_corrected or credential.key_has_leaked:
        return True
    return not {column.title for column in public_columns(certificate)}.issuperset(
        credential.titles
    )


def _is_real(session: Session, certificate: Certificate) -> bool:
    """Return whether it is not of a rehearsal: issued since its event mails to people, or mailed to
    one."""
    if certificate.event.live_at is None or states.is_live(certificate):
        return certificate.event.live_at is not None
    return bool(states.mailed_of(session, [certificate.id]))


def _take_places(
    session: Session, installation: Installation, ids: Collection[int]
) -> list[_UnsignedCredential]:
    """Take a place in a list for each that still needs one, which is locked: who withdraws it comes
    before, and is seen, or after, and finds the place."""
    # Events before certificates and lists, as whoever withdraws or erases.
    events = select(Certificate.event_id).where(Certificate.id.in_(ids))
    hold_events(session, Event.id.in_(events))
    certificates = _lock(session, ids)
    newest = _newest(session, ids)
    by_event: dict[Event, list[Certificate]] = defaultdict(list)
    for certificate in certificates:
        if _is_lacking(certificate, newest.get(certificate.id)):
            by_event[certificate.event].append(certificate)
    signers = issuers.ids_of(session, [event.id for event in by_event])
    # In an order in which nobody waits for an issuer while others wait for them.
    in_order = sorted(by_event, key=lambda event: (signers.get(event.id) or 0, event.id))
    return [
        draft
        for event in in_order
        for draft in _drafts(session, installation, event, by_event[event], newest)
    ]


def _lock(session: Session, ids: Collection[int]) -> Sequence[Certificate]:
    locked = select(Certificate).where(Certificate.id.in_(ids)).order_by(Certificate.id)
    locked = locked.with_for_update(key_share=True).execution_options(populate_existing=True)
    return session.scalars(locked).all()


def _drafts(
    session: Session,
    installation: Installation,
    event: Event,
    certificates: Sequence[Certificate],
    newest: Mapping[int, Credential],
) -> list[_UnsignedCredential]:
    settings = installation.settings
    issuer = issuers.issuer_of(session, event)
    session.refresh(issuer, with_for_update=True)
    key = issuers.active_key(session, installation.seal, issuer)
    site, did = settings.public_url, did_at(settings.public_url, issuer.slug)
    # Whoever took a place and did not sign, or is about to: the first who keeps it counts.
    begun = {
        id: credential
        for id, credential in newest.items()
        if credential.document is None and credential.revoked_at is None and credential.did == did
    }
    new = [certificate for certificate in certificates if certificate.id not in begun]
    places = status_lists.take_places(
        session, installation.seal, issuer, event.id, did, site, len(new)
    )
    for certificate, (of_list, index) in zip(new, places, strict=True):
        before = newest.get(certificate.id)
        begun[certificate.id] = Credential(
            certificate_id=certificate.id,
            edition=before.edition + 1 if before else 1,
            status_list_id=of_list.id,
            status_list=of_list,
            index=index,
            did=did,
            titles=[],
        )
    session.add_all(begun[certificate.id] for certificate in new)
    session.flush()
    achievements: dict[document.AchievementFacts, Achievement] = {}
    named, drafts = issuers.named(settings, issuer, did), []
    for certificate in certificates:
        credential, meant = begun[certificate.id], _achievement_of(certificate)
        if meant not in achievements:
            achievements[meant] = _stored_achievement(session, event.id, meant, site)
        statement = Statement(
            address=verification_link(settings, certificate.public_id),
            public_id=certificate.public_id,
            issuer=named,
            issued_at=certificate.created_at,
            name=certificate.name,
            name_from=certificate.name_from,
            number=certificate.number,
            day=certificate.date,
            achievement=meant,
            achievement_address=achievements[meant].address,
            values=public_values(certificate, meant.language),
            status=StatusEntry(credential.status_list.address, credential.index),
            begin=_moment(event, event.starts_on, time.min),
            end=_moment(event, event.ends_on or event.starts_on, time(23, 59, 59)),
        )
        of = credential.id, certificate.id, credential.edition > 1
        drafts.append(_UnsignedCredential(*of, statement, key, achievements[meant].id))
    return drafts


def _keep(session: Session, draft: _UnsignedCredential, content: bytes, at: datetime) -> int:
    """Keep what was signed, unless somebody was first, or it or its key was revoked in the
    meantime."""
    has_leaked = exists().where(IssuerKey.id == draft.key.id, IssuerKey.leaked_at.is_not(None))
    free = [Credential.document.is_(None), Credential.revoked_at.is_(None), ~has_leaked]
    kept = update(Credential).where(Credential.id == draft.credential_id, *free)
    done = session.execute(
        kept.values(
            document=zlib.compress(content),
            signed_at=at,
            achievement_id=draft.achievement_id,
            issuer_key_id=draft.key.id,
            address=draft.statement.address,
            titles=[title for title, _ in draft.statement.values],
        )
    )
    return cast("CursorResult[Any]", done).rowcount


def _achievement_of(certificate: Certificate) -> document.AchievementFacts:
    event = certificate.event
    counting = {
        column.title: is_hours(value_of(certificate, column) or {})
        for column in public_columns(certificate)
    }
    return document.AchievementFacts(
        certificate.event_name or event.name,
        certificate.organization,
        tuple(counting.items()),
        language_for(certificate.language, event.language),
        certificate.design_id,
    )


def _moment(event: Event, day: date | None, at: time) -> datetime | None:
    return datetime.combine(day, at, ZoneInfo(event.time_zone)) if day else None


def _stored_achievement(
    session: Session, event_id: int, meant: document.AchievementFacts, site: str
) -> Achievement:
    """Return the row of what is thanked for, made when it is needed first; its issuer is locked."""
    digest = hashlib.sha256(json.dumps([site, *astuple(meant)]).encode()).hexdigest()
    of_event = select(Achievement).where(Achievement.event_id == event_id)
    if found := session.scalar(of_event.where(Achievement.digest == digest)):
        return found
    made = Achievement(public_id=new_public_id(), event_id=event_id, digest=digest)
    made.address = f"{site}/achievements/{made.public_id}.json"
    made.document = meant.document(made.address)
    session.add(made)
    session.flush()
    return made
