"""What an installation shows to those who hold its links: compared before and after an upgrade."""

import hashlib
import io
from collections.abc import Iterable
from typing import Any

import httpx
import pymupdf
from PIL import Image
from sqlalchemy import select

from shared.events.installation import Installation
from shared.storage.models import Certificate, Volunteer


def shown(installation: Installation, api: httpx.Client) -> dict[str, Any]:
    """Everything behind links: `people` and their `own` PDFs by token; `facts`, and `certificates`
    that stand, by public id."""
    with installation.database.reading() as session:
        sealed = session.scalars(select(Volunteer.token).where(Volunteer.token.is_not(None))).all()
        issued = session.scalars(select(Certificate)).all()
    tokens = [installation.seal.open_token(token) for token in sealed if token]
    standing = [row.public_id for row in issued if not row.is_void]
    return {
        "people": people(api, tokens),
        "own": own_pdfs(api, tokens),
        "certificates": certificates(api, standing),
        "facts": {row.public_id: _facts(row) for row in issued},
    }


def _facts(row: Certificate) -> dict[str, Any]:
    """What its page says: of somebody who was erased, no more than that."""
    return {
        "name": row.name,
        "number": row.number,
        "replaced": bool(row.replaced_at),
        "withdrawn": row.withdrawal_reason,
        "erased": row.is_erased,
        "taken_back": bool(row.taken_back_at),
        "public": {title: row.columns[title] for title in row.public_columns},
    }


def own_pdfs(api: httpx.Client, tokens: Iterable[str]) -> dict[str, str]:
    """The text of each person's own PDF, where there is one: it alone has secrets in full."""
    answers = {token: api.get("/my-certificate.pdf", params={"token": token}) for token in tokens}
    return {
        token: _page(answer.content)["pdf_text"]
        for token, answer in answers.items()
        if answer.status_code == 200
    }


def people(api: httpx.Client, tokens: Iterable[str]) -> dict[str, Any]:
    """What getUserInfo answers to each token."""
    return {
        token: api.get("/api/getUserInfo", params={"token": token}).raise_for_status().json()
        for token in tokens
    }


def certificates(api: httpx.Client, public_ids: Iterable[str]) -> dict[str, dict[str, str]]:
    """The pixels of each certificate's pictures, and what its PDF says and looks like."""
    return {
        public_id: {
            "jpg": pixels(_file(api, public_id, "jpg")),
            "png": pixels(_file(api, public_id, "png")),
            **_page(_file(api, public_id, "pdf")),
        }
        for public_id in public_ids
    }


def _file(api: httpx.Client, public_id: str, format: str) -> bytes:
    return api.get(f"/certificates/{public_id}.{format}").raise_for_status().content


def pixels(picture: bytes) -> str:
    """What a picture shows, whatever its bytes."""
    return hashlib.sha256(Image.open(io.BytesIO(picture)).convert("RGB").tobytes()).hexdigest()


def _page(pdf: bytes) -> dict[str, str]:
    with pymupdf.open(stream=pdf) as document:
        page = document[0]
        look = page.get_pixmap(dpi=25, colorspace=pymupdf.csGRAY).tobytes("png")
        return {"pdf_text": page.get_text(), "pdf_look": look.hex()}
