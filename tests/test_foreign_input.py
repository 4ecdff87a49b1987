"""Whatever a stranger may have written is read in a process of its own, or in linear time."""

import ast
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from console.signin.session import browser_name
from shared.access import keys
from shared.addresses import deliverable_address
from shared.errors import ProductError
from shared.features.credentials import carried
from shared.features.domain_proof.sender_domain import NO_SOURCE, prove
from shared.features.returned_mail import imap, report_reader
from shared.features.returned_mail.webhooks.services import SERVICES
from shared.language import preferred_language
from shared.log.actor import network_of
from shared.mail.transport import graph
from shared.mail.transport.answers import without_addresses
from shared.mail.transport.graph_connection import GraphAnswer
from shared.rendering.layout import Layout
from shared.rendering.names import clean_cell, new_name
from shared.rendering.text.own_fonts import accept_font
from shared.rendering.uploads import segments
from shared.rendering.uploads.accepted import accept_inset, accept_page, accept_template
from shared.volunteers.lists import list_files, list_line, titles
from shared.volunteers.lists.column_values import read_date, read_number
from tests.support.hostile import UNITS, TookTooLong, processor_seconds, repeated
from tests.support.lists import read_list
from tests.support.organizers_fonts import block_font
from tests.support.taken_over import taken_over

ROOT = Path(__file__).parents[1]

# Where the libraries are used that read what others wrote; what else is said there beside them is
# ours. Those in `confined` are children of `shared/confined.py`; the others are bounded, as the
# lines of docs/security.md and their tests say.
READERS = {
    "PIL": {
        "shared/features/credentials/carried.py",  # confined
        "shared/rendering/derivatives.py",
        "shared/rendering/design.py",
        "shared/rendering/fields/field.py",
        "shared/rendering/fields/picture.py",
        "shared/rendering/fields/qr.py",
        "shared/rendering/fields/rosette.py",
        "shared/rendering/fields/rule.py",
        "shared/rendering/fields/texts.py",
        "shared/rendering/gallery/logo_colours.py",  # an accepted logo
        "shared/rendering/uploads/page_reader.py",  # confined
        "shared/rendering/pdf/__init__.py",
        "shared/rendering/pdf/prepress.py",
        "shared/rendering/raster/cut_out.py",
        "shared/rendering/raster/strips.py",
        "shared/rendering/raster/decoded_template.py",
        "shared/rendering/raster/__init__.py",  # writes
        "shared/rendering/uploads/picture_reader.py",  # confined, or what we have drawn
        "shared/rendering/uploads/signature.py",  # confined
        "shared/rendering/text/faces.py",
        "shared/rendering/text/fitting.py",
        "shared/rendering/text/glyphs.py",  # accepted fonts
        "shared/rendering/text/own_fonts.py",  # confined
    },
    "typst": {
        "shared/rendering/gallery/drawing.py",  # our designs
        "shared/rendering/uploads/page_reader.py",  # confined
        "shared/rendering/pdf/__init__.py",  # accepted pictures, pages and fonts, and our own texts
        "shared/rendering/text/own_fonts.py",  # confined
    },
    "pymupdf": set(),
    "pi_heif": {"shared/rendering/uploads/picture_reader.py"},  # confined
    "pypdfium2": {"shared/rendering/uploads/page_reader.py"},  # confined
    "pikepdf": {
        "shared/features/credentials/carried.py",  # confined
        "shared/rendering/uploads/page_reader.py",  # confined
        "shared/rendering/pdf/__init__.py",  # what page_reader has made, and our own PDFs
        "shared/rendering/pdf/prepress.py",  # our own PDFs
    },
    "python_calamine": {"shared/volunteers/lists/sheet_reader.py"},  # confined
    "flufl": {"shared/features/returned_mail/odd_report.py"},  # confined, and short lines alone
    "uharfbuzz": {
        "shared/rendering/text/own_fonts.py",  # confined
        "shared/rendering/text/faces.py",  # accepted fonts
        "shared/rendering/text/glyphs.py",
    },
    "authres": {"shared/features/domain_proof/received_mail.py"},  # confined
    "dkim": {"shared/features/domain_proof/received_mail.py"},  # confined
    "imaplib": {"shared/features/returned_mail/imap.py"},
    "imap_tools": {"shared/features/returned_mail/imap.py"},
    "smtplib": {"shared/mail/transport/smtp.py", "shared/mail/transport/mailer.py"},
    "email": {
        "shared/worker/owner_notices.py",  # writes
        "shared/features/returned_mail/decoded.py",  # confined, as the next two
        "shared/features/returned_mail/odd_report.py",
        "shared/features/returned_mail/report.py",
        "shared/mail/kinds/certificate/message.py",  # our own mails, as the next two
        "shared/mail/kinds/mime.py",
        "shared/mail/rehearsal.py",
        "shared/mail/transport/graph.py",  # the date in a header
        "shared/features/domain_proof/received_mail.py",  # confined
    },
    "httpx2": {
        "shared/features/oidc/provider.py",
        "console/signin/oidc.py",  # passes on what leads there
        "console/signin/routes.py",
        "shared/features/credentials/publishing.py",
        "shared/cli/demo.py",  # asks the services that it started
        "shared/worker/owner_notices.py",  # reads nothing of the answer but its status
        "shared/features/returned_mail/webhooks/sns.py",
        "shared/mail/tokens/judged_transport.py",
        "shared/mail/tokens/provider.py",
        "shared/preflight/checks.py",
        "shared/mail/transport/graph.py",
        "shared/mail/transport/graph_connection.py",
        "shared/mail/transport/graph_inbox.py",
    },
    "pyld": {"shared/features/credentials/proofs.py"},  # after our own form was compared
    "dns": {"shared/features/domain_proof/sender_domain.py"},
    "zipfile": {
        "shared/features/backup/backup_file.py",  # of bounded parts, by the operator's word
        "shared/features/backup/writing.py",
        "shared/certificates/bundles.py",  # writes, as the next two do
        "shared/privacy/archive.py",
        "shared/volunteers/tables.py",
    },
    "charset_normalizer": {"shared/volunteers/lists/list_files.py"},
    "openpyxl": set(),
    "xml": set(),
    "pickle": set(),
    "yaml": set(),
    "tarfile": set(),
}


