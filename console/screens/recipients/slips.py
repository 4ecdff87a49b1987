"""Addresses whose domain is a typo away from a common one, corrected by one press."""

import streamlit as st

from console.session_key import SessionKey
from console.text import plain, t, tn
from shared.preflight.flight_check import mistyped
from shared.volunteers.lists.list_parser import Recipient, RecipientList, with_addresses

# The addresses, in lower case, whose suggestion was accepted, with their replacements.
_SUGGESTIONS = SessionKey[dict[str, str]]("recipients.suggestions")

# How many suspicious addresses are shown before the list is added.
FIRST_FEW = 5


def corrected(event_id: int, pasted: RecipientList) -> RecipientList:
    """The list with the accepted suggestions."""
    return with_addresses(pasted, _taken(event_id))


def show_slips(event_id: int, new: list[Recipient]) -> None:
    """The addresses that can still be corrected, and how to."""
    _show_taken(event_id)
    meant = _meant(new)
    if not meant:
        return
    lines = [
        t("Looks mistyped: {address} → {domain}?", address=plain(address),
          domain=plain(_domain(better)))
        for address, better in list(meant.items())[:FIRST_FEW]
    ]  # fmt: skip
    more = len(meant) - FIRST_FEW
    if more > 0:
        lines.append(tn("{count} more looks mistyped.", "{count} more look mistyped.", more))
    st.warning("  \n".join(lines), icon=":material/spellcheck:")
    with st.container(horizontal=True):
        for address, better in list(meant.items())[:FIRST_FEW]:
            _offer(event_id, {address: better}, t("Take {address}", address=plain(better)))
        if len(meant) > 1:
            _offer(event_id, meant, t("Take all {count} suggestions", count=len(meant)))


def _meant(new: list[Recipient]) -> dict[str, str]:
    """The suspicious addresses as written in the list, with what was probably meant."""
    domains = {domain: common for domain, common, _ in mistyped([one.email for one in new])}
    return {
        one.email: f"{one.email.rpartition('@')[0]}@{domains[_domain(one.email)]}"
        for one in new
        if _domain(one.email) in domains
    }


def _offer(event_id: int, meant: dict[str, str], label: str) -> None:
    which = "all" if len(meant) > 1 else next(iter(meant))
    st.button(
        label,
        key=f"recipients.take.{which}",
        on_click=_take,
        args=(event_id, meant),
        icon=":material/check:",
    )


def _take(event_id: int, meant: dict[str, str]) -> None:
    _taken(event_id).update({address.lower(): better for address, better in meant.items()})


def _show_taken(event_id: int) -> None:
    count = len(_taken(event_id))
    if not count:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(
            tn("{count} address was corrected.", "{count} addresses were corrected.", count),
            width="content",
        )
        st.button(
            t("Undo"), key="recipients.undo", on_click=_taken(event_id).clear, type="tertiary"
        )


def _taken(event_id: int) -> dict[str, str]:
    return _SUGGESTIONS.of(event_id).keep({})


def _domain(email: str) -> str:
    return email.rpartition("@")[2].lower()
