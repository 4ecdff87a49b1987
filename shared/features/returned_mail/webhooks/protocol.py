"""The common part of the services that tell of returned mail, and all that is asked about them."""

import hashlib
import json
import re
from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from shared.errors import ForNow, NotAllowed, SettingRefused
from shared.features.returned_mail.recipient import DeliveryAction, ReportedRecipient
from shared.features.returned_mail.report import Report, own_ids, without_type
from shared.language import N_
from shared.mail.transport.phrases import status_in

# Longer than any address or answer that is looked up or shown.
_LONGEST = 2000
_KEY = re.compile(r"[!-~]{8,200}")


class Fate(NamedTuple):
    """What became of a mail; a failure counts with `status` if the relay's answer has none."""

    action: DeliveryAction
    status: str = ""


COMPLAINED, DELAYED = Fate(DeliveryAction.ARRIVED), Fate(DeliveryAction.DELAYED)
FAILED = Fate(DeliveryAction.FAILED)
# There is no such mailbox, it is no address, or a later mail may arrive (RFC 3463, 3.2).
NO_MAILBOX = FAILED._replace(status="5.1.1")
NO_ADDRESS = FAILED._replace(status="5.1.3")
FOR_NOW = FAILED._replace(status="4.0.0")


class Unproven(NotAllowed):
    """The error that nothing proves that the service itself sent this event."""


class NotReached(ForNow):
    message = N_(
        "The service could not be asked whether this event is its own. It will send it again."
    )


@dataclass(frozen=True)
class WebhookEvent:
    """One event. `relay_id` is the id that the relay gave the mail when it accepted it; empty if
    its events carry ours."""

    report: Report
    relay_id: str = ""


class WebhookService(Protocol):
    """One service, with the texts (msgids) of its form. `name` is stored with accounts."""

    name: str
    title: str
    # A part of the name of its mail servers.
    server: str
    # What an organizer does there with the address.
    advice: str
    # What its events are proven by, besides the secret in the address; empty: nothing.
    asks: str = ""

    def judged(self, entered: str) -> str:
        """Return what was entered for `asks`, as it is stored. Raises SettingRefused."""
        if not _KEY.fullmatch(entered.strip()):
            raise SettingRefused(
                field="webhook_key", reason=N_("must be copied whole from the provider")
            )
        return entered.strip()

    @abstractmethod
    def marks(self, message_id: str) -> Mapping[str, str]:
        """Return the headers of a mail that its events carry back; `message_id` is without its
        <>."""

    @abstractmethod
    def read(self, said: Any, entered: str) -> Iterable[WebhookEvent]:
        """Return the events in a body of JSON that came to an address with the right secret.

        Raises Unproven, ValueError for what is no event of this service, and NotReached where it
        has to be asked for a proof.
        """

    def told(
        self,
        said: object,
        key: Sequence[object],
        fate: Fate,
        address: str,
        answer: str | None,
        relay_id: str = "",
    ) -> WebhookEvent:
        """Return what an event says of one recipient; equal keys are the same event.

        It is about the mail whose id `said` contains anywhere.
        """
        ids, status, words = own_ids(list(_texts(said))), "", answer or ""
        if fate.action is DeliveryAction.FAILED:
            status, words = status_in(words) or fate.status, without_type(words)
        elif fate is COMPLAINED:
            words = ""
        recipient = ReportedRecipient(
            fate.action, address[:_LONGEST], status=status, diagnostic=words[:_LONGEST]
        )
        report = Report(
            recipients=(recipient,),
            ids=ids,
            opt_out_keys=(),
            at=None,
            key=hashlib.sha256(json.dumps([self.name, *key]).encode()).hexdigest(),
            is_complaint=fate is COMPLAINED,
            is_about_another=not ids,
        )
        return WebhookEvent(report, relay_id)


def _texts(said: object) -> Iterator[str]:
    """Yield all texts in what JSON says, however deep."""
    left = [said]
    while left:
        one = left.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict):
            left += one.values()
        elif isinstance(one, list):
            left += one
