"""A certificate's public addresses: its file, and the page that verifies it."""

import httpx
import pytest
from sqlalchemy import select

from api.calls.volunteer import store_name
from shared.events.installation import Installation
from shared.storage.models import Certificate
from tests.support.api_server import Invited, ana, api, default_event, server_url

__all__ = ["ana", "api", "default_event", "server_url"]


@pytest.fixture
def issued(installation: Installation, ana: Invited) -> Certificate:
    return store_name(installation, ana.token, "Ana Lima")


@pytest.mark.parametrize(
    ("format", "media_type", "start"),
    [
        ("jpg", "image/jpeg", b"\xff\xd8\xff"),
        ("png", "image/png", b"\x89PNG"),
        ("pdf", "application/pdf", b"%PDF"),
    ],
)
def test_a_certificate_is_the_same_file_every_time(
    api: httpx.Client, issued: Certificate, format: str, media_type: str, start: bytes
) -> None:
    path = f"/certificates/{issued.public_id}.{format}"
    first, second = api.get(path), api.get(path)
    assert first.status_code == 200
    assert first.headers["content-type"] == media_type
    assert first.content.startswith(start)
    assert first.content == second.content
    assert f"certificate-{issued.number}.{format}" in first.headers["content-disposition"]


def test_an_unchanged_certificate_is_not_sent_again(api: httpx.Client, issued: Certificate) -> None:
    path = f"/certificates/{issued.public_id}.jpg"
    tag = api.get(path).headers["etag"]
    again = api.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == tag
    assert api.get(path, headers={"If-None-Match": '"another"'}).status_code == 200


def test_each_format_and_size_has_a_tag_of_its_own(api: httpx.Client, issued: Certificate) -> None:
    path = f"/certificates/{issued.public_id}"
    answers = [api.get(path + end) for end in (".jpg", ".png", ".jpg?width=300")]
    assert len({answer.headers["etag"] for answer in answers}) == 3
    assert len(answers[2].content) < len(answers[0].content)


@pytest.mark.parametrize("public_id", ["x", "A" * 22, "%2e%2e%2fapp", "A" * 5000])
def test_an_unknown_certificate_is_404(api: httpx.Client, public_id: str) -> None:
    assert api.get(f"/certificates/{public_id}.jpg").status_code == 404
    page = api.get(f"/verify/{public_id}")
    assert page.status_code == 404


def test_looking_at_certificates_writes_nothing(
    api: httpx.Client, installation: Installation, issued: Certificate
) -> None:
    api.get(f"/verify/{issued.public_id}")
    api.head(f"/certificates/{issued.public_id}.pdf")
    with installation.database.reading() as session:
        stored = session.scalars(select(Certificate)).one()
    assert stored.replaced_at is None
    assert stored.created_at == issued.created_at


def test_names_are_escaped_on_the_verification_page(
    api: httpx.Client, installation: Installation, ana: Invited
) -> None:
    hostile = '<b onclick=x>Ana</b> & "Co"'
    certificate = store_name(installation, ana.token, hostile)
    page = api.get(f"/verify/{certificate.public_id}").text
    assert "<b onclick" not in page
    assert "&lt;b onclick=x&gt;Ana&lt;/b&gt; &amp; &#34;Co&#34;" in page
