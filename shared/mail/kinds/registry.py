"""The registry of the kinds of message, and questions about all of them."""

from collections.abc import Callable

from sqlalchemy import ColumnElement, and_, case, or_
from sqlalchemy.orm import InstrumentedAttribute

from shared.errors import ProductError
from shared.language import N_
from shared.mail.kinds import MessageKind, goes_to
from shared.mail.kinds.certificate import CERTIFICATE
from shared.mail.kinds.colleague_invitation import COLLEAGUE_INVITATION
from shared.mail.kinds.erasure import ERASURE
from shared.mail.kinds.invitation import INVITATION, LINK_REQUEST
from shared.mail.kinds.record_link import RECORD_LINK
from shared.mail.kinds.reminder import REMINDER
from shared.mail.kinds.renewal import RENEWAL
from shared.mail.kinds.trial import TEST
from shared.storage.models import Event, Mail, Naming
from shared.storage.models.volunteer import KNOWN

Kind = MessageKind
# The cache key of statements about all kinds: another kind makes another statement.
Kinds = tuple[Kind, ...]
Column = InstrumentedAttribute[str]

_known: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        *(INVITATION, CERTIFICATE, REMINDER, RENEWAL, LINK_REQUEST, ERASURE),
        *(COLLEAGUE_INVITATION, RECORD_LINK, TEST),
    )
}


def kinds() -> Kinds:
    """Return all kinds, in the order in which screens show them."""
    return tuple(_known.values())


def kind_of(name: str) -> Kind:
    """Return the kind with this `name` in the database. Raises ProductError."""
    found = _known.get(name) or {kind.name: kind for kind in _variants()}.get(name)
    if found is None:
        raise ProductError(
            N_(
                "This program does not know messages of the kind “{kind}”. If a newer "
                "version queued them, start that version again."
            ),
            kind=name,
        )
    return found


def editable(event: Event) -> Kinds:
    """Return the kinds whose text the event's organizer may change."""
    return tuple(kind for kind in texts(event) if kind.is_editable)


def offered() -> Kinds:
    """Return the kinds that an organizer sends with their own button."""
    return tuple(kind for kind in kinds() if kind.audience is not None)


def texts(event: Event) -> Kinds:
    """Return the kinds with a text of their own; the others use one of these."""
    own = (kind for kind in kinds() if kind.name == kind.family)
    return (*own, *(_variants() if event.naming is Naming.CHECK else ()))


def _variants() -> Kinds:
    """Return the texts for people who only check their names, each once."""
    return tuple(dict.fromkeys(kind.to_check for kind in kinds() if kind.to_check))


def is_one(which: Callable[[Kind], bool]) -> ColumnElement[bool]:
    """Return whether a message in `Mail` is of one of those kinds."""
    return Mail.kind.in_([kind.name for kind in kinds() if which(kind)])


def is_to_people() -> ColumnElement[bool]:
    """Return whether a message goes to a volunteer. Those of unknown kinds might, so they count."""
    return Mail.kind.not_in([kind.name for kind in kinds() if kind.for_organizer])


def may_be_taken_back() -> ColumnElement[bool]:
    """Return whether an organizer may still cancel a message: nobody was promised it."""
    return is_one(lambda kind: kind.may_be_taken_back)


def of_family(family: str) -> ColumnElement[bool]:
    """Return whether a message is of one of the kinds of a family."""
    return is_one(lambda kind: kind.family == family)


def is_same_family(first: Column, second: Column) -> ColumnElement[bool]:
    """Return whether two columns name kinds of one family."""
    return _family(first) == _family(second)


def _family(kind: Column) -> ColumnElement[str]:
    members = {known.name: known.family for known in kinds() if known.name != known.family}
    return case(members, value=kind, else_=kind)


def still_wanted(known: Kinds) -> ColumnElement[bool]:
    """Return whether a message in `Mail` is still wanted; false for an unknown kind."""
    return or_(*(and_(Mail.kind == kind.name, _is_still_wanted(kind)) for kind in known))


def _is_still_wanted(kind: Kind) -> ColumnElement[bool]:
    if kind.for_organizer:
        return kind.is_still_wanted
    by_wish = and_(Mail.despite != "", goes_to(KNOWN))
    return and_(kind.is_still_wanted, or_(goes_to(kind.takers), by_wish))
