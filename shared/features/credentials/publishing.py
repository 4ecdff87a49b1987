"""Everything that verifiers fetch, as files for any web server, which outlive this installation,
and a page that verifies by them in the browser."""

import json
import os
import re
import secrets
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx2
from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.destinations import Reach
from shared.errors import DestinationRefused, ProductError
from shared.events.installation import Installation
from shared.features.credentials import (
    achievements,
    carried,
    issuers,
    proofs,
    status_lists,
    stored,
    verifying,
)
from shared.features.credentials.document import (
    CONTEXTS,
    did_at,
    did_document,
    withdrawn_document,
)
from shared.features.credentials.models import Achievement, Issuer, IssuerLogo, StatusList
from shared.features.credentials.proofs import Document
from shared.language import LANGUAGES, N_, translate
from shared.mail.tokens.judged_transport import JudgedTransport, answer_of
from shared.storage.clock import database_time
from shared.storage.models import ALIVE, Certificate, Event

_PART = 200
_PUBLIC_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}\.json")


@dataclass
class Published:
    """The numbers of files of each kind that were written, and of credentials that were taken
    away."""

    issuers: int = 0
    lists: int = 0
    achievements: int = 0
    credentials: int = 0
    removed: int = 0


def publish(
    installation: Installation,
    folder: Path,
    *,
    until: datetime | None = None,
    with_credentials: bool = False,
) -> Published:
    """Write keys, lists, what is thanked for, and a page to verify by them, into `folder`, or bring
    them up to date there.

    Lists are believed for a day, or `until` then: a withdrawal after this is not seen. Credentials
    with names are written only if asked for; those of people who were erased go. Each file is
    replaced as a whole. Raises SettingRefused when no key opens a signing key, and ProductError for
    what would lie outside of the folder.
    """
    done = Published()
    _write_issuers(installation, folder, done)
    _write_lists(installation, folder, until, done)
    kept: set[str] = set()
    with installation.database.reading() as session:
        for achievement in session.scalars(select(Achievement)):
            content = {"@context": CONTEXTS, **achievement.document}
            name = f"achievements/{achievement.public_id}"
            _write(folder, f"{name}.json", proofs.written(content))
            kept.add(f"{achievement.public_id}.json")
            if "image" in achievement.document and not (folder / f"{name}.jpg").exists():
                picture = achievements.picture_of(session, achievement.id)
                if picture:
                    _write(folder, f"{name}.jpg", picture)
    done.achievements = len(kept)
    _remove_others(folder / "achievements", kept)
    signed: set[str] = set()
    for certificate in _certificates(installation) if with_credentials else ():
        if credential := stored.served(installation, certificate.id):
            signed.add(f"{certificate.public_id}.json")
            _write(folder, f"verify/{certificate.public_id}.json", credential)
    done.credentials, done.removed = len(signed), _remove_others(folder / "verify", signed)
    for name, page in _page().items():
        _write(folder, f"verify/{name}", page)
    return done


def _write_issuers(installation: Installation, folder: Path, done: Published) -> None:
    with installation.database.reading() as session:
        for issuer in session.scalars(select(Issuer).order_by(Issuer.id)):
            if keys := issuers.public_keys(session, issuer):
                did = did_at(installation.settings.public_url, issuer.slug)
                content = proofs.written(did_document(did, keys))
                _write(folder, f"issuers/{issuer.slug}/did.json", content)
                done.issuers += 1
                if withdrawn := issuers.withdrawn_keys(session, issuer):
                    content = proofs.written(withdrawn_document(did, withdrawn))
                    _write(folder, f"issuers/{issuer.slug}/withdrawn-keys.json", content)
        for slug, logo in session.execute(
            select(Issuer.slug, IssuerLogo).join(Issuer, Issuer.id == IssuerLogo.issuer_id)
        ):
            _write(folder, f"issuers/{slug}/{logo.sha256}.png", logo.content)


def _write_lists(
    installation: Installation, folder: Path, until: datetime | None, done: Published
) -> None:
    with installation.database.reading() as session:
        now = database_time(session)
        lists = session.scalars(select(StatusList).order_by(StatusList.id)).all()
    for of_bits in lists:
        with installation.database.writing() as session:
            issuer = session.get_one(Issuer, of_bits.issuer_id)
            key = issuers.active_key(session, installation.seal, issuer)
        end = until or now + status_lists.BELIEVED
        content = status_lists.signed_list(installation.seal, of_bits, key, now, end)
        _write(folder, f"status/{of_bits.public_id}.json", content)
        done.lists += 1


