"""What a new template does to one of our designs, and how it is brought back."""

from collections.abc import Collection

import streamlit as st
from sqlalchemy.orm import Session

from console.group_choice import chosen_id
from console.session_key import SessionKey
from console.text import t
from shared.certificates.designs import designs
from shared.certificates.designs.changes import TemplateChange
from shared.language import N_
from shared.rendering.gallery.layouts import is_of_a_design
from shared.storage.models import Design, Event

_KEPT = SessionKey[bool]("certificate.keeps_texts")
# The version before this tab's last template, and that template's SHA-256, by event and group.
_REPLACED = SessionKey[tuple[int, str]]("certificate.replaced")


def ask(design: Design) -> bool:
    """Ask what becomes of the texts of our design, if it has some; whether that is known."""
    if not any(map(is_of_a_design, designs.layout_of(design).fields)):
        return True
    words = {False: N_("Take them off: my file says it all"), True: N_("Keep them on my file")}
    answer = st.radio(
        t("What becomes of the texts of the design, such as its title?"), list(words), index=None,
        format_func=lambda kept: t(words[kept]), key=_KEPT.of(design.event_id).name,
    )  # fmt: skip
    return answer is not None


def keeps_texts(event: Event) -> bool:
    """What was answered; True where nothing was asked."""
    return _KEPT.of(event.id).get(True) is not False


def note(before: Design | None, change: TemplateChange) -> None:
    """Note that a template of this tab has replaced a design."""
    if before:
        place = _REPLACED.of(before.event_id, change.group_id)
        place.set((before.version, change.template.sha256))


def before(session: Session, event: Event, design: Design, own: Collection[int]) -> int | None:
    """The version to go back to: what this tab's last template has replaced, or what everybody's
    design has, unless a certificate was made with it or it is one of this tab's `own` steps."""
    group_id = chosen_id(event)
    version, template_sha256 = _REPLACED.of(event.id, group_id).get((0, ""))
    if design.template_sha256 == template_sha256:
        found = designs.earlier(session, event, version)
    else:
        is_step = group_id or design.version in own
        found = None if is_step else designs.before(session, event)
    return found.version if found else None
