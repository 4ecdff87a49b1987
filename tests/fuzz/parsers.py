"""What reads texts and files of strangers, and what holds whatever they wrote.

Hypothesis tries each of them (`test_parsers.py`); our own Python is also tried by a fuzzer that
follows the branches it reaches (`guided.py`).
"""

import dataclasses
import json
import struct
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from shared import addresses, language
from shared.access import keys
from shared.destinations import PUBLIC
from shared.errors import LayoutRefused, NameProblem, SettingRefused
from shared.features.credentials import proofs, verifying
from shared.features.credentials.carried import FileReader
from shared.features.credentials.document import did_document
from shared.features.returned_mail import report_reader
from shared.features.returned_mail.recipient import DeliveryAction, ReportedRecipient
from shared.features.returned_mail.webhooks.services import SERVICES
from shared.log import actor as visitors
from shared.mail.kinds import registry, texts
from shared.mail.tokens import provider
from shared.mail.transport import graph, smtp, verdicts
from shared.mail.transport.answers import printed, without_addresses
from shared.mail.transport.graph_connection import GraphAnswer
from shared.rendering import names, placeholders
from shared.rendering.layout import Layout
from shared.rendering.text import own_fonts
from shared.rendering.uploads import segments
from shared.rendering.uploads.accepted import accept_upload
from shared.storage.models import ColumnKind, Phase
from shared.volunteers.lists import (
    column_values,
    list_files,
    list_line,
    list_parser,
    qualifying,
    tidied_names,
    titles,
)
from tests.support import carriers, credentials, factories, organizers_fonts, organizers_lists
from tests.support.lists import read_call, read_list, read_rows

_SIGNS = Ed25519PrivateKey.from_private_bytes(bytes(32))
_NOW = datetime(2026, 11, 28, tzinfo=UTC)


@dataclasses.dataclass(frozen=True)
class Parser:
    """`read` raises ProductError or nothing. What it is given consists of `pieces`, in any order
    and with anything between them, or it is a `whole` file in which some bytes are others."""

    read: Callable[[bytes], object]
    pieces: tuple[bytes, ...] = ()
    whole: Callable[[], bytes] | None = None
    # It reads in a process of its own, which takes half a second to start.
    is_confined: bool = False
    # Python's parsers of mail take long for some texts: this one is read within seconds of its own.
    is_clocked: bool = False
    # What broke it once, as small as it can be.
    found: tuple[bytes, ...] = ()


def of_text(read: Callable[[str], object], *pieces: str) -> Parser:
    decoded = lambda content: read(content.decode("utf-8", "ignore"))  # noqa: E731
    return Parser(decoded, tuple(piece.encode() for piece in pieces))


def assert_storable(value: Any) -> None:
    """None of its texts is refused by a database or an answer, as half a surrogate and NUL are."""
    if isinstance(value, str):
        assert "\0" not in value, repr(value)
        value.encode()
    elif dataclasses.is_dataclass(value):
        assert_storable([getattr(value, field.name) for field in dataclasses.fields(value)])
    elif isinstance(value, dict):
        assert_storable([*value.keys(), *value.values()])
    elif isinstance(value, list | tuple | set | frozenset):
        for one in value:
            assert_storable(one)


# Lists


def _list(text: str) -> None:
    _assert_is_list(read_call(text))
    _assert_is_list(read_list(text))
    _assert_is_list(list_parser.parse_entries(text.split("|")))


def _list_file(name: str, content: bytes) -> None:
    read = list_files.read_file(content, name)
    _assert_is_list(read_rows(read.rows))


def _assert_is_list(found: list_parser.RecipientList) -> None:
    assert_storable(found.accepted)
    keys = [one.key for one in found.accepted]
    assert len(keys) == len(set(keys))
    for one in found.accepted:
        assert addresses.deliverable_address(one.email) == one.email


def _title(text: str) -> None:
    for title in (titles.plain_title(text), titles.meant_title(text)):
        titles.is_email(title)
        titles.is_name(title)
    titles.is_summary([text])
    titles.is_about_reaching([text])
    assert len(titles.without_long_numbers(text)) == len(text)