def test_what_strangers_wrote_is_read_by_no_other_module():
    found: dict[str, set[str]] = {library: set() for library in READERS}
    for package in ("shared", "api", "console"):
        for file in (ROOT / package).rglob("*.py"):
            for library in {name.partition(".")[0] for name in _imported(file)} & found.keys():
                found[library].add(str(file.relative_to(ROOT)))
    # Those of a feature that was taken out are not there.
    there = {
        library: {file for file in files if (ROOT / file).exists()}
        for library, files in READERS.items()
    }
    assert found == there


# Where pictures are decoded at all: whatever has passed `picture_reader` is a PNG, or a JPEG with
# one scan for each colour, of at most 40 megapixels, whose decoding takes a second.
DECODERS = {
    "shared/features/credentials/carried.py",  # confined
    "shared/rendering/derivatives.py",  # certificates that were drawn
    "shared/rendering/design.py",  # accepted pictures in layouts
    "shared/rendering/gallery/logo_colours.py",  # an accepted logo
    "shared/rendering/pdf/__init__.py",  # an accepted template
    "shared/rendering/pdf/prepress.py",  # an accepted template
    "shared/rendering/raster/decoded_template.py",  # an accepted template
    "shared/rendering/uploads/picture_reader.py",  # confined, or what we have drawn
}


def test_pictures_are_decoded_by_no_other_module_and_nothing_but_png_and_jpeg():
    found = set()
    for package in ("shared", "api", "console"):
        for file in (ROOT / package).rglob("*.py"):
            for call in _decoding(file):
                found.add(str(file.relative_to(ROOT)))
                assert "formats" in [one.arg for one in call.keywords], f"{file}:{call.lineno}"
    assert found == DECODERS


def _decoding(file: Path) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("Image.open"):
            yield node


