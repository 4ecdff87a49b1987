"""What issuers answer at their addresses, for verifying what is not known here."""

import httpx2

from shared.certificates.credentials import verifying
from shared.certificates.credentials.proofs import Document
from shared.certificates.credentials.publishing import Folder
from shared.destinations import Reach
from shared.errors import DestinationRefused
from shared.mail.tokens.judged_transport import JudgedTransport, wait_for


class Online:
    """Keys and lists as issuers publish them now, but for what `beside` has.

    Each address is asked once: by https alone, within `reach`, without following redirects, for at
    most 20 seconds and 256 KB. What went wrong is in `troubles`, by address, in English.
    """

    def __init__(self, reach: Reach, beside: Folder | None = None) -> None:
        self._reach, self._beside = reach, beside
        self._answers: dict[str, Document | None] = {}
        self.troubles: dict[str, str] = {}

    def key(self, did: str) -> Document | None:
        known = self._beside.key(did) if self._beside else None
        address = verifying.address_of(did)
        return known or (self._at(address, verifying.LARGEST) if address else None)

    def list(self, address: str) -> Document | None:
        known = self._beside.list(address) if self._beside else None
        return known or self._at(address, verifying.LARGEST_LIST)

    def _at(self, address: str, most: int) -> Document | None:
        if address not in self._answers:
            self._answers[address] = None
            try:
                content = wait_for(self._asked(address))
                self._answers[address] = verifying.read(content, most)
                if self._answers[address] is None:
                    self.troubles[address] = "its answer is no document, or a very large one"
            except DestinationRefused:
                self.troubles[address] = "it lies in a private network (TRUSTED_NETWORKS)"
            # Addresses that are none, too.
            except (httpx2.HTTPError, httpx2.InvalidURL, ValueError) as fault:
                self.troubles[address] = str(fault) or type(fault).__name__
        return self._answers[address]

    async def _asked(self, address: str) -> bytes:
        if not address.startswith("https://"):
            raise ValueError("it does not begin with https://")
        transport = JudgedTransport(self._reach)
        async with httpx2.AsyncClient(transport=transport, trust_env=False) as client:
            answer = await client.get(address)
        if answer.status_code != 200:
            raise ValueError(f"it answers {answer.status_code}")
        return answer.content
