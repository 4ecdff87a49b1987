"""Pages of long tables, further columns of a list, and links to files with their progress."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

import streamlit as st

from console.downloads import MEDIA_TYPES, OFFERS, Download, DownloadRequest, DownloadState
from console.session_key import SessionKey
from console.text import t
from console.widgets.spoken import show_warning

Value = TypeVar("Value")


def with_further(
    row: dict[str, object], columns: Mapping[str, str], titles: Iterable[str]
) -> dict[str, object]:
    """Return `row` with the values of `titles`; a title that equals one of the row's gets a
    “(2)”."""
    own = set(row)
    further = {
        (f"{title} (2)" if title in own else title): columns.get(title, "") for title in titles
    }
    return row | further


def table_page(key: SessionKey[int], count: int, page_size: int) -> tuple[int, int]:
    """Return the page of a table of `count` rows to show, and the number of pages; both from 1.

    `key` belongs to the `st.pagination` below the table. If the table became shorter, the last page
    is shown and set in the widget, which by itself would return to the first.
    """
    pages = max(1, -(-count // page_size))
    page = int(key.get(1))
    if page > pages:
        page = pages
        key.set(page)
    return page, pages


def ticked(
    key: str, things: Sequence[Value], rows: Sequence[Mapping[str, object]], alt: str, **how: Any
) -> list[Value]:
    """Show a row for each of these things, and return those whose rows are ticked; `how` is passed
    on to `st.dataframe`."""
    table = st.dataframe(
        rows, hide_index=True, on_select="rerun", selection_mode="multi-row", alt=alt,
        # The key contains the things: when they change, chosen numbers would mean others.
        key=f"table.ticked.{key}.{hash(tuple(things))}", **how,
    )  # fmt: skip
    return [things[row] for row in table.selection.rows if row < len(things)]


# Links that download a file, and the progress of the requested one


# The key of a link's download, kept for the same request.
_OFFERED = SessionKey[str]("table.offered")
# The key of the download that was last requested, by the place where it is shown.
_ASKED = SessionKey[str]("table.asked")


def link_to_file(
    place: str, label: str, order: DownloadRequest, choice: object = None, *, is_first: bool = False
) -> None:
    """Draw a link to a file at this `place` of a screen; below the links, call `show_asked(place)`.

    `choice` distinguishes requests for the same file; an equal one finds its progress again.
    """
    offered = _OFFERED.of(order.file, hash(str((order.event_id, choice))))
    if not OFFERS.find(offered.get("")):
        offered.set(OFFERS.offer(order).key)
    key = offered.get("")
    download = OFFERS.find(key)
    assert download is not None
    # Not a download button, which keeps the whole file in memory.
    st.link_button(
        label,
        download.address,
        key=f"table.link.{place}.{order.file}",
        on_click=lambda: _ASKED.of(place).set(key),
        icon=":material/download:",
        type="primary" if is_first else "secondary",
        width="stretch" if is_first else "content",
    )


def file_button(
    label: str, made: bytes | Callable[[], bytes], name: str, key: str, icon: str = "download"
) -> None:
    """Draw a button for a small file of this `name`, which may be `made` once it is requested."""
    media_type = MEDIA_TYPES[name.rpartition(".")[2]]
    st.download_button(
        label,
        made,
        name,
        media_type,
        on_click="ignore",
        icon=f":material/{icon}:",
        key=f"table.file.{key}",
    )


def show_asked(place: str, when_done: str = "") -> None:
    """Show the progress of the file that was last requested at this place, if any was."""
    download = OFFERS.find(_ASKED.of(place).get(""))
    if download is None:
        return
    is_over = download.state in (DownloadState.DONE, DownloadState.STOPPED)

    @st.fragment(run_every=None if is_over else 1)
    def show(key: str) -> None:
        if asked := OFFERS.find(key):
            sent = t("{file} was sent to your browser.", file=asked.order.file)
            show_progress(asked, when_done or sent)

    show(download.key)


def show_progress(download: Download, when_done: str, said: str = "") -> None:
    """Show the progress of a download, which browsers do not for files of unknown size, and then
    its result; nothing before it was requested. `said` is how far it is, if not in rows.
    """
    if download.state is DownloadState.READY:
        return
    done, total = download.done, max(download.done, download.total)
    said = said or t("{done} of {total}", done=f"{done:,}", total=f"{total:,}")
    if download.state is DownloadState.STOPPED:
        show_warning("The download broke off: {told}.", told=said)
        return
    st.progress(done / total if total else 1.0, said)
    if download.state is DownloadState.DONE:
        st.success(when_done)