def _cell(text: str) -> None:
    column_values.read_date(text)
    list_line.readable(text)
    with suppress(NameProblem):
        names.clean_cell(text)
    for kind in ColumnKind:
        for spoken in ("en", "zh"):
            column_values.with_unit(kind, text, "hours", spoken)
    for kind, operators in qualifying.OPERATORS.items():
        wanted = "2026-11-24" if kind is ColumnKind.DATE else "6"
        for one in operators:
            rule = qualifying.QualifyingRule((qualifying.Condition("", one, (wanted,)),))
            judge = qualifying.Judge(rule, {"": (kind, "hours")})
            for missed in judge.shortfalls({"": text}):
                assert missed.said("zh")


# Names, addresses, headers


def _name(text: str) -> None:
    names.clean_lines(text, 1000, keeps_no_break=True)
    tidied_names.offered(text)
    name = names.new_name(text)
    assert names.new_name(name) == name
    assert_storable(name)


def _address(text: str) -> None:
    with suppress(ValueError):
        address = addresses.deliverable_address(text)
        on_the_wire = addresses.address_on_the_wire(address)
        assert on_the_wire.rpartition("@")[2].isascii()
        assert smtp.is_plain_address(address) or smtp.is_plain_in_any_script(on_the_wire)
        again = addresses.deliverable_address(addresses.readable_address(address))
        assert again == addresses.deliverable_address(address) == address


def _host(text: str) -> None:
    with suppress(SettingRefused):
        PUBLIC.of_page(text)
        PUBLIC.refuse_written("server", text)


def _header(text: str) -> None:
    language.preferred_language(text, "en")
    network = visitors.network_of(text)
    assert visitors.network_of(network) == network
    keys.is_whole_key(text)


# Returned mail, and answers of servers


def _returned(content: bytes) -> None:
    """As its process reads it, and as that one's parent takes the answer."""
    told = json.loads(json.dumps(report_reader._read(report_reader.MAIL, content)))
    report = report_reader._REPORT.validate_python(told)
    if not isinstance(report, int):
        for one in report.recipients:
            one.verdict()
            assert_storable([one.text, one.addresses, report.ids, report.opt_out_keys])


def _relay_event(content: bytes) -> None:
    try:
        said = json.loads(content)
    except (ValueError, RecursionError):
        return
    for service in (SERVICES["postmark"], SERVICES["brevo"]):
        with suppress(ValueError):
            for told in service.read(said, ""):
                (one,) = told.report.recipients
                one.verdict()
                assert_storable([one.text, one.addresses, told.report.ids, told.report.key])


def _reason(text: str) -> None:
    one = ReportedRecipient(DeliveryAction.FAILED, text[:300], diagnostic=text)
    one.verdict()
    assert 200 <= one.code <= 599
    assert "ana@example.org" not in without_addresses(text, ["bo@example.org"])


def _smtp_answer(content: bytes) -> None:
    said = printed(content)
    assert said.isprintable()
    for code in (None, 250, 421, 450, 535, 550, 552, 554):
        verdicts.advice_on(code, said, "smtp.qq.com")
        for phase in Phase:
            verdicts.judge(phase, code, said)
    verdicts.quota_period(said)


def _graph_answer(content: bytes) -> None:
    header, _, body = content.partition(b"\n")
    for status in (200, 202, 302, 400, 401, 413, 429, 503):
        answer = GraphAnswer(status, body, header.decode("latin-1"))
        assert_storable(graph.judged(answer, now=_NOW).text)


def _token_answer(content: bytes) -> None:
    with suppress(*provider._NO_GRANT):
        assert_storable(provider._grant(json.loads(content), "us"))


# Layouts and texts of organizers


def _layout(content: bytes) -> None:
    try:
        layout = Layout.from_json(content)
    except LayoutRefused as refusal:
        assert_storable(str(refusal))
    else:
        assert Layout.from_json(layout.to_json()) == layout


def _placeholder(text: str) -> None:
    assert placeholders.unescaped(placeholders.escaped(text)) == text
    assert placeholders.filled(placeholders.escaped(text), str.upper) == text
    known = placeholders.placeholders_in(text)
    for one in known:
        assert placeholders.placeholders_in(placeholders.written(one)) == {one}
    said = placeholders.filled(text, dict.fromkeys(known, "{name}").__getitem__)
    assert said.count("{name}") >= len(known)


