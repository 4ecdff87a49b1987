"""Reports of many mail systems, and what only looks like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.features.returned_mail.recipient import BounceVerdict
from shared.features.returned_mail.report import Report, may_be_report, read_report
from tests.support.bounce_reports import DSNS, Build, Original
from tests.support.hostile import UNITS, processor_seconds, repeated
from tests.support.odd_bounces import EVERYTHING, NO_REPORTS, REPORTS

ORIGINAL = Original()


def by_name(rows: list[tuple[str, Build, BounceVerdict]]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(("build", "expected"), [row[1:] for row in rows],
                                   ids=[row[0] for row in rows])  # fmt: skip


@by_name(REPORTS)
def test_a_report_names_its_mail_and_what_became_of_it(build: Build, expected: BounceVerdict):
    read = read_report(build(ORIGINAL))
    assert isinstance(read, Report)
    assert ORIGINAL.message_id in read.ids
    assert not read.is_about_another
    assert [one.verdict() for one in read.recipients] == [expected]


@by_name(DSNS)
def test_a_report_in_standard_form_names_its_recipient(build: Build, expected: BounceVerdict):
    read = read_report(build(ORIGINAL))
    assert isinstance(read, Report)
    assert [one.address for one in read.recipients] == [ORIGINAL.recipient]


@by_name(NO_REPORTS)
def test_what_is_no_report_is_told_apart_with_a_reason(build: Build, expected: BounceVerdict):
    why = read_report(build(ORIGINAL))
    assert isinstance(why, str)
    assert why.endswith(".")


def test_there_are_reports_of_at_least_60_kinds():
    assert len({row[0] for row in REPORTS}) >= 60


@by_name(EVERYTHING)
def test_headers_alone_never_hide_a_report(build: Build, expected: BounceVerdict):
    content = build(ORIGINAL)
    is_report = isinstance(read_report(content), Report)
    assert may_be_report(content.partition(b"\r\n\r\n")[0]) or not is_report


@given(st.binary(max_size=400))
def test_no_bytes_make_the_reader_fail(content: bytes):
    read_report(content)


@given(
    st.sampled_from([row[1] for row in EVERYTHING]),
    st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=8)), max_size=5),
    st.floats(0, 1),
)
def test_no_damage_to_a_report_makes_the_reader_fail(
    build: Build, damages: list[tuple[float, bytes]], cut: float
):
    content = bytearray(build(ORIGINAL))
    for place, octets in damages:
        at = int(place * len(content))
        content[at : at + len(octets)] = octets
    read_report(bytes(content[: int(cut * len(content))]))


@pytest.mark.parametrize("address", ["用户@例子.中国", "bücher@bücher.example"])
def test_an_address_in_any_script_is_read_from_a_report(address: str):
    read = read_report(dict((row[0], row[1]) for row in DSNS)["postfix global"](
        Original(recipient=address)))  # fmt: skip
    assert isinstance(read, Report)
    assert read.recipients[0].addresses == (address,)


@pytest.mark.parametrize("kind", ["text/plain", "text/html"])
def test_a_report_of_any_text_is_read_at_once(kind: str):
    head = f"From: MAILER-DAEMON@mx.example.net\r\nSubject: failure\r\nContent-Type: {kind}\r\n\r\n"
    for unit in UNITS:
        with processor_seconds(1):
            read_report(head.encode() + repeated(unit, 64 * 1024))


def test_a_mail_nested_beyond_reason_is_no_report():
    nested = "".join(
        f'Content-Type: multipart/mixed; boundary="{at}"\r\n\r\n--{at}\r\n' for at in range(2000)
    )
    inside = "Content-Type: message/rfc822\n\n" * 2000
    for head in (f"From: {'(' * 20_000}\r\n\r\n", nested, inside):
        assert not may_be_report(head.encode())
        assert isinstance(read_report(head.encode()), str)
