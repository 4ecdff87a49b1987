"""Who signs certificates: the installation, and others that its owner vouches for."""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import streamlit as st
from sqlalchemy.orm import Session

from console.confirmation import comes_first
from console.session import actor, event_names, installation, refusing, require, say
from console.session_key import SessionKey
from console.streamlit_edge.names import UploadedFile
from console.text import plain, t
from shared.access.roles import Permission
from shared.events import event_for_change
from shared.features.credentials import issuers
from shared.features.credentials.document import IssuerProfile as Named
from shared.features.credentials.document import did_at, is_resolvable
from shared.rendering.uploads.accepted import accept_inset
from shared.rendering.uploads.template import Template
from shared.settings import settings
from shared.storage.models import Issuer, IssuerKey, IssuerLogo

# Counts what was saved: afterwards the fields are others, which are empty again.
_SAVED = SessionKey[int]("credentials.saved")


@dataclass(frozen=True)
class _Shown:
    """An issuer as it is shown, with its keys and its events, the first ones first."""

    slug: str
    named: Named
    # The octets of a PNG; empty: none.
    logo: bytes
    keys: Sequence[IssuerKey]
    events: Sequence[str]


def show() -> None:
    st.title(t("Issuers"))
    st.caption(
        t(
            "Anyone can verify signed certificates. This installation signs for every "
            "event without another issuer. You vouch for its name."
        )
    )
    address = settings().public_url
    if not is_resolvable(address):
        st.warning(
            t(
                "Nothing is signed yet: {address} (PUBLIC_URL) is not a public https address.",
                address=plain(address),
            )
        )
    with installation().database.reading() as session:
        shown = [_shown(session, one) for one in issuers.everybody(session)]
    for one in shown:
        with st.container(border=True, key=f"credentials.one.{one.slug}"):
            _show_one(one)
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
    events = [one.name for one in issuers.events_of(session, issuer)]
    return _Shown(issuer.slug, named, logo.content if logo else b"", keys, events)


def _show_one(one: _Shown) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        if one.logo:
            picture = b64encode(one.logo).decode()
            st.html(
                f'<img src="data:image/png;base64,{picture}" alt="" height="40">', width="content"
            )
        st.markdown(f"**{plain(one.named.name)}**", width="content")
        if one.slug == issuers.INSTALLATION:
            st.badge(t("This installation"))
    st.caption(plain(one.named.page))
    st.code(one.named.did, language=None, wrap_lines=True)
    if one.events:
        st.markdown(t("Signs for: {events}", events=plain(" · ".join(one.events))))
    elif one.slug == issuers.INSTALLATION:
        st.markdown(t("Signs for every event without another issuer."))
    else:
        st.markdown(t("Signs for no event yet."))
    with st.expander(t("Name, page and logo"), icon=":material/edit:"):
        st.caption(t("New signatures say this. Certificates already signed do not change."))
        if not comes_first(f"credentials.{one.slug}"):
            _describe(one)
    _show_keys(one)


def _describe(one: _Shown) -> None:
    with st.form(f"credentials.describe.{one.slug}", border=False):
        name, page, logo = _fields(one.slug, one.named.name, one.named.page)
        if st.form_submit_button(t("Save"), type="primary", key=f"credentials.save.{one.slug}"):
            accepted = _accepted(logo)
            with _storing(t("Saved.")) as session:
                issuer = issuers.find(session, one.slug)
                issuers.describe(session, issuer, name=name, page=page, logo=accepted)


def _fields(slug: str, name: str = "", page: str = "") -> tuple[str, str, UploadedFile | None]:
    """The fields about an issuer, filled with what is stored."""
    suffix = f"{slug}.{_SAVED.get(0)}"
    return (
        st.text_input(
            t("Name (shown by verifiers)"),
            name,
            max_chars=issuers.LONGEST_NAME,
            key=f"credentials.name.{suffix}",
        ),
        st.text_input(
            t("Its page"),
            page,
            type="url",
            placeholder="https://example.org",
            key=f"credentials.page.{suffix}",
        ),
        st.file_uploader(
            t("Logo (PNG, JPEG or HEIC)"),
            ["png", "jpg", "jpeg", "heic", "heif"],
            key=f"credentials.logo.{suffix}",
        ),
    )


