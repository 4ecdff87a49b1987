"""Records: all certificates of one address, over events and organizers, and the sums of their
numbers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, contains_eager, selectinload

from shared.addresses import address_key
from shared.certificates.issuing.columns import is_hours, public_columns, value_of
from shared.language import N_, listed, translate
from shared.storage.many_values import among
from shared.storage.models import ALIVE, Certificate, ColumnKind, Event, Mail, Volunteer
from shared.storage.models.certificate import CURRENT
from shared.storage.models.message import UNSEEN
from shared.storage.models.volunteer import KNOWN
from shared.volunteers.lists.column_values import written_number

# Shown with every record.
LEFT_OUT = N_(
    "Not listed: deleted events, events whose organizers opted out, and people whose "
    "data or address was deleted."
)
# The condition on events whose organizers allow records of several events.
LISTED = Event.on_records.is_(True)
_HOURS = "hours"
_COUNT = N_("{count} certificate"), N_("{count} certificates")


@dataclass(frozen=True)
class RecordEntry:
    """One certificate, in the words in which it was issued; it does not count if it was
    `withdrawn`, for that reason."""

    public_id: str
    event_id: int
    volunteer_id: int
    name: str
    event: str
    organization: str
    date: date
    # Numbers of public columns by unit.
    numbers: dict[str, Decimal]
    withdrawn: str


@dataclass(frozen=True)
class Record:
    """The certificates of an address, newest first under each name; names are apart, since people
    share addresses."""

    entries: Sequence[RecordEntry]

    def by_name(self) -> Iterator[tuple[str, "Record"]]:
        """Yield each name, in alphabetical order, with its record."""
        in_order = sorted(self.entries, key=_name_of)
        for _, theirs in groupby(in_order, key=_name_of):
            part = Record(list(theirs))
            yield part.entries[0].name, part

    @property
    def counted(self) -> Sequence[RecordEntry]:
        return [entry for entry in self.entries if not entry.withdrawn]

    def sums(self) -> dict[str, Decimal]:
        """Return the sums of the certificates that count by unit; hours first."""
        sums: dict[str, Decimal] = {}
        for entry in self.counted:
            for unit, number in entry.numbers.items():
                sums[unit] = sums.get(unit, Decimal()) + number
        return dict(sorted(sums.items(), key=lambda item: item[0] != _HOURS))


def record_of(
    session: Session,
    address: str,
    *which: ColumnElement[bool],
    first: date | None = None,
    last: date | None = None,
) -> Record:
    """Return the record of an address, however it is written, in events that meet `which` (`LISTED`
    for all but organizers), with certificates dated from `first` to `last`.

    It has only certificates that were issued for real, and that their person may have seen. Empty
    for text that is no address.
    """
    # In steps: for a single query, a database may read whole tables.
    people = select(Volunteer.id).where(Volunteer.email_key == address_key(address), KNOWN)
    is_real = or_(Event.live_at.is_not(None), Volunteer.passed_on_at.is_not(None))
    found = (
        select(Certificate)
        .join(Volunteer, Volunteer.id == Certificate.volunteer_id)
        .join(Event, Event.id == Volunteer.event_id)
        .where(among(Certificate.volunteer_id, session.scalars(people).all()))
        .where(CURRENT, ALIVE, is_real, *which, *_between(first, last))
        .order_by(Certificate.date.desc(), Certificate.id.desc())
        .options(contains_eager(Certificate.event).options(selectinload(Event.known_columns)))
    )
    certificates = session.scalars(found).all()
    theirs = among(Mail.volunteer_id, [certificate.volunteer_id for certificate in certificates])
    unseen = set(session.scalars(select(Mail.certificate_id).where(theirs, UNSEEN)))
    seen = (certificate for certificate in certificates if certificate.id not in unseen)
    return Record(list(map(_entry, seen)))


def in_words(numbers: dict[str, Decimal], language: str) -> str:
    """Return numbers by unit as `12.5 hours, 30 km`, as `language` writes it; empty for none."""
    return listed((_written(number, unit, language) for unit, number in numbers.items()), language)


def count_in_words(count: int, language: str) -> str:
    """Return a number of certificates in words of `language`."""
    return translate(_COUNT[count != 1], language, count=count)


def _between(first: date | None, last: date | None) -> Iterator[ColumnElement[bool]]:
    if first:
        yield Certificate.date >= first
    if last:
        yield Certificate.date <= last


def _entry(certificate: Certificate) -> RecordEntry:
    return RecordEntry(
        public_id=certificate.public_id,
        event_id=certificate.event_id,
        volunteer_id=certificate.volunteer_id,
        name=certificate.name,
        event=certificate.event_name or certificate.event.name,
        organization=certificate.organization,
        date=certificate.date,
        numbers=_numbers(certificate),
        withdrawn=certificate.withdrawal_reason if certificate.withdrawn_at else "",
    )


def _numbers(certificate: Certificate) -> dict[str, Decimal]:
    """Return numbers of public columns by unit. A number without a unit counts nothing that could
    be summed."""
    numbers: dict[str, Decimal] = {}
    for column in public_columns(certificate):
        value = value_of(certificate, column)
        if value and value["kind"] == ColumnKind.NUMBER and value["unit"].strip():
            unit = _HOURS if is_hours(value) else value["unit"].strip()
            numbers[unit] = numbers.get(unit, Decimal()) + Decimal(value["number"])
    return numbers


def _name_of(entry: RecordEntry) -> str:
    return " ".join(entry.name.split()).casefold()


def _written(number: Decimal, unit: str, language: str) -> str:
    digits = written_number(number, language)
    if unit != _HOURS:
        return f"{digits} {unit}"
    said = N_("{count} hour") if number == 1 else N_("{count} hours")
    return translate(said, language, count=digits)
