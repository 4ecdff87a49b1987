"""Links that download a table, and the progress of the requested one."""

from typing import Any

import streamlit as st

from console.downloads import OFFERS, Order, offer
from console.offers import Download, State
from console.session_key import SessionKey
from console.text import t

# The key of a link's offer, the same for the same order.
_OFFERED = SessionKey[str]("table_download.offered")
# The key of the offer that was last requested, by the place where it is shown.
_ASKED = SessionKey[str]("table_download.asked")


def link_to_table(place: str, label: str, order: Order) -> None:
    """A link, beside others at this `place` of a screen; below them, `show_asked(place)`."""
    key = _key_of(order)
    download = OFFERS.find(key)
    assert download is not None
    # Not a download button, which keeps the whole file in memory.
    st.link_button(
        label,
        download.address,
        key=f"table_download.link.{place}.{order.file}",
        on_click=lambda: _ASKED.of(place).set(key),
        icon=":material/download:",
    )


def show_asked(place: str) -> None:
    """The progress of the table that was last requested at this place, if any was."""
    download = OFFERS.find(_ASKED.of(place).get(""))
    if download is None:
        return
    is_over = download.state in (State.DONE, State.STOPPED)
    st.fragment(_show, run_every=None if is_over else 1)(download.key)


def _show(key: str) -> None:
    if download := OFFERS.find(key):
        show_progress(download, t("{file} was sent to your browser.", file=download.order.file))


def _key_of(order: Order) -> str:
    """The same key for the same order, so that its progress is found again."""
    wanted = {**vars(order.wanted), "event": order.event_id} if order.of else order.event_id
    offered = _OFFERED.of(order.file, hash(str(wanted)))
    if not OFFERS.find(offered.get("")):
        offered.set(offer(order).key)
    return offered.get("")


# The progress of a download, since browsers only say how many bytes have arrived


def show_progress(download: Download[Any], when_done: str) -> None:
    """A progress bar, and then the result; nothing before the download was requested."""
    if download.state is State.READY:
        return
    done, total = download.done, max(download.done, download.total)
    told = t("{done} of {total}", done=f"{done:,}", total=f"{total:,}")
    if download.state is State.STOPPED:
        st.warning(t("The download ended before its end: {told}.", told=told))
        return
    st.progress(done / total if total else 1.0, told)
    if download.state is State.DONE:
        st.success(when_done)