# The keys of an issuer, and how a new one takes their place


def _show_keys(one: _Shown) -> None:
    with st.expander(t("Signing keys"), icon=":material/key:"):
        if one.keys:
            st.markdown("\n".join(f"- {_of_key(key)}" for key in one.keys))
        else:
            st.markdown(t("The first key is made with the first signature."))
        st.caption(
            t(
                "A new key does not affect earlier signatures. Make one after a change "
                "of staff, or once a year."
            )
        )
        if st.button(t("Make a new key"), key=f"credentials.rotate.{one.slug}"):
            _rotate(one.slug, t("The new key is in use. Earlier signatures still verify."))
        st.divider()
        leak = t("Somebody else may have a key")
        st.markdown(f"**{leak}**")
        st.markdown(
            t(
                "Everything signed with the earlier keys becomes invalid. Certificates "
                "are signed again, and everybody who has one is asked by mail to "
                "download it again. You cannot undo this."
            )
        )
        is_sure = st.checkbox(
            t("Yes, invalidate all earlier signatures"),
            key=f"credentials.sure.{one.slug}.{_SAVED.get(0)}",
        )
        if st.button(
            t("Revoke all keys"),
            key=f"credentials.leaked.{one.slug}",
            icon=":material/warning:",
            disabled=not is_sure or not one.keys,
        ):
            said = t("All earlier keys are revoked. Certificates are being signed again.")
            _rotate(one.slug, said, leaked=True)


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


def _rotate(slug: str, said: str, *, leaked: bool = False) -> None:
    with _storing(said) as session:
        issuers.rotate(session, installation().seal, issuers.find(session, slug), leaked=leaked)


# Which issuer signs for which event, and another issuer


def show_assigning(shown: Sequence[_Shown]) -> None:
    st.header(t("Who signs for an event"))
    with installation().database.reading() as session:
        names = {one.id: one.name for one in event_names(session)}
    signers = {one.slug: one.named.name for one in shown}
    with st.form("credentials.assign"):
        event_id = st.selectbox(
            t("Event"), list(names), format_func=names.__getitem__, key="credentials.assign.event"
        )
        slug = st.selectbox(
            t("Issuer"),
            list(signers),
            format_func=signers.__getitem__,
            key="credentials.assign.slug",
        )
        st.caption(t("For certificates signed from now on."))
        if st.form_submit_button(t("Let it sign")):
            said = t(
                "{issuer} now signs for “{event}”.",
                issuer=plain(signers[slug]),
                event=plain(names[event_id]),
            )
            with _storing(said) as session:
                issuers.assign(session, event_for_change(session, event_id), slug)


def show_creating() -> None:
    st.header(t("Another issuer"))
    with st.form("credentials.create"):
        slug = st.text_input(
            t("Short name of the issuer"),
            max_chars=40,
            key=f"credentials.slug.{_SAVED.get(0)}",
            help=t(
                "Up to 40 of a-z, 0-9 and -. It ends the issuer's address and can never change."
            ),
        )
        name, page, logo = _fields("")
        if st.form_submit_button(t("Create the issuer"), key="credentials.create.button"):
            picture = _accepted(logo)
            said = t("Issuer created: {name}.", name=plain(name))
            with _storing(said) as session:
                issuers.create(session, slug, name, page, picture)


def _accepted(logo: UploadedFile | None) -> Template | None:
    """Read before anything is locked."""
    if logo is None:
        return None
    with refusing(), st.spinner(t("Reading the file …")):
        return accept_inset(logo.getvalue())
    st.stop()


@contextmanager
def _storing(said: str) -> Iterator[Session]:
    """A session that writes for the owner; then the screen is shown anew, and this is `said`. A
    refusal is shown in place."""
    require(Permission.MANAGE_EVENTS)
    with refusing():
        with installation().database.writing(by=actor()) as session:
            yield session
        _SAVED.set(_SAVED.get(0) + 1)
        say(said)
        st.rerun()
