"""Judging a credential that somebody brings: who signed what, and whether it still counts.

Only the form that we make ourselves is read. What is signed is a set of statements, which JSON-LD
can write in many ways; a document that says the same elsewhere, under another name or beside more,
would show a reader something else than was signed. So the form is compared first, and the proof of
that form afterwards.
"""

import json
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any
from urllib.parse import unquote

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from shared.features.credentials import proofs
from shared.features.credentials.document import CONTEXTS, bits_of, is_set, unmarked
from shared.features.credentials.proofs import CREDENTIALS, Document
from shared.language import N_

# What is larger is none of ours, of which the largest have some thousand octets.
LARGEST = 100_000
LARGEST_LIST = 200_000
# Lists have fewer columns that are public; the canonical form of many equal results takes long.
MOST_COLUMNS = 100
# Of an address, without what would lead elsewhere or stand for something in it.
_HOST = re.compile(r"[A-Za-z0-9.-]+(:[0-9]{1,5})?")
_PART = re.compile(r"(?!\.{1,2}$)[A-Za-z0-9._~-]+")
# “Organization, as stated by the organizer: City.”
_STATED = re.compile(r"[^:：]+[:：] ?(.+)[.。]", re.DOTALL)
# Clocks differ.
_SKEW = timedelta(minutes=5)

# What an address answers; None where that is not known.
Known = Callable[[str], Document | None]


class Result(StrEnum):
    GOOD = "good"
    BAD = "bad"
    NOT_CHECKED = "not_checked"


@dataclass(frozen=True)
class Verification:
    """The knowledge about a credential; `why` is an English sentence with its details filled in by
    `details`."""

    result: Result
    why: str = ""
    details: Mapping[str, str] = field(default_factory=dict)
    state: str = ""
    issuer: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        return {name: value for name, value in asdict(self).items() if name != "details"} | {
            "why": self.why.format(**self.details)
        }


NOT_OURS = N_("This is no credential of the form that this program makes.")
FORGED = N_("The signature does not fit: something was changed, or somebody else signed it.")
KEY_WITHDRAWN = N_(
    "It is signed with a key that was withdrawn on {day}, so it proves nothing. {page} shows what "
    "is valid, and the holder can download it again there."
)
KEY_ELSEWHERE = N_("Not checked: the issuer's key is at {address}.")
LIST_ELSEWHERE = N_("Not checked whether it was revoked: the list that says so is at {address}.")
LIST_WRONG = N_("The list that says whether it was revoked is not the one at its address.")
LIST_OLD = N_("The list that says whether it was revoked is not of today.")
REVOKED = N_("It was revoked: replaced, withdrawn or erased.")
EARLY = N_("It is dated in the future.")


# Each form, as the page that verifies in a browser reads it, too: "" is any text, {"*": form} any
# number of it, and "?name" need not be there.
_TEXT = ""
_RESULT = {"type": ["Result"], "resultDescription": _TEXT, "value": _TEXT}
_DESCRIBED = {"id": _TEXT, "type": ["ResultDescription"], "name": _TEXT, "resultType": _TEXT}
_IDENTITY = {
    "type": "IdentityObject",
    "identityType": "name",
    "hashed": False,
    "identityHash": _TEXT,
}
_IMAGE = {"id": _TEXT, "type": "Image"}
_ACHIEVEMENT = {
    "id": _TEXT,
    "type": ["Achievement"],
    "achievementType": "CommunityService",
    "name": _TEXT,
    "description": _TEXT,
    "criteria": {"narrative": _TEXT},
    "?image": _IMAGE,
    "?resultDescription": {"*": _DESCRIBED},
}
_SUBJECT = {
    "id": _TEXT,
    "type": ["AchievementSubject"],
    "identifier": [_IDENTITY],
    "licenseNumber": _TEXT,
    "?activityStartDate": _TEXT,
    "?activityEndDate": _TEXT,
    "?role": _TEXT,
    "?result": {"*": _RESULT},
    "achievement": _ACHIEVEMENT,
}
_STATUS = {
    "id": _TEXT,
    "type": "BitstringStatusListEntry",
    "statusPurpose": "revocation",
    "statusListIndex": _TEXT,
    "statusListCredential": _TEXT,
}
_PROOF = proofs.options(_TEXT, _TEXT) | {"proofValue": _TEXT}
CREDENTIAL_FORM = {
    "@context": CONTEXTS,
    "id": _TEXT,
    "type": ["VerifiableCredential", "OpenBadgeCredential"],
    "issuer": {
        "id": _TEXT,
        "type": ["Profile"],
        "name": _TEXT,
        "url": _TEXT,
        "?image": _IMAGE,
    },
    "validFrom": _TEXT,
    "name": _TEXT,
    "description": _TEXT,
    "credentialSubject": _SUBJECT,
    "credentialStatus": _STATUS,
    "proof": _PROOF,
}
LIST_FORM = {
    "@context": [CREDENTIALS],
    "id": _TEXT,
    "type": ["VerifiableCredential", "BitstringStatusListCredential"],
    "issuer": _TEXT,
    "validFrom": _TEXT,
    "validUntil": _TEXT,
    "credentialSubject": {
        "id": _TEXT,
        "type": "BitstringStatusList",
        "statusPurpose": "revocation",
        "encodedList": _TEXT,
    },
    "proof": _PROOF,
}


