"""Of a server's answer, nothing is stored about anybody but the mail's recipient."""

import pytest

from shared.mail.transport.answers import without_addresses
from tests.support.hostile import processor_seconds

OWN = ["ana@example.org", "用户@例子.中国", ""]


@pytest.mark.parametrize(
    "written",
    [
        "zera@erase-me.example",
        "Zera.Quill@ERASE-ME.example",
        "zera=40erase-me.example",
        "zera+40erase-me.example",
        "zera%40erase-me.example",
        "用户@别的.中国",
        "zera=erase-me.example@bounces.example.org",
    ],
)
def test_an_address_of_somebody_else_is_left_out_however_it_is_written(written: str):
    for answer in ("550 <{}>: unknown", "550 rfc822;{}", "450 4.2.0 {}, later", "用户不存在：{}。"):
        said = without_addresses(answer.format(written), OWN)
        assert said == answer.format("…")


@pytest.mark.parametrize(
    "answer",
    [
        "5.1.1 <ANA@Example.org>: unknown",
        "no such user ana@example.org.",
        "5.1.1 <用户@xn--fsqu00a.xn--fiqs8s> unknown",
        "4.7.1 [192.0.2.40] 12=4000 too many at 40 a minute",
        "2.0.0 Ok: queued as 4xGk40Y1",
        "",
    ],
)
def test_whom_the_mail_was_for_and_every_other_word_stays(answer: str):
    assert without_addresses(answer, OWN) == answer


def test_a_long_answer_without_blanks_takes_no_time():
    assert without_addresses("4" * 100_000) == "4" * 100_000


@pytest.mark.parametrize("sign", ["=40", "+40", "%40"])
def test_what_only_begins_like_many_addresses_is_read_at_once(sign: str):
    """A server that says this holds up nobody else: three times as much took 27 times as long."""
    answer = sign * 20_000 + "." * 20_000
    with processor_seconds(1):
        assert without_addresses(answer) == answer
        assert without_addresses(f"{answer}x") == "…"
