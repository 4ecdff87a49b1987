"""Verifiers of credentials that others made, in Node and offline; by `make verifiers`."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import httpx

from shared.events.installation import Installation
from shared.features.credentials import proofs
from shared.storage.models import Certificate
from tests.support.issued_for_real import PUBLIC

_HERE = Path(__file__).parents[1] / "verifiers"
_NODE = shutil.which("node")
ARE_THERE = _NODE is not None and (_HERE / "node_modules").is_dir()
Document = dict[str, Any]


class Internet:
    """All that verifiers can read: what the API answers at its public addresses."""

    def __init__(self, api: httpx.Client, installation: Installation) -> None:
        self._api, self._installation = api, installation
        ours = (proofs.CREDENTIALS, proofs.OPEN_BADGES)
        self.answers: Document = {one: proofs.context(one) for one in ours}
        self.reasons: list[list[str]] = []

    def credential(self, certificate_id: int) -> Document:
        """The credential of a certificate, with everything that it names read anew."""
        with self._installation.database.reading() as session:
            public_id = session.get_one(Certificate, certificate_id).public_id
        answer = self._api.get(f"/verify/{public_id}", headers={"Accept": "application/vc"})
        made: Document = answer.raise_for_status().json()
        self.read(made)
        return made

    def read(self, made: Document) -> None:
        """Read anew what this credential names."""
        for address in (
            f"{PUBLIC}/issuers/installation/did.json",
            made["credentialStatus"]["statusListCredential"],
        ):
            self.answers[address] = self._api.get(address.removeprefix(PUBLIC)).json()

    def told(self, *credentials: Document) -> list[tuple[bool, bool]]:
        """Whether each verifier takes each of them for good."""
        asked = json.dumps({"answers": self.answers, "credentials": credentials})
        ran = subprocess.run(
            [str(_NODE), "verify.mjs"], cwd=_HERE, input=asked, capture_output=True, text=True
        )
        assert ran.returncode == 0, ran.stderr
        said = json.loads(ran.stdout)
        self.reasons = [[one[who]["why"] for who in ("digitalbazaar", "dcc")] for one in said]
        return [(one["digitalbazaar"]["good"], one["dcc"]["good"]) for one in said]