def _remove_others(folder: Path, kept: Collection[str]) -> int:
    """Take away what an earlier run wrote there, and this one did not; return how many files that
    were."""
    others = [
        file
        for file in folder.glob("*.json")
        # Only what has the form of ours.
        if file.name not in kept and _PUBLIC_NAME.fullmatch(file.name)
    ]
    for file in others:
        file.unlink()
        file.with_suffix(".jpg").unlink(missing_ok=True)
    return len(others)


def _certificates(installation: Installation) -> Iterator[Certificate]:
    last = 0
    of_events = select(Certificate).join(Event, Event.id == Certificate.event_id)
    of_events = of_events.where(ALIVE).order_by(Certificate.id).limit(_PART)
    while True:
        with installation.database.reading() as session:
            part = session.scalars(of_events.where(Certificate.id > last)).all()
        if not part:
            return
        stored.sign_lacking(installation, [certificate.id for certificate in part])
        yield from part
        last = part[-1].id


def _write(folder: Path, name: str, content: bytes) -> None:
    """Write a file of this name below the folder, unless it is there. Raises ProductError for one
    that lies elsewhere, whatever the database says."""
    file = folder / name
    if not file.resolve().is_relative_to(folder.resolve()):
        raise ProductError(
            N_(
                "“{name}” lies outside of {folder}, so it was not written. Was the database "
                "restored from a backup that somebody changed?"
            ),
            name=name,
            folder=str(folder),
        )
    if file.exists() and file.read_bytes() == content:
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    try:
        draft.write_bytes(content)
        os.replace(draft, file)
    finally:
        draft.unlink(missing_ok=True)


# The page

_FILES = Path(__file__).parent / "page"
_WORDS = {
    "title": N_("Verify a certificate"),
    "intro": N_(
        "Choose the certificate as you have it: the PDF, the PNG picture, or the signed credential "
        "(JSON)."
    ),
    "file": N_("The file"),
    "stays": N_("It stays on your device: this page checks it there, by what is published here."),
    "proves": N_("What this proves"),
    "proof": N_(
        "Who issued what to which name, and that nothing was changed. It does not prove that the "
        "person who shows it has that name."
    ),
    "good": N_("Signed and valid"),
    "bad": N_("This file does not prove anything"),
    "not_checked": N_("This could not be checked"),
    "revoked_heading": N_("It was signed, and is no longer valid"),
    "organization": N_("Organization, as stated by the organizer"),
    "name": N_("Name"),
    "event": N_("Thanked for"),
    "number": N_("Number"),
    "issuer": N_("Signed by"),
    "says": N_("It says: "),
    "issued": N_("Issued at"),
    "not_the_picture": N_(
        "Only these facts are signed, not what the file looks like. Compare it with them."
    ),
    "not_ours": verifying.NOT_OURS,
    "forged": verifying.FORGED,
    "key_withdrawn": verifying.KEY_WITHDRAWN,
    "key_elsewhere": verifying.KEY_ELSEWHERE,
    "list_elsewhere": verifying.LIST_ELSEWHERE,
    "list_wrong": verifying.LIST_WRONG,
    "list_old": verifying.LIST_OLD,
    "revoked": verifying.REVOKED,
    "early": verifying.EARLY,
    "nothing": carried.NOTHING,
    "several": carried.SEVERAL,
    "unable": N_(
        "Not checked: this browser cannot check the signature. A current one can, at an https "
        "address."
    ),
    "unreachable": N_("Not checked: what is published here could not be read."),
    "not_published": N_(
        "The credential of this certificate is not published here. Choose the file that you have."
    ),
}


