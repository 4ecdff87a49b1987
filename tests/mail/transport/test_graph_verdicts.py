"""What people are told about answers of Microsoft Graph."""

import pytest

from shared.language import LANGUAGES
from shared.mail.transport.graph import NO_ANSWER, TOO_LARGE, judged
from shared.mail.transport.graph_connection import GraphAnswer
from shared.mail.transport.transports import explain_answer
from shared.mail.transport.verdicts import quota_period

SAID = [
    (200, "", "too large"),
    (413, "", "too large"),
    (400, "ErrorMessageSizeExceeded", "too large"),
    (429, "ApplicationThrottled", "more slowly"),
    (429, "ErrorExceededMessageLimit", "daily limit"),
    (403, "ErrorMessageSubmissionBlocked", "Log in to Outlook on the web"),
    (403, "ErrorSendAsDenied", "own address as sender"),
    (400, "ErrorInvalidRecipients", "no such mailbox"),
    (403, "ErrorAccessDenied", "no permission"),
    (403, "Forbidden", "no permission"),
    (404, "MailboxNotEnabledForRESTAPI", "no mailbox"),
    (507, "ErrorQuotaExceeded", "is full"),
    (500, "ErrorInternalServerError", "Sent Items"),
    (503, "", "Sent Items"),
    (401, "InvalidAuthenticationToken", "Sign in with Microsoft again"),
    (302, "", "GRAPH_URL"),
    (404, "", "GRAPH_URL"),
    (404, "ErrorInvalidUser", "Then continue here"),
    (429, "TooManyRequests", "more slowly"),
]


def answer(status: int, code: str) -> GraphAnswer:
    said = f'{{"error": {{"code": "{code}", "message": "No."}}}}' if code else "<html>"
    return GraphAnswer(status, said.encode())


@pytest.mark.parametrize(("status", "code", "words"), SAID)
def test_each_answer_is_explained_in_both_languages(status: int, code: str, words: str):
    outcome = judged(answer(status, code))
    said = {one: explain_answer(outcome.code, outcome.text, "", one) for one in LANGUAGES}
    assert words in said["en"]
    assert len(set(said.values())) == len(said)


def test_a_lost_answer_says_where_to_look():
    assert "Sent Items" in explain_answer(None, NO_ANSWER, "", "en")


def test_the_days_limit_is_learned_as_that_of_a_day():
    text = judged(answer(429, "ErrorExceededMessageLimit")).text
    assert quota_period(text) == "day"


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b'"no"', b'{"error": "no"}', b'{"error": {"code": []}}', b"\xff", b"{" * 5000],
)
def test_an_answer_of_any_shape_is_only_an_answer(content: bytes):
    assert judged(GraphAnswer(413, content)).text == TOO_LARGE
    assert judged(GraphAnswer(400, content)).text.startswith("Microsoft Graph: ")


def test_what_graph_says_is_kept_as_one_line():
    content = (
        b'{"error": {"code": "No", "message": "one\\r\\ntwo\\u0000 \\u202e' + b"x" * 900 + b'"}}'
    )
    text = judged(GraphAnswer(400, content)).text
    assert text.startswith("Microsoft Graph: No: one two")
    assert text.isprintable()
    assert len(text) <= 500
