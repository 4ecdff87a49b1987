"""Names that look untidy: offered as people would write them, all of a kind by one press."""

import streamlit as st

from console.screens.recipients.columns import Draft
from console.session_key import SessionKey
from console.text import plain, t, tn
from shared.volunteers.lists.list_parser import Recipient, RecipientList
from shared.volunteers.lists.tidied_names import Untidy, tidied, untidy_names, with_tidied_names

# The kinds whose offer was taken, for one list: the next one is asked about anew.
_TAKEN = SessionKey[set[Untidy]]("recipients.tidied")
_EXAMPLES = 2


def with_taken(draft: Draft) -> RecipientList:
    """The list with its names tidied as far as somebody wished it."""
    return with_tidied_names(draft.pasted, _taken(draft))


def show_untidy(draft: Draft, new: list[Recipient]) -> None:
    """The names that can be tidied, by kind, and what they would become."""
    _show_taken(draft)
    found = untidy_names(one.name for one in new)
    if not found:
        return
    changes = {
        plain(name): plain(tidied(name, [kind]))
        for kind, names in found.items()
        for name in names[:_EXAMPLES]
    }
    examples = "  \n".join(f"{name} → {better}" for name, better in changes.items())
    st.info(
        t("These names can be written otherwise, if you wish:") + "  \n" + examples,
        icon=":material/match_case:",
    )
    with st.container(horizontal=True):
        for kind, names in found.items():
            st.button(
                _offer(kind, len(names)), key=f"recipients.tidy.{kind}", icon=":material/check:",
                on_click=_taken(draft).add, args=(kind,),
            )  # fmt: skip


def _offer(kind: Untidy, count: int) -> str:
    match kind:
        case Untidy.WIDE:
            return tn(
                "Tidy {count} name in full-width letters",
                "Tidy {count} names in full-width letters",
                count,
            )
        case Untidy.TITLE:
            return tn(
                "Leave out the title of {count} name",
                "Leave out the titles of {count} names",
                count,
            )
        case Untidy.BRACKET:
            return tn(
                "Leave out the brackets of {count} name",
                "Leave out the brackets of {count} names",
                count,
            )
        case Untidy.CAPITALS:
            return tn("Tidy {count} name in capitals", "Tidy {count} names in capitals", count)
        case Untidy.SMALL:
            return tn(
                "Tidy {count} name in small letters", "Tidy {count} names in small letters", count
            )


def _show_taken(draft: Draft) -> None:
    if not _taken(draft):
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(t("Names are tidied as you wished."), width="content")
        st.button(
            t("Undo"), key="recipients.tidy.undo", on_click=_taken(draft).clear, type="tertiary"
        )


def _taken(draft: Draft) -> set[Untidy]:
    return _TAKEN.of(draft.fingerprint).keep(set())
