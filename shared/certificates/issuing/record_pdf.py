"""A record on paper: a list with the address of each certificate, whose page verifies it. The list
proves nothing by itself, so it has no number and no signature."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from zoneinfo import ZoneInfo

from shared.addresses import readable_address
from shared.certificates.issuing.records import Record, RecordEntry, count_in_words, in_words
from shared.dates import written_date
from shared.events.links import verification_link
from shared.language import N_, translate
from shared.rendering.pdf import CertificateTexts, NameTexts, RecordTexts, print_record
from shared.settings import Settings

# They take half a second and 50 MB (measured).
MOST_PRINTED = 2000
OF_ORGANIZER = N_("Listed: certificates of the events of the organizer who made this list.")
_TITLE = N_("Certificates for {address}")
_MADE = N_("As of {day}")
_WITHDRAWN = N_("Withdrawn, not counted: {reason}")
_CHECK = N_("Open a certificate's address to check it. This list is no proof.")
_MORE = N_("Older certificates that are not printed here: {count}")


def record_pdf(
    settings: Settings, address: str, found: Record, language: str, left_out: str
) -> bytes:
    """Return the record of an address as PDF, in one of `LANGUAGES`, with at most `MOST_PRINTED`
    certificates.

    `left_out` is our sentence that says what is not listed.
    """
    today = datetime.now(ZoneInfo(settings.home_zone)).date()
    notes = [translate(_CHECK, language), translate(left_out, language)]
    if (more := len(found.entries) - MOST_PRINTED) > 0:
        notes.insert(0, translate(_MORE, language, count=more))
    return print_record(
        RecordTexts(
            language=language,
            title=translate(_TITLE, language, address=readable_address(address)),
            made=translate(_MADE, language, day=written_date(today, language)),
            names=list(_names(settings, found, language)),
            notes=notes,
        )
    )


def _names(settings: Settings, found: Record, language: str) -> Iterator[NameTexts]:
    room = MOST_PRINTED
    for name, part in found.by_name():
        counted = count_in_words(len(part.counted), language)
        sums = in_words(part.sums(), language)
        lines = [_line(settings, entry, language) for entry in islice(part.entries, room)]
        room -= len(lines)
        yield NameTexts(name, " · ".join(filter(None, [sums, counted])), lines)


def _line(settings: Settings, entry: RecordEntry, language: str) -> CertificateTexts:
    reason = entry.withdrawn and translate(_WITHDRAWN, language, reason=entry.withdrawn)
    return CertificateTexts(
        date=written_date(entry.date, language),
        event=entry.event,
        organization=entry.organization,
        numbers=in_words(entry.numbers, language),
        withdrawn=reason,
        link=verification_link(settings, entry.public_id),
    )