def _wording(text: str) -> None:
    header = texts.one_line(text)
    assert not {"\n", "\r", "\0"} & set(header)
    assert "=?" not in header
    texts.check_wording(registry.kind_of("invitation"), {"subject": text, "body": text})


# Files


def _tables(content: bytes) -> None:
    """What is read of a font before its own process has it."""
    with suppress(own_fonts.TooDeep, struct.error), own_fonts._to_be_examined(content):
        own_fonts.refuse_deep(content)


def _sheet() -> bytes:
    return organizers_lists.workbook({"List": [["Email", "Name"], ["ana@example.org", "Ana"]]})


_PEOPLE = (
    *("ana@example.org", "李四@例子.中国", "mailto:", "＠", "@", "<", ">", '"', ",", "，", ";"),
    *("\t", "\n", "\r\n", "|", "Ana Lima", "李娜", "Email", "邮箱（必填）", "Name", "姓名"),
    *("Number", "编号", "合计", "13800138000", "1,000", "007", "\ufeff", "\u200b", "\0", "Hours"),
)
_REPORT = tuple(
    piece.encode()
    for piece in (
        *("Content-Type: multipart/report; report-type=delivery-status; boundary=b\n", "\n"),
        *("Content-Type: message/delivery-status\n", "--b\n", "--b--\n", "Subject: =?utf-8?b?"),
        *("From: MAILER-DAEMON <>\n", "X-Failed-Recipients: ", "Final-Recipient: rfc822; "),
        *("Original-Recipient: utf-8;", "Action: failed\n", "Status: 5.1.1\n", "ana@example.org"),
        *("Diagnostic-Code: smtp; 550 5.1.1 User unknown\n", "Date: Mon, 1 Jan 2026 00:00\n"),
        *("Message-ID: <12-0123456789abcdef@example.org>\n", "Content-Type: text/html\n"),
        *("Content-Transfer-Encoding: base64\n", "Content-Type: text/plain; charset=", "utf-7"),
        *("Content-Type: message/rfc822\n", "could not be delivered", "delay", "<br>", "\\x{"),
        *("idna\n", "Return-Path: <>\n", "Content-Transfer-Encoding: x-uuencode\n", "begin 644"),
    )
)
_JSON = tuple(b'{ } [ ] , : "" null true 1 -1 1e999 NaN Infinity "\\ud800" "\\u0000" "a"'.split())
_LAYOUT = (
    *_JSON,
    *(b'"version":2', b'"version":1', b'"fields":[', b'"kind":"name"', b'"kind":"text"', b'"id":'),
    *(b'"content":"{event} {column:Hours}"', b'"kind":"rule"', b'"size":0.5', b'"face":"kai"'),
    b'"box":{"left":0.1,"top":0.1,"width":0.5,"height":0.1}',
)


def _credential(content: bytes) -> object:
    """By the right key, so that a proof is also compared."""
    keys = did_document(credentials.DID, {"key-2026-1": _SIGNS.public_key()})
    read = verifying.read(content)
    return verifying.judge(read, lambda _: keys, lambda _: read, _NOW)


def _carried(content: bytes) -> object:
    with FileReader() as reader:
        return reader.carried_by(content)


