"""The common part of the services that tell of returned mail, and all that is asked about them."""

import hashlib
import json
import re
from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from shared.errors import ForNow, NotAllowed, SettingRefused
from shared.features.returned_mail.recipient import DeliveryAction, ReportedRecipient
from shared.features.returned_mail.report import Report, own_ids, without_type
from shared.language import N_
from shared.mail.transport.phrases import status_in

# Longer than any address or answer that is looked up or shown.
_LONGEST = 2000
_KEY = re.compile(r"[!-~]{8,200}")

# The statuses that count where a relay says no more than that there is no such mailbox, that it
# is no address, or that a later mail may arrive (RFC 3463, 3.2).
NO_MAILBOX, NO_ADDRESS, FOR_NOW = "5.1.1", "5.1.3", "4.0.0"


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


def event(
    of: str,
    said: object,
    recipient: ReportedRecipient,
    key: Sequence[object],
    *,
    is_complaint: bool = False,
) -> Report:
    """Return what an event of the service `of` says of one recipient; equal keys are the same
    event.

    It is about the mail whose id it contains anywhere.
    """
    ids = own_ids(list(_texts(said)))
    address, answer = recipient.address[:_LONGEST], recipient.diagnostic[:_LONGEST]
    return Report(
        recipients=(replace(recipient, address=address, diagnostic=answer),),
        ids=ids,
        opt_out_keys=(),
        at=None,
        key=hashlib.sha256(json.dumps([of, *key]).encode()).hexdigest(),
        is_complaint=is_complaint,
        is_about_another=not ids,
    )


def failed(address: str, answer: str, otherwise: str = "") -> ReportedRecipient:
    """Return the fate of a mail that the relay gave up after `answer`, which counts with the status
    `otherwise` if it has none."""
    status, said = status_in(answer), without_type(answer)
    return ReportedRecipient(
        DeliveryAction.FAILED, address, status=status or otherwise, diagnostic=said
    )


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
