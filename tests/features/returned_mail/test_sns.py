"""Amazon SNS: what it signed is believed, for the topic that was entered, and nothing else."""

from typing import Any

import pytest

from shared.errors import NotAllowed
from shared.features.returned_mail.webhooks.protocol import NotReached, Unproven
from shared.features.returned_mail.webhooks.sns import fetched
from tests.support import amazon
from tests.support.lying_server import lying_server
from tests.support.relay_events import TOPIC, UNKNOWN, Relayed, ses_said

MAIL = Relayed({}, "ana@example.org")
ANOTHER = TOPIC.replace("returned", "another")
SAID = ses_said(MAIL, "dead", UNKNOWN)


def read(said: Any, content: bytes | None = None) -> tuple[int, list[str]]:
    """How many events there are, and what Amazon was asked."""
    with amazon.serving(content) as (ses, asked):
        return len(list(ses.read(said, TOPIC))), asked


@pytest.mark.parametrize("version", ["1", "2"])
def test_what_amazon_signed_for_the_topic_is_read(version: str) -> None:
    said = amazon.published(TOPIC, SAID, SignatureVersion=version, Subject="Amazon SES")
    certificate = f"https://sns.eu-west-1.amazonaws.com{amazon.CERTIFICATE}"
    assert read(said) == (1, [certificate])


def test_the_certificate_is_asked_for_once() -> None:
    with amazon.serving() as (ses, asked):
        for _ in range(3):
            list(ses.read(amazon.published(TOPIC, SAID), TOPIC))
    assert len(asked) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"Message": "{}"},
        {"Type": "SubscriptionConfirmation"},
        {"Signature": "AAAA"},
        {"Signature": "no base64"},
        {"SignatureVersion": "1"},
        {"SignatureVersion": "3"},
        {"TopicArn": ANOTHER},
    ],
)
def test_what_was_changed_since_is_refused(change: dict[str, str]) -> None:
    with pytest.raises(Unproven):
        read(amazon.published(TOPIC, SAID) | change)


@pytest.mark.parametrize(
    "address",
    [
        "http://sns.eu-west-1.amazonaws.com/SimpleNotificationService-1.pem",
        "https://sns.eu-west-1.amazonaws.com.example.org/SimpleNotificationService-1.pem",
        "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-1.pem",
        "https://sns.eu-west-1.amazonaws.com:8443/SimpleNotificationService-1.pem",
        "https://a@sns.eu-west-1.amazonaws.com/SimpleNotificationService-1.pem",
        "https://sns.eu-west-1.amazonaws.com/other/SimpleNotificationService-1.pem",
        "https://127.0.0.1/SimpleNotificationService-1.pem",
        "https://[/SimpleNotificationService-1.pem",
        "file:///SimpleNotificationService-1.pem",
        "",
    ],
)
def test_a_certificate_is_fetched_from_the_server_of_the_topic_alone(address: str) -> None:
    with amazon.serving() as (ses, asked), pytest.raises((Unproven, ValueError)):
        list(ses.read(amazon.published(TOPIC, SAID, SigningCertURL=address), TOPIC))
    assert asked == []


def test_a_certificate_that_has_expired_or_is_none_proves_nothing() -> None:
    said = amazon.published(TOPIC, SAID)
    with pytest.raises(NotAllowed):
        read(said, amazon.certificate(days=-1))
    with pytest.raises(ValueError, match="PEM"):
        read(said, b"<html>no certificate</html>")


def test_a_subscription_is_confirmed_for_the_own_topic_where_amazon_is() -> None:
    told, asked = read(amazon.asking(TOPIC))
    assert told == 0
    topic = TOPIC.replace(":", "%3A")
    server = "https://sns.eu-west-1.amazonaws.com/"
    # Whatever address the message names.
    assert asked[1:] == [f"{server}?Action=ConfirmSubscription&TopicArn={topic}&Token=2336412f37"]


def test_a_subscription_of_another_topic_is_not_confirmed() -> None:
    with amazon.serving() as (ses, asked), pytest.raises(Unproven):
        list(ses.read(amazon.asking(ANOTHER), TOPIC))
    assert asked == []


def test_no_server_in_a_private_network_is_asked() -> None:
    with lying_server("endless") as address, pytest.raises(NotReached):
        fetched(address)
