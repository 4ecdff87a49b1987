"""The texts of an event's mails, with a preview."""

from dataclasses import dataclass
from functools import partial

import streamlit as st
from sqlalchemy.orm import Session

from console import group_choice
from console.foot import foot, onward
from console.session import Viewer, reader, reading
from console.session_key import SessionKey
from console.text import in_words, plain, t
from console.widgets.display import isolated_page
from console.widgets.pressed import act_button
from console.widgets.saving_fields import SavingFields
from console.widgets.spoken import show_caption, show_paragraph
from console.widgets.stored_fields import SAVED_BY_ANOTHER, show_both
from shared.access.roles import Permission
from shared.errors import ProductError, SettingRefused
from shared.events.groups import GROUP_UNKNOWN, with_id, wording_of
from shared.events.settings import drop_drafts, set_draft, set_wording
from shared.language import N_
from shared.mail.kinds.registry import Kind, editable
from shared.mail.kinds.texts import check_wording, default_wording, preview
from shared.storage.models import Event, Group

_FIELD = SessionKey[str]("wording.field")
_BOTH = SessionKey[None]("wording.both")
# The labels of the way back, for everybody and for a group.
_BACK = (N_("Restore the original text"), N_("Use the general text"))


def show() -> None:
    st.title(t("Mail texts"))
    group_choice.show_choice()
    with reading() as (_, event):
        group = group_choice.chosen(event)
        shown = {kind.family: kind for kind in editable(event)}
        family = st.pills(
            t("Mail"),
            list(shown),
            default=next(iter(shown)),
            required=True,
            key="wording.mail",
            format_func=lambda family: t(shown[family].title),
        )
    left, right = st.columns(2, gap="large")
    with left:
        wording = _edited(event, group, shown[family])
    with right:
        try:
            text = preview(event, shown[family], wording, group)
        except SettingRefused as refusal:
            st.error(in_words(refusal))
        else:
            show_paragraph("Preview:")
            st.caption(plain(text.subject))
            st.iframe(isolated_page(text.html), height=620, alt=t("Preview of the mail"))
    group_choice.offer_first()


@dataclass(frozen=True)
class _Text:
    """The text of a kind of message, for everybody or for a group: the one in use, and its draft.

    Methods raise ProductError if the group is gone.
    """

    kind: Kind
    group_id: int | None

    def used(self, event: Event) -> dict[str, str]:
        own = wording_of(event, self._group(event), self.kind.family)
        return default_wording(self.kind, event.language) | own

    def drafts(self, event: Event) -> dict[str, dict[str, str]]:
        owner = self._group(event) or event
        parts: dict[str, dict[str, str]] = owner.wording_drafts.get(self.kind.family, {})
        return parts

    def shown(self, event: Event, part: str) -> str:
        draft = self.drafts(event).get(part)
        return draft["text"] if draft else self.used(event)[part]

    def overtaken(self, event: Event) -> list[str]:
        """Return the parts whose text in use is not the one that the draft was to replace."""
        used = self.used(event)
        drafts = self.drafts(event).items()
        return [part for part, draft in drafts if draft["instead_of"] != used[part]]

    def keep(self, _: Session, event: Event, part: str, text: str) -> None:
        kept = self.drafts(event).get(part, {})
        before = kept.get("instead_of", self.used(event)[part])
        family, group = self.kind.family, self._group(event)
        set_draft(event, family, part, text, instead_of=before, group=group)

    def decide(self, who: Viewer, event_id: int, parts: list[str], *, is_mine: bool) -> None:
        """Let the draft replace the texts that others have put in use, or give it up for them."""
        with who.writing(event_id, Permission.CHANGE_TEXTS) as (_, event):
            family, group, used = self.kind.family, self._group(event), self.used(event)
            for part in parts:
                text = self.shown(event, part) if is_mine else used[part]
                set_draft(event, family, part, text, instead_of=used[part], group=group)

    def use(self, event: Event, wording: dict[str, str]) -> None:
        """Put a text in use and drop the draft. A group stores only parts that differ from
        everybody's text."""
        group = self._group(event)
        if group:
            everybodys = _Text(self.kind, None).used(event)
            wording = {
                part: text if text.split() != everybodys[part].split() else ""
                for part, text in wording.items()
            }
        subject, body = wording["subject"], wording["body"]
        set_wording(event, self.kind.family, subject=subject, body=body, group=group)
        drop_drafts(event, self.kind.family, group)

    def discard(self, event: Event) -> None:
        drop_drafts(event, self.kind.family, self._group(event))

    def _group(self, event: Event) -> Group | None:
        group = with_id(event, self.group_id)
        if self.group_id is not None and group is None:
            raise ProductError(GROUP_UNKNOWN)
        return group


def _edited(event: Event, group: Group | None, kind: Kind) -> dict[str, str]:
    """Draw the fields and buttons of a text, and return the draft or else the text in use."""
    text = _Text(kind, group.id if group else None)
    place = _FIELD.of(text.group_id, kind.family, event.language)
    labels = {"subject": t("Subject"), "body": t("Text")}
    fields = SavingFields(place, event, text.shown, text.keep)
    fields.show(st.text_input, "subject", labels["subject"], max_chars=200)
    fields.show(st.text_area, "body", labels["body"], height=340)
    wording, used = {part: text.shown(event, part) for part in labels}, text.used(event)
    known = " ".join(f"`{{{name}}}`" for name in kind.placeholders)
    show_caption("Placeholders for each person: {placeholders}", placeholders=known)
    is_used, overtaken = not text.drafts(event), text.overtaken(event)

    def use(_: Session, event: Event, typed: dict[str, str]) -> None:
        """Use what is typed, if it can be sent. Raises ProductError if somebody else has changed
        the draft that was shown or the text that was used."""
        check_wording(kind, typed)
        is_seen = all(text.shown(event, part) in (wording[part], typed[part]) for part in typed)
        if text.overtaken(event) or text.used(event) != used or not is_seen:
            raise ProductError(SAVED_BY_ANOTHER)
        text.use(event, typed)

    with st.container(horizontal=True, vertical_alignment="center"):
        act_button(
            t("Use this text"), "wording.use", use, Permission.CHANGE_TEXTS,
            t("This text is now in use."), typed=(fields,), type="primary",
        )  # fmt: skip
        if not is_used:
            act_button(
                t("Discard the draft"), "wording.discard", lambda _, locked: text.discard(locked),
                Permission.CHANGE_TEXTS, t("The draft is discarded."),
            )  # fmt: skip
        if is_used and kind.family in (group or event).wording:
            act_button(
                t(_BACK[group is not None]), "wording.back",
                lambda _, locked: text.use(locked, {"subject": "", "body": ""}),
                Permission.CHANGE_TEXTS, t("The original text is restored."),
            )  # fmt: skip
        if not is_used:
            st.badge(t("Draft, not used yet"), color="orange")
    if overtaken:
        decide = partial(text.decide, reader(), event.id, overtaken)
        show_both(
            _BOTH.of(place.name),
            [(labels[part], used[part], wording[part]) for part in overtaken],
            give_up=partial(decide, is_mine=False),
            insist=partial(decide, is_mine=True),
        )
    with foot(
        t("This text is in use.") if is_used else t("Your draft is saved, but not used yet.")
    ):
        onward("send", t("Next: send"))
    return wording
