"""The progress of a download, since browsers only say how many bytes have arrived."""

from typing import Any

import streamlit as st

from console.offers import Download, State
from console.text import t


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