def _imported(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def _text(read: Callable[[str], object]) -> Callable[[bytes], object]:
    return lambda content: read(content.decode("utf-8", "ignore"))


def _relay_event(text: str) -> None:
    bounce = {"RecordType": "Bounce", "Type": "HardBounce", "Email": text, "Details": text}
    events = [{"event": "hard_bounce", "email": one, "reason": one} for one in text.split("@", 100)]
    for name, said in (("postmark", bounce), ("brevo", events)):
        for told in SERVICES[name].read(said, ""):
            (one,) = told.report.recipients
            assert one.addresses is not None
            one.verdict()


PARSERS: dict[str, Callable[[bytes], object]] = {
    "a pasted list": _text(read_list),
    "a list as a file": lambda content: list_files.read_file(content, "list.csv"),
    "a line of a call": _text(list_line.people_of_call),
    "a title": _text(lambda text: [titles.meant_title(text), titles.without_long_numbers(text)]),
    "a cell": _text(lambda text: [read_number(text), read_date(text), titles.has_address(text)]),
    "a name": _text(new_name),
    "a cell that is kept": _text(clean_cell),
    "an address": _text(deliverable_address),
    "a layout": _text(Layout.from_json),
    "a key": _text(keys.is_whole_key),
    "a browser's headers": _text(
        lambda text: [preferred_language(text, "en"), browser_name(text), network_of(text)]
    ),
    "an answer of Graph": lambda content: [
        graph.judged(GraphAnswer(500, content, content[:1000].decode("utf-8", "ignore"))),
        graph.judged(GraphAnswer(400, json.dumps({"error": {"code": str(content)}}).encode())),
    ],
    "an event of a relay": _text(_relay_event),
    "an answer that repeats addresses": _text(without_addresses),
    "UIDs of IMAP": lambda content: list(imap._by_uid([(content, b""), content])),
    "the segments of a JPEG": lambda content: segments.scans(b"\xff\xd8" + content),
}


@pytest.mark.parametrize("parser", PARSERS)
def test_no_text_of_a_quarter_of_a_megabyte_keeps_a_reader_busy(parser: str):
    """Seconds end what hangs, and measure nothing: the slowest reader takes one for its 256 KB, and
    one whose work grows with the square of the text takes minutes."""
    for unit in UNITS:
        content = repeated(unit, 256 * 1024)
        try:
            with processor_seconds(8):
                PARSERS[parser](content)
        except (ProductError, ValueError):
            pass
        except TookTooLong:
            pytest.fail(f"{unit!r}, again and again")


def _refusal(read: Callable[[], object]) -> Callable[[], object]:
    def said() -> object:
        with pytest.raises(ProductError) as refused:
            read()
        return refused.value.message

    return said


def _why_no_credential() -> object:
    with carried.FileReader() as reader:
        return reader.carried_by(b"{}").why


def _why_no_report() -> object:
    with report_reader.ReportReader() as reader:
        return reader.report(b"")


# What a person is told whose file took over the process that reads it.
TOLD: dict[str, tuple[Callable[[], object], str]] = {
    "a picture": (_refusal(lambda: accept_template(b"\x89PNG")), "takes too much time or memory"),
    "a seal": (_refusal(lambda: accept_inset(b"\x89PNG")), "takes too much time or memory"),
    "a page": (_refusal(lambda: accept_page(b"%PDF-1.7")), "takes too much time or memory"),
    "a font": (_refusal(lambda: accept_font(block_font())), "takes longer to draw"),
    "a workbook": (
        _refusal(lambda: list_files.read_file(b"PK\x03\x04", "list.xlsx")),
        "cannot be read",
    ),
    "a credential": (_why_no_credential, carried.TOO_MUCH),
    "a report": (_why_no_report, report_reader.UNREADABLE),
    "a mail": (lambda: prove(b"", lambda _: True)[0].words, NO_SOURCE),
}
LIES = (
    *("", "nonsense", "7", "null", "[]", "NaN", "9" * 5000, "[" * 90_000, '"\\ud800"'),
    *('{"refused": 99}', '{"refused": "x"}', '{"refused": -1}', '{"refused": []}'),
    '{"found": [99], "width": 9, "height": 9, "dpi": null}',
    '{"found": [], "width": "wide", "height": 0, "dpi": NaN}',
    *("[null, 99, []]", "[null, null, [7]]", '["\\ud800", null, []]', "[null, 0, 7]"),
    *("[99, 7]", "[null, 7]", '[null, "\\ud800"]', "[[], []]"),
    *('{"rows": [], "sheets": 7}', '{"rows": [[7]]}', '{"rows": [], "rounded": ["x"]}'),
    '{"recipients": [{"action": "x"}], "opt_out_keys": [], "at": null, "key": "x"}',
    '{"ids": ["\\u0000"], "opt_out_keys": [], "at": null, "key": "x"}',
    '{"opt_out_keys": [], "at": "2026-01-01T00:00:00", "key": "x"}',
    '{"message_id": 7, "sender": "", "server": "", "checks": [], "signatures": []}',
)
LIES_OF_PICTURES = (
    '{"refused": 0, "details": {}}',
    '{"refused": 0, "details": {"megapixels": {}, "limit": []}}',
    '{"refused": 0, "details": {"megapixels": "anything", "limit": 1}}',
)


@pytest.mark.parametrize("file", TOLD)
def test_whoever_takes_a_reading_process_over_has_the_person_told_no_more_than_of_a_crash(
    file: str, tmp_path: Path
):
    read, told = TOLD[file]
    ready = [b'"ready"'] if file in ("a credential", "a report") else []
    for lie in LIES + (LIES_OF_PICTURES if file in ("a picture", "a seal") else ()):
        with taken_over(tmp_path, *ready, lie.encode(), b'[0, ""]'):
            assert told in str(read()), lie
