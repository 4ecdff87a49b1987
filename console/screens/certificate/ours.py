"""The designs in an organization's own colours, with its logo."""

from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from console.screens.certificate.gallery import Gallery, wish
from console.session_key import SessionKey
from console.text import t
from console.widgets.stored_fields import saved_at_once
from console.widgets.upload import as_button, show_upload
from shared.certificates.designs.artwork import sha256_of
from shared.rendering.gallery.catalogue import READABLE, STYLES, Logo, contrast
from shared.rendering.gallery.logo_colours import colours_of, without_ground
from shared.rendering.raster.uploaded_images import accept_inset

_LOGO = SessionKey[Any]("certificate.ours.logo")
_BUTTON = SessionKey[Any]("certificate.ours.button")
# Of the logos that were taken.
COUNT = SessionKey[int]("certificate.ours.count")
_COLOUR = SessionKey[str]("certificate.ours.colour")


def show_colours(wishes: Gallery) -> None:
    """The two colours of the designs, to be changed by hand."""
    taste, style, key = wishes.taste, wishes.style or STYLES[0], _COLOUR.of(*wishes.place)
    main, accent = taste.main or style.main, taste.accent or style.accent
    with st.container(horizontal=True, vertical_alignment="bottom"):
        # Streamlit takes what is no colour for the default.
        st.color_picker(
            t("Main colour"), main,
            **saved_at_once(key.of("main"), main, lambda given: wish(replace(taste, main=given))),
        )  # fmt: skip
        st.color_picker(
            t("Second colour"), accent,
            **saved_at_once(
                key.of("accent"), accent, lambda given: wish(replace(taste, accent=given))
            ),
        )  # fmt: skip
        st.button(
            t("Swap"), key="certificate.ours.swap", icon=":material/swap_horiz:",
            on_click=wish, args=(replace(taste, main=accent, accent=main),),
        )  # fmt: skip
    if contrast(main, style.paper) < READABLE:
        st.caption(t("The title is written in a darker shade, so that it can be read."))
    with st.container(horizontal=True):
        st.button(
            t("The designs' own colours"), key="certificate.ours.own",
            disabled=not (taste.main or taste.accent),
            on_click=wish, args=(replace(taste, main="", accent=""),),
        )  # fmt: skip
        if taste.logo:
            st.button(
                t("Remove the logo"), key="certificate.ours.remove", icon=":material/delete:",
                on_click=wish, args=(replace(taste, logo=None),),
            )  # fmt: skip


def show_logo(wishes: Gallery, told_in: DeltaGenerator) -> None:
    """The upload of a logo; what is said about the file is `told_in` its place."""
    show_upload(
        t("Logo (PNG, JPEG or HEIC)"),
        # A new key for each logo empties it for the next one.
        _LOGO.of(*wishes.place, COUNT.of(*wishes.place).get(0)),
        partial(make_ours, wishes),
        ["png", "jpg", "jpeg", "heic", "heif"],
        drawn_in=as_button(_BUTTON, t("Make it ours: drop your logo")),
        told_in=told_in,
    )


def make_ours(wishes: Gallery, picture: bytes) -> None:
    """Make the designs those of an organization by its logo. Raises PictureRefused and
    ReadersBusy."""
    inset = accept_inset(picture)
    count = COUNT.of(*wishes.place)
    count.set(count.get(0) + 1)
    main, accent = colours_of(inset.content)
    content = without_ground(inset.content)
    logo = Logo(sha256_of(content), inset.width, inset.height, content)
    wish(replace(wishes.taste, logo=logo, main=main, accent=accent))