def read(content: bytes, most: int = LARGEST) -> Document | None:
    """Return the JSON object in these octets; None if there is none."""
    if len(content) > most:
        return None
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def nothing_known(_: str) -> None:
    """Return the answer of whoever knows of no withdrawn keys."""


def judge(
    credential: Document | None,
    keys: Known,
    lists: Known,
    now: datetime,
    withdrawn: Known = nothing_known,
) -> Verification:
    """Return whether it is what an issuer signed, and counts by now.

    `keys` gives the document of a DID, `withdrawn` that of its withdrawn keys, `lists` the list at
    an address, each None if it is not known here. Nothing is fetched.
    """
    credential = proofs.unlisted(credential) if credential else None
    if credential is None or not _is_of_form(credential, CREDENTIAL_FORM):
        return Verification(Result.BAD, NOT_OURS)
    issuer, status = credential["issuer"], credential["credentialStatus"]
    did = issuer["id"]
    address = address_of(did)
    if address is None:
        return Verification(Result.BAD, NOT_OURS)
    document = keys(did)
    if document is None:
        return Verification(Result.NOT_CHECKED, KEY_ELSEWHERE, {"address": address})
    key = _key_in(document, did, credential["proof"]["verificationMethod"])
    if key is None or not proofs.is_signed(credential, key):
        return _by_withdrawn_keys(credential, withdrawn(did))
    told = Verification(Result.BAD, issuer=did, facts=facts_of(credential))
    if not _is_between(credential["validFrom"], None, now):
        return replace(told, why=EARLY)
    return _by_its_list(told, status, lists(status["statusListCredential"]), document, now)


def _by_withdrawn_keys(credential: Document, document: Document | None) -> Verification:
    """Return whether a key that leaked fits. Its thief can sign anything, so nothing that the
    credential says is shown; its holder is led to the issuer's own page."""
    did, key_id = credential["issuer"]["id"], credential["proof"]["verificationMethod"]
    method = _method_in(document, did, key_id) if document else None
    key = _key_of(method) if method else None
    if method is None or key is None or not proofs.is_signed(credential, key):
        return Verification(Result.BAD, FORGED)
    site = str(address_of(did)).rpartition("/issuers/")[0]
    public_id = str(credential["id"]).removeprefix(f"{site}/verify/")
    page = f"{site}/verify/{public_id}" if _PART.fullmatch(public_id) else f"{site}/verify"
    details = {"day": str(method.get("revoked"))[:10], "page": page}
    return Verification(Result.BAD, KEY_WITHDRAWN, details, state="key_withdrawn")


def _by_its_list(
    told: Verification, status: Document, listed: Document | None, document: Document, now: datetime
) -> Verification:
    """Return whether a credential that is signed still counts."""
    address, index = status["statusListCredential"], status["statusListIndex"]
    if listed is None:
        elsewhere = {"address": address}
        return replace(told, result=Result.NOT_CHECKED, why=LIST_ELSEWHERE, details=elsewhere)
    key = None
    # Others of the same issuer are as well signed, so it has to be the one of this address.
    whose = (address, told.issuer)
    if _is_of_form(listed, LIST_FORM) and (listed["id"], listed["issuer"]) == whose:
        key = _key_in(document, told.issuer, listed["proof"]["verificationMethod"])
    if key is None or not proofs.is_signed(listed, key):
        return replace(told, why=LIST_WRONG)
    if not _is_between(listed["validFrom"], listed["validUntil"], now):
        return replace(told, why=LIST_OLD)
    try:
        if is_set(bits_of(dict(listed)), int(index)):
            return replace(told, why=REVOKED, state="revoked")
    except ValueError:
        return replace(told, why=LIST_WRONG)
    return replace(told, result=Result.GOOD, state="valid")


