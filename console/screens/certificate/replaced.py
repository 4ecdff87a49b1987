"""What a new template does to the texts of one of our designs."""

import streamlit as st

from console.session_key import SessionKey
from console.text import t
from shared.certificates.designs import designs
from shared.language import N_
from shared.rendering.gallery.layouts import is_of_a_design
from shared.storage.models import Design, Event

_KEPT = SessionKey[bool]("certificate.keeps_texts")


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