PARSERS = {
    "a credential": Parser(
        _credential,
        (b'"@context":', b'"proof":{', b'"issuer":{"id":"did:web:a:issuers:x"}', b"[[", b'{"":'),
        whole=lambda: proofs.written(credentials.signed_one(_SIGNS)),
    ),
    "a PDF to verify": Parser(
        _carried, whole=lambda: carriers.pdf_with(b"{}"), is_confined=True
    ),
    "a picture to verify": Parser(
        _carried, whole=lambda: carriers.png_with(carriers.chunk(b"{}")), is_confined=True
    ),
    "a list": of_text(_list, *_PEOPLE),
    "a list as a file": Parser(
        partial(_list_file, "list.csv"), (*(one.encode() for one in _PEOPLE), b"\xff\xfe", b"\xc4")
    ),
    "a workbook": Parser(partial(_list_file, "list.xlsx"), whole=_sheet, is_confined=True),
    "a title": of_text(_title, *_PEOPLE, "1、", "(", "【", "）", "合计", "+86 138"),
    "a cell": of_text(
        _cell, *"0123456789.,-/'年月日: ½²٣\u3000", "hours", "小时", "h", "T12:00",
    ),
    "a name": of_text(
        _name, *"李é\u0301\u200d\u200c\ufe0f👩\u202e\u00ad\U000e0067🏴\ufa0e\u1820\u180e\u0e01",
        *"\u200b\x85\u3164 ", "Ana",
    ),
    "an address": of_text(
        _address, "ana", "@", ".", "example.org", "xn--", *"ßİ\u200dſ- +\u00ad。．K\u0301",
        "例子", "[127.0.0.1]", '"', "(a)",
    ),
    "a host": of_text(_host, "127", ".", "0x7f", "::", "1", "localhost", *"[]例\0", "a" * 64),
    "a header": of_text(
        _header, *"-_,0.%", "zh", "CN", ";q=", "nan", "1e9", "::", "ffff:", "1.2.3.4", "certs_",
    ),
    "a returned mail": Parser(_returned, _REPORT, is_clocked=True),
    "the headers of a mail": Parser(
        lambda content: report_reader._read(report_reader.HEADERS, content),
        _REPORT, found=(b"Subject: " + b"=?utf-8?b? " * 15_000,),
    ),
    "a reason of a report": of_text(
        _reason, "ana@example.org", "550", "5.1.1", " ", "user unknown", "mailbox full", *"<>x.…",
        "=40", "%40", "+40",
    ),
    "an event of a relay": Parser(
        _relay_event, (*_JSON, b'{"RecordType":"Bounce","Type":"HardBounce","Email":', b',"ID":',
                       b',"Details":', b'{"event":"hard_bounce","email":', b',"reason":', b"NaN",
                       b"1e999", b'"550 5.1.1 no such user"', b"}",
                       b'"1-0123456789abcdef@example.org"'),
        found=(b"[" * 5000, b"1" * 5000, b'{"event":"spam","email":"\\ud800\\u0000"}'),
    ),
    "an answer of SMTP": Parser(
        _smtp_answer, (b"550", b"-", b" ", b"\r\n", b"5.7.1", b"\xff", b"\0", b"daily", b"quota",
                       b"too many connections", b"ana@example.org"),
    ),
    "an answer of Graph": Parser(
        _graph_answer, (*_JSON, b"\n", b'{"error":{"code":"ErrorSendAsDenied","message":', b"3600",
                        b"Wed, 21 Oct 2026 07:28:00 GMT"), found=(b"\n" + b"[" * 5000,),
    ),
    "an answer with a token": Parser(
        _token_answer, (*_JSON, b'{"access_token":"x"', b',"expires_in":', b',"id_token":"a.e30.c"',
                        b',"refresh_token":', b"}"),
    ),
    "a layout": Parser(
        _layout, _LAYOUT,
        found=(
            *(b"[" * 5000, b"1" * 5000, b'{"fields":[{"id":"\\ud800"}]}'),
            b'{"\\u0000":[{}]}',
        ),
    ),
    "placeholders": of_text(_placeholder, *"{}", "{{", "}}", "event", "column:", "Hours", "{name}"),
    "the wording of a mail": of_text(
        _wording, "{link}", "{name}", "{", "}", "=?", "utf-8?q?=0A?=", "=", "?", "\n", "\r", "\x85",
    ),
    "a JPEG": Parser(
        lambda content: segments.scans(b"\xff\xd8" + content),
        (b"\xff\xda", b"\xff\xff", b"\xff\xe0", b"\x00\x10", b"\x00\x00", b"JFIF\0", b"\xff\xd9"),
    ),
    "the tables of a font": Parser(
        _tables, whole=lambda: organizers_fonts.block_font(characters="ABC")
    ),
    "a font": Parser(
        own_fonts.accept_font, whole=lambda: organizers_fonts.block_font(), is_confined=True
    ),
    "a picture": Parser(
        accept_upload, whole=lambda: factories.small_picture(size=(60, 40)), is_confined=True
    ),
    "a drawing": Parser(
        accept_upload, (b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">', b"</svg>",
                        b"<rect ", b'width="', b'"', b"/>", b"<use href='#a'/>", b"<!DOCTYPE a [",
                        b"<image href='/etc/passwd'/>", b"<g id='a'>", b"</g>", b"&a;", b"1e99"),
        is_confined=True,
    ),
}  # fmt: skip