def _page() -> dict[str, bytes]:
    """Return the page and its script by name, the same each time."""
    texts = {
        language: {
            name: translate(words, language, address="{address}", day="{day}", page="{page}")
            for name, words in _WORDS.items()
        }
        for language in LANGUAGES
    }
    forms = {"credential": verifying.CREDENTIAL_FORM, "list": verifying.LIST_FORM}
    data = {"forms": forms | {"most": verifying.MOST_COLUMNS}, "texts": texts}
    written = json.dumps(data, ensure_ascii=False, indent=1).replace("<", "\\u003c")
    page = (_FILES / "verify.html").read_text("utf-8")
    return {
        "index.html": page.replace("DATA", written).encode(),
        "verify.js": (_FILES / "verify.js").read_bytes(),
    }


# What is verified by: what was published, what is known here, what issuers answer


class Folder:
    """The published files, perhaps none, or a single `did.json`, for verifying without a
    network."""

    def __init__(self, place: Path) -> None:
        self._place = place
        files = [place] if place.is_file() else sorted(place.glob("issuers/*/did.json"))
        self._documents = self._by_did(files)
        self._withdrawn = self._by_did(sorted(place.glob("issuers/*/withdrawn-keys.json")))

    @staticmethod
    def _by_did(files: Iterable[Path]) -> dict[object, Document]:
        documents = (verifying.read(file.read_bytes()) for file in files)
        return {document.get("id"): document for document in documents if document}

    def key(self, did: str) -> Document | None:
        return self._documents.get(did)

    def withdrawn(self, did: str) -> Document | None:
        return self._withdrawn.get(did)

    def list(self, address: str) -> Document | None:
        name = address.rpartition("/")[2]
        file = self._place / "status" / name
        if not _PUBLIC_NAME.fullmatch(name) or not file.is_file():
            return None
        return verifying.read(file.read_bytes(), verifying.LARGEST_LIST)


class Own:
    """The knowledge of this installation itself, for verifying without a network."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation

    def key(self, did: str) -> Document | None:
        """Return the document of an issuer of ours, also under an earlier PUBLIC_URL."""
        with self._installation.database.reading() as session:
            issuer = self._issuer(session, did)
            return did_document(did, issuers.public_keys(session, issuer)) if issuer else None

    def withdrawn(self, did: str) -> Document | None:
        with self._installation.database.reading() as session:
            issuer = self._issuer(session, did)
            keys = issuers.withdrawn_keys(session, issuer) if issuer else {}
            return withdrawn_document(did, keys)

    def _issuer(self, session: Session, did: str) -> Issuer | None:
        slug = did.rpartition(":")[2]
        issuer = session.scalar(select(Issuer).where(Issuer.slug == slug))
        if issuer is None:
            return None
        earlier = select(StatusList.did).where(StatusList.issuer_id == issuer.id).distinct()
        current = did_at(self._installation.settings.public_url, slug)
        return issuer if did in {current, *session.scalars(earlier)} else None

    def list(self, address: str) -> Document | None:
        with self._installation.database.reading() as session:
            found = session.scalar(select(StatusList).where(StatusList.address == address))
        if found is None:
            return None
        content: Any = json.loads(status_lists.served(self._installation, found.public_id))
        return dict(content)


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

    def withdrawn(self, did: str) -> Document | None:
        known = self._beside.withdrawn(did) if self._beside else None
        address = verifying.withdrawn_at(did) or ""
        told = known or (self._at(address, verifying.LARGEST) if address else None)
        # Of other programs nobody expects it.
        self.troubles.pop(address, None)
        return told

    def list(self, address: str) -> Document | None:
        known = self._beside.list(address) if self._beside else None
        return known or self._at(address, verifying.LARGEST_LIST)

    def _at(self, address: str, most: int) -> Document | None:
        if address not in self._answers:
            self._answers[address] = None
            try:
                if not address.startswith("https://"):
                    raise ValueError("it does not begin with https://")
                answer = answer_of(address, JudgedTransport(self._reach))
                if answer.status_code != 200:
                    raise ValueError(f"it answers {answer.status_code}")
                self._answers[address] = verifying.read(answer.content, most)
                if self._answers[address] is None:
                    self.troubles[address] = "its answer is no document, or a very large one"
            except DestinationRefused:
                self.troubles[address] = "it lies in a private network (TRUSTED_NETWORKS)"
            # Addresses that are none, too.
            except (httpx2.HTTPError, httpx2.InvalidURL, ValueError) as fault:
                self.troubles[address] = str(fault) or type(fault).__name__
        return self._answers[address]
