"""`certs issuer`: who signs certificates, for the owner."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from shared.cli.process import AsJson, WhichEvent, a_file, changing, prepare, say, writing
from shared.events.installation import Installation
from shared.events.opening import open_installation
from shared.features.credentials import issuers
from shared.features.credentials.document import did_at, did_document, is_resolvable
from shared.rendering.uploads.accepted import accept_inset

app = typer.Typer(add_completion=False)

Slug = Annotated[str, typer.Argument(help="The last part of its address, for ever.")]
Name = Annotated[str, typer.Option(help="Who signs, as verifiers show it.")]
Logo = Annotated[Path | None, a_file("Its logo, as verifiers show it: PNG or JPEG.")]
Page = Annotated[str, typer.Option(help="Its page: https://…")]


@app.command()
def create(slug: Slug, name: Name, page: Page, logo: Logo = None, as_json: AsJson = False) -> None:
    """Make another issuer, for an organization that you vouch for.

    Example: `certs issuer create shelter --name "City Shelter" --page https://shelter.example.org`
    """
    picture = accept_inset(logo.read_bytes()) if logo else None
    with writing() as (installation, session):
        issuers.create(session, slug, name, page, picture)
    _say(installation, slug, as_json)


@app.command()
def describe(
    slug: Slug, name: Name, page: Page, logo: Logo = None, as_json: AsJson = False
) -> None:
    """Change an issuer's name, page and logo, for credentials from now on.

    Example: `certs issuer describe shelter --name Shelter --page https://shelter.example.org`
    """
    picture = accept_inset(logo.read_bytes()) if logo else None
    with writing() as (installation, session):
        issuer = issuers.find(session, slug)
        issuers.describe(session, issuer, name=name, page=page, logo=picture)
    _say(installation, slug, as_json)


@app.command()
def assign(slug: Slug, event: WhichEvent = 0, as_json: AsJson = False) -> None:
    """Let this issuer sign an event's certificates from now on; installation: as before.

    Example: `certs issuer assign shelter --event 2`
    """
    with changing(event) as (installation, session, chosen):
        issuers.assign(session, chosen, slug)
    _say(installation, slug, as_json)


@app.command()
def show(slug: Annotated[str, typer.Argument()] = "", as_json: AsJson = False) -> None:
    """Print the issuers: DID, name, page, keys and events.

    Example: `certs issuer show`
    """
    installation = open_installation(prepare())
    with installation.database.reading() as session:
        if slug not in ("", issuers.INSTALLATION):
            issuers.find(session, slug)
        slugs = [issuer.slug for issuer in issuers.everybody(session)]
    for name in [slug] if slug else slugs:
        _say(installation, name, as_json)
    if not is_resolvable(installation.settings.public_url):
        typer.echo(
            f"Nothing is signed: {installation.settings.public_url} (PUBLIC_URL) is no address "
            "that others reach by https and a name.",
            err=True,
        )


@app.command()
def rotate(
    slug: Slug,
    leaked: Annotated[
        bool,
        typer.Option(
            "--leaked", help="A key may be known to others: what it signed counts no more."
        ),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Make a new signing key. Earlier ones go on verifying, unless they leaked.

    Example: `certs issuer rotate shelter`
    """
    with writing() as (installation, session):
        issuers.rotate(session, installation.seal, issuers.find(session, slug), leaked=leaked)
    _say(installation, slug, as_json)


@app.command()
def export(slug: Slug) -> None:
    """Print did.json, by which credentials of this issuer are verified.

    Example: `certs issuer export shelter`
    """
    with writing() as (installation, session):
        issuer = issuers.find(session, slug)
        issuers.active_key(session, installation.seal, issuer)
        keys = issuers.public_keys(session, issuer)
    did = did_at(installation.settings.public_url, slug)
    typer.echo(json.dumps(did_document(did, keys), ensure_ascii=False, indent=2))


def _say(installation: Installation, slug: str, as_json: bool) -> None:
    did = did_at(installation.settings.public_url, slug)
    with installation.database.reading() as session:
        [issuer] = [issuer for issuer in issuers.everybody(session) if issuer.slug == slug]
        named = issuers.named(installation.settings, issuer, did)
        keys = issuers.keys_of(session, issuer) if issuer.id else []
        events = [event.id for event in issuers.events_of(session, issuer)]
    told_keys: list[dict[str, Any]] = [
        {
            "name": key.name,
            "public": key.public_key,
            "retired": key.retired_at is not None,
            "leaked": key.leaked_at is not None,
        }
        for key in keys
    ]
    told = {"slug": slug, "did": did, "name": named.name, "page": named.page, "logo": named.logo}
    written = ", ".join(
        key["name"] + (" (leaked)" if key["leaked"] else " (retired)" if key["retired"] else "")
        for key in told_keys
    )
    parts = [did, named.name, named.page, f"keys: {written or 'none yet'}"]
    parts += [f"events: {', '.join(map(str, events))}"] if events else []
    say({**told, "keys": told_keys, "events": events}, "\t".join(parts), as_json)
