"""Our own designs, each drawn with what is known of the event; one is chosen by a click."""

from dataclasses import replace
from typing import Any

import streamlit as st

from console.component import show_component
from console.previews import gallery_url
from console.screens.certificate import ours, preview, saving
from console.screens.certificate.gallery import TASTE, WISHED, Gallery, wish
from console.session import installation, refusing, store_change, writing
from console.session_key import SessionKey
from console.text import t
from console.widgets.stored_fields import saved_at_once
from shared.access.roles import Permission
from shared.certificates.designs.gallery import (
    Taste,
    store_logo,
    template_change,
)
from shared.language import LANGUAGE_NAMES, LANGUAGES, translate
from shared.rendering.gallery.catalogue import STYLES, Choice, Style, refuse_other, style_named
from shared.rendering.gallery.layouts import LONG, SHORT, TITLE
from shared.rendering.placeholders import escaped

# The name of the design that was clicked on.
WANTED = SessionKey[str]("certificate.wall.wanted")
# The design that waits until it is agreed to give up the organizer's own picture.
_ASKED = SessionKey[str]("certificate.wall.asked")
_CONTROL = SessionKey[Any]("certificate.wall.control")
# Of the pictures, in pixels: twice as many as they have on most screens.
_WIDTH = 360


def carry_out(wishes: Gallery) -> None:
    """Store what was clicked on, and ask what it needs."""
    if (taste := WISHED.take()) is not None:
        _wish(wishes, taste)
    if name := WANTED.take():
        style = style_named(name)
        # A picture of the organizer's own is given up only if they agree.
        if wishes.design and not wishes.style:
            _ASKED.of(*wishes.place).set(style.name)
        elif wishes.style != style:
            use(wishes, style, wishes.taste)
    _ask_whether_to_replace(wishes)


def show(wishes: Gallery) -> None:
    """As a group of radio buttons with pictures; what stands where one could not be drawn is
    `unfit`."""
    facts = preview.facts_shown(wishes.event, wishes.name, wishes.columns)
    st.caption(t("All with your event's name and the first volunteer of your list. Click one."))
    designs = [
        {
            "name": style.name,
            "title": t(style.title),
            "looks": t(style.looks),
            "picture": gallery_url(
                _choice(wishes, style, wishes.taste), facts, wishes.before, _WIDTH
            ),
        }
        for style in STYLES
    ]
    shown = {
        "designs": designs,
        "chosen": wishes.style.name if wishes.style else None,
        "ratio": SHORT / LONG if wishes.taste.is_upright else LONG / SHORT,
        "label": t("Design"),
        "unfit": t("Its texts do not fit."),
    }
    show_component("wall", shown, chosen=WANTED.set)


def _wish(wishes: Gallery, taste: Taste) -> None:
    with refusing():
        refuse_other(*filter(None, (taste.main, taste.accent)))
        if wishes.style and taste != wishes.taste:
            use(wishes, wishes.style, taste)
        elif not wishes.style:
            TASTE.of(*wishes.place).set(taste)
            st.rerun()


def use(wishes: Gallery, style: Style, taste: Taste) -> None:
    """Store one of our designs, with what was written on the one before."""
    choice = _choice(wishes, style, taste)
    with refusing():
        if taste.logo:
            with writing(Permission.CHANGE_DESIGN) as (session, event):
                store_logo(session, event, taste.logo)
        with st.spinner(t("Drawing it …")):
            settings = installation().settings
            change = template_change(settings, choice, wishes.group_id, wishes.before)
        store_change(change)
        _ASKED.of(*wishes.place).take()
        saving.note_done(t(style.title))
        st.rerun()


def _ask_whether_to_replace(wishes: Gallery) -> None:
    asked = _ASKED.of(*wishes.place)
    if wishes.style or not (name := asked.get()):
        asked.take()
        return
    style = style_named(name)
    st.warning(
        t(
            "“{design}” takes the place of your picture and of everything that was placed on it. "
            "Certificates that were issued stay as they are.",
            design=t(style.title),
        ),
        icon=":material/swap_horiz:",
    )
    with st.container(horizontal=True):
        if st.button(t("Replace what there is"), type="primary", key=_CONTROL.of("agree").name):
            use(wishes, style, wishes.taste)
        st.button(t("Keep mine"), key=_CONTROL.of("keep").name, on_click=asked.set, args=("",))


def show_kind_of_sheet(wishes: Gallery) -> None:
    """Landscape or portrait; and folded, the language, and what is called otherwise on paper."""
    taste, key = wishes.taste, _CONTROL.of(*wishes.place)
    with st.container(horizontal=True, vertical_alignment="center", width="content"):
        st.segmented_control(
            t("Format"), [False, True], required=True,
            format_func=lambda one: t("Portrait") if one else t("Landscape"),
            label_visibility="collapsed",
            **saved_at_once(
                key.of("upright"), taste.is_upright,
                lambda given: wish(replace(taste, is_upright=given)),
            ),
        )  # fmt: skip
        with st.popover(t("Texts, colours"), icon=":material/palette:"):
            st.segmented_control(
                t("Language of the certificate"), LANGUAGES, required=True,
                format_func=lambda one: LANGUAGE_NAMES[one],
                **saved_at_once(
                    key.of("language"), taste.language,
                    lambda given: wish(replace(taste, language=given)),
                ),
            )  # fmt: skip
            if not wishes.before:
                # On paper, names may be shorter than elsewhere; later all of it is changed on the
                # sheet.
                event, words = wishes.event, _CONTROL.of(wishes.event.id)
                st.text_input(
                    t("Title"), translate(TITLE, taste.language), max_chars=120,
                    key=words.of("title", taste.language).name,
                )  # fmt: skip
                st.text_input(t("Event"), event.name, max_chars=200, key=words.of("event").name)
                st.text_input(
                    t("Organization"), event.organization, max_chars=200,
                    key=words.of("organization").name,
                )  # fmt: skip
            ours.show_colours(wishes)


def _choice(wishes: Gallery, style: Style, taste: Taste) -> Choice:
    """The design, with what was said in `show_kind_of_sheet`. Only what is called otherwise on
    paper stays as it is when the event is renamed."""
    choice, event = wishes.choice(style, taste), wishes.event
    if wishes.before or style.is_record:
        return choice
    key = _CONTROL.of(event.id)
    title = key.of("title", choice.language).get(choice.title)
    name = key.of("event").get(event.name)
    organization = key.of("organization").get(event.organization)
    return replace(
        choice,
        title=title,
        event=choice.event if name == event.name else escaped(name),
        organization=(
            choice.organization if organization == event.organization else escaped(organization)
        ),
    )
