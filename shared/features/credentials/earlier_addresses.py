"""The check whether what was signed under an earlier PUBLIC_URL still verifies."""

from collections.abc import Iterator

from sqlalchemy import select

from shared.cli.doctor import Diagnosis
from shared.destinations import ANYWHERE
from shared.events.installation import Installation
from shared.features.credentials.document import did_at
from shared.features.credentials.models import Issuer, StatusList
from shared.features.credentials.verifying import address_of
from shared.preflight.checks import look_at


def diagnoses(installation: Installation) -> Iterator[Diagnosis]:
    """Ask for the keys of each issuer at each PUBLIC_URL of before, as verifiers do."""
    signed = select(StatusList.did, Issuer.slug).join(Issuer, Issuer.id == StatusList.issuer_id)
    with installation.database.reading() as session:
        found = session.execute(signed.distinct()).all()
    public_url = installation.settings.public_url
    for did in sorted(did for did, slug in found if did != did_at(public_url, slug)):
        address = address_of(did) or did
        look = look_at(address, ANYWHERE)
        if look is None or not (look.is_success or look.is_redirect):
            words = "does not answer: nobody can verify what was issued there (take care)"
            yield Diagnosis("earlier address", True, f"{address} {words}")
            continue
        is_ours = look.is_success and f'"{did}"'.encode() in look.content
        cause = "leads elsewhere" if look.is_redirect else "answers under another name"
        cure = (
            f"{cause}, so that all that was issued there has an invalid signature: let this server "
            "answer there as well, with no redirect, and let the proxy pass Host on as it came"
        )
        fine = "answers: what was issued there verifies"
        yield Diagnosis("earlier address", is_ours, f"{address} {fine if is_ours else cure}")