def facts_of(credential: Document) -> dict[str, Any]:
    """Return what it says, by the names of this program."""
    subject = credential["credentialSubject"]
    titles = {
        result["id"]: result["name"]
        for result in subject["achievement"].get("resultDescription", [])
    }
    results = subject.get("result", [])
    return {
        "name": subject["identifier"][0]["identityHash"],
        "event": credential["name"],
        "number": subject["licenseNumber"],
        "issued": credential["validFrom"],
        "issuer": credential["issuer"]["name"],
        "issuer_page": credential["issuer"]["url"],
        "description": credential["description"],
        "stated": subject["achievement"]["criteria"]["narrative"],
        "organization": _organization(subject["achievement"]),
        "columns": {
            titles.get(result["resultDescription"], ""): result["value"] for result in results
        },
        "address": credential["id"],
    }


def moment_of(text: str) -> datetime | None:
    """Return a moment that a credential states, in UTC; None if it states none."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo else None


def _organization(achievement: Document) -> str:
    """Return the organization as the organizer stated it, which stands behind what is thanked for,
    in the same form in every language."""
    narrative = unmarked(achievement["criteria"]["narrative"])
    stated = narrative.removeprefix(achievement["description"]).strip()
    found = _STATED.fullmatch(stated)
    return found[1] if found else stated


def address_of(did: str) -> str | None:
    """Return where the document of a did:web with a path lies; None for anything else."""
    method, *parts = did.split(":")[1:] if did.startswith("did:web:") else [""]
    if method != "web" or len(parts) < 2 or not all(parts) or len(did) > 500:
        return None
    host, *path = map(unquote, parts)
    if not _HOST.fullmatch(host) or not all(map(_PART.fullmatch, path)):
        return None
    return f"https://{'/'.join([host, *path])}/did.json"


def withdrawn_at(did: str) -> str | None:
    """Return where an issuer of ours tells its withdrawn keys; None for anything but a did:web."""
    address = address_of(did)
    return address and f"{address.removesuffix('did.json')}withdrawn-keys.json"


def _key_in(document: Document, did: str, key_id: str) -> Ed25519PublicKey | None:
    """Return the key of this id that may sign for the DID; None if its document names none."""
    may_sign, method = document.get("assertionMethod"), _method_in(document, did, key_id)
    return _key_of(method) if method and isinstance(may_sign, list) and key_id in may_sign else None


def _method_in(document: Document, did: str, key_id: str) -> Document | None:
    methods = document.get("verificationMethod")
    if not isinstance(methods, list) or document.get("id") != did:
        return None
    return next(
        (
            method
            for method in methods
            if isinstance(method, dict)
            and (method.get("id"), method.get("controller")) == (key_id, did)
        ),
        None,
    )


def _key_of(method: Document) -> Ed25519PublicKey | None:
    with suppress(ValueError):
        return proofs.from_multikey(str(method.get("publicKeyMultibase")))
    return None


def _is_between(begin: str, end: str | None, now: datetime) -> bool:
    try:
        first = datetime.fromisoformat(begin)
        last = datetime.fromisoformat(end) if end is not None else None
        return first <= now + _SKEW and (last is None or now < last)
    except (ValueError, TypeError):
        return False


def _is_of_form(value: Any, form: Any) -> bool:
    """Return whether it is of this form, with its names and its constants."""
    if form == _TEXT:
        return isinstance(value, str)
    if isinstance(form, list):
        is_list = isinstance(value, list) and len(value) == len(form)
        return is_list and all(map(_is_of_form, value, form))
    if not isinstance(form, dict):
        return type(value) is type(form) and bool(value == form)
    if many := form.get("*"):
        is_list = isinstance(value, list) and len(value) <= MOST_COLUMNS
        return is_list and all(_is_of_form(item, many) for item in value)
    named = {name.removeprefix("?"): part for name, part in form.items()}
    needed = {name for name in form if name[0] != "?"}
    return (
        isinstance(value, dict)
        and needed <= value.keys() <= named.keys()
        and all(_is_of_form(value[name], named[name]) for name in value)
    )
