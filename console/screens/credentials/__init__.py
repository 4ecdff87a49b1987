"""The issuers that sign certificates: the installation, and others that its owner vouches for."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import streamlit as st
from sqlalchemy.orm import Session

from console.confirmation import comes_first
from console.event_choice import names_of, offered
from console.session import event_names, installation
from console.session_key import SessionKey
from console.text import distinct, plain, t
from console.widgets.pressed import ButtonAct, act_button
from console.widgets.spoken import show_caption, show_paragraph, show_warning
from shared.access.roles import Permission
from shared.events import event_for_change
from shared.features.credentials import issuers
from shared.features.credentials.document import IssuerProfile as Named
from shared.features.credentials.document import did_at, is_resolvable
from shared.features.credentials.models import Issuer, IssuerKey, IssuerLogo
from shared.rendering.uploads.accepted import accept_inset
from shared.rendering.uploads.template import Template
from shared.settings import settings

# The number of saves: it is part of the fields' keys, so that they are empty after each.
_SAVED = SessionKey[int]("credentials.saved")
_FIELD = SessionKey[Any]("credentials.issuer")
_ASSIGN = SessionKey[Any]("credentials.assign")
# The name, page and logo of an issuer.
_Described = tuple[str, str, Template | None]


@dataclass(frozen=True)
class _Shown:
    """An issuer as it is shown, with its keys, and the names of its events."""

    slug: str
    named: Named
    # The octets of a PNG; empty if there is none.
    logo: bytes
    keys: Sequence[IssuerKey]
    events: Sequence[str]


def show() -> None:
    st.title(t("Issuers"))
    show_caption(
        "Anyone can verify signed certificates. This installation signs for every "
        "event without another issuer. You vouch for its name."
    )
    address = settings().public_url
    if not is_resolvable(address):
        show_warning(
            "Nothing is signed yet: {address} (PUBLIC_URL) is not a public https address.",
            address=plain(address),
        )
    with installation().database.reading() as session:
        shown = [_shown(session, issuer) for issuer in issuers.everybody(session)]
    for issuer in shown:
        with st.container(border=True, key=f"credentials.one.{issuer.slug}"):
            _show_one(issuer)
    if comes_first("credentials.forms"):
        return
    left, right = st.columns(2, gap="large")
    with left:
        show_assigning(shown)
    with right:
        show_creating()


def _shown(session: Session, issuer: Issuer) -> _Shown:
    address = settings().public_url
    named = issuers.named(installation().settings, issuer, did_at(address, issuer.slug))
    logo = session.get(IssuerLogo, (issuer.id, issuer.logo)) if issuer.logo else None
    keys = issuers.keys_of(session, issuer) if issuer.id else []
    events = [event.name for event in issuers.events_of(session, issuer)]
    return _Shown(issuer.slug, named, logo.content if logo else b"", keys, events)


def _show_one(issuer: _Shown) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        if issuer.logo:
            picture = b64encode(issuer.logo).decode()
            st.html(
                f'<img src="data:image/png;base64,{picture}" alt="" height="40">', width="content"
            )
        st.markdown(f"**{plain(issuer.named.name)}**", width="content")
        if issuer.slug == issuers.INSTALLATION:
            st.badge(t("This installation"))
    st.caption(plain(issuer.named.page))
    st.code(issuer.named.did, language=None, wrap_lines=True)
    if issuer.events:
        show_paragraph("Signs for: {events}", events=plain(" · ".join(issuer.events)))
    elif issuer.slug == issuers.INSTALLATION:
        show_paragraph("Signs for every event without another issuer.")
    else:
        show_paragraph("Signs for no event yet.")
    with st.expander(t("Name, page and logo"), icon=":material/edit:"):
        show_caption("New signatures say this. Certificates already signed do not change.")
        if not comes_first(f"credentials.{issuer.slug}"):
            with st.form(f"credentials.describe.{issuer.slug}", border=False):
                typed = _fields(issuer.slug, issuer.named.name, issuer.named.page)
                _owner_button(
                    t("Save"), f"credentials.save.{issuer.slug}", partial(_store, issuer.slug),
                    t("Saved."), typed=typed, first=_accepted, in_form=True, type="primary",
                )  # fmt: skip
    _show_keys(issuer)


def _store(slug: str, session: Session, typed: _Described) -> None:
    name, page, logo = typed
    issuers.describe(session, issuers.find(session, slug), name=name, page=page, logo=logo)


def _fields(slug: str, name: str = "", page: str = "") -> tuple[SessionKey[Any], ...]:
    """Draw the fields of an issuer, filled with what is stored, and return their places."""
    places = [_FIELD.of(name, slug, _SAVED.get(0)) for name in ("name", "page", "logo")]
    st.text_input(
        t("Name (shown by verifiers)"), name, max_chars=issuers.LONGEST_NAME, key=places[0].name
    )
    st.text_input(
        t("Its page"), page, type="url", placeholder="https://example.org", key=places[1].name
    )
    formats = ["png", "jpg", "jpeg", "heic", "heif"]
    st.file_uploader(t("Logo (PNG, JPEG or HEIC)"), formats, key=places[2].name)
    return tuple(places)


def _show_keys(issuer: _Shown) -> None:
    """Show the keys of an issuer, and the ways to replace and to revoke them."""
    with st.expander(t("Signing keys"), icon=":material/key:"):
        if issuer.keys:
            st.markdown("\n".join(f"- {_of_key(key)}" for key in issuer.keys))
        else:
            show_paragraph("The first key is made with the first signature.")
        show_caption(
            "A new key does not affect earlier signatures. Make one after a change "
            "of staff, or once a year."
        )
        seal = installation().seal

        def rotate(session: Session, *, leaked: bool = False) -> None:
            issuers.rotate(session, seal, issuers.find(session, issuer.slug), leaked=leaked)

        said = t("The new key is in use. Earlier signatures still verify.")
        _owner_button(t("Make a new key"), f"credentials.rotate.{issuer.slug}", rotate, said)
        st.divider()
        leak = t("Somebody else may have a key")
        st.markdown(f"**{leak}**")
        show_paragraph(
            "Everything signed with the earlier keys becomes invalid. Certificates "
            "are signed again, and everybody who has one is asked by mail to "
            "download it again. You cannot undo this."
        )
        is_sure = st.checkbox(
            t("Yes, invalidate all earlier signatures"),
            key=f"credentials.sure.{issuer.slug}.{_SAVED.get(0)}",
        )
        said = t("All earlier keys are revoked. Certificates are being signed again.")
        _owner_button(
            t("Revoke all keys"), f"credentials.leaked.{issuer.slug}",
            partial(rotate, leaked=True), said, icon="warning",
            disabled=not is_sure or not issuer.keys,
        )  # fmt: skip


def _of_key(key: IssuerKey) -> str:
    until = key.leaked_at or key.retired_at
    days = {"made": str(key.created_at.date()), "until": str(until.date()) if until else ""}
    if key.leaked_at:
        said = t("{made} to {until}, revoked: its signatures are invalid", **days)
    elif key.retired_at:
        said = t("{made} to {until}: its signatures still verify", **days)
    else:
        said = t("since {made}, in use", **days)
    return f"`{key.name}` {said}"


def show_assigning(shown: Sequence[_Shown]) -> None:
    with installation().database.reading() as session:
        names = names_of(offered(event_names(session)))
    if not names:
        return
    st.header(t("Who signs for an event"))
    signers = distinct({issuer.slug: issuer.named.name for issuer in shown})

    def assign(session: Session, event_id: int, slug: str) -> str:
        issuers.assign(session, event_for_change(session, event_id), slug)
        called = {"issuer": plain(signers[slug]), "event": plain(names[event_id])}
        return t("{issuer} now signs for “{event}”.", **called)

    with st.form("credentials.assign"):
        event, issuer = _ASSIGN.of("event"), _ASSIGN.of("slug")
        st.selectbox(t("Event"), list(names), format_func=names.__getitem__, key=event.name)
        st.selectbox(t("Issuer"), list(signers), format_func=signers.__getitem__, key=issuer.name)
        show_caption("For certificates signed from now on.")
        key, typed = "credentials.assign.button", (event, issuer)
        _owner_button(t("Let it sign"), key, assign, typed=typed, in_form=True)


def show_creating() -> None:
    st.header(t("Another issuer"))
    with st.form("credentials.create"):
        slug = _FIELD.of("slug", _SAVED.get(0))
        st.text_input(
            t("Short name of the issuer"),
            max_chars=40,
            key=slug.name,
            help=t(
                "Up to 40 of a-z, 0-9 and -. It ends the issuer's address and can never change."
            ),
        )
        typed = (slug, *_fields(""))
        _owner_button(
            t("Create the issuer"), "credentials.create.button", _create, typed=typed,
            first=_accepted, in_form=True,
        )  # fmt: skip


def _create(session: Session, typed: tuple[str, str, str, Template | None]) -> str:
    slug, name, page, logo = typed
    issuers.create(session, slug, name, page, logo)
    return t("Issuer created: {name}.", name=plain(name))


def _accepted(*typed: Any) -> tuple[Any, ...]:
    """Return what is typed, with the logo, which is last, as it was accepted. Raises
    ProductError."""
    *texts, logo = typed
    return (*texts, accept_inset(logo.getvalue()) if logo else None)


def _owner_button(label: str, key: str, act: ButtonAct, said: str = "", **how: Any) -> None:
    """Draw a button by which the owner stores something and empties the fields."""

    def empty_fields() -> None:
        _SAVED.set(_SAVED.get(0) + 1)

    act_button(
        label, key, act, Permission.MANAGE_EVENTS, said, then=empty_fields, is_of_event=False, **how
    )
