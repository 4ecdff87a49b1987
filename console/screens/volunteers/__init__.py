"""The people of the list: a table to find, correct and act on them, and windows to add lists."""

import streamlit as st

from console.downloads import DownloadRequest
from console.foot import foot, onward
from console.navigation import go_to_window, open_window, show_window
from console.poster import offer_poster
from console.screens.volunteers import bringing, entering, kinds, many, names, people
from console.screens.volunteers.person import show_person
from console.session import may, reading
from console.text import language, t
from console.widgets.display import show_bars, show_numbers
from console.widgets.spoken import show_caption, show_paragraph
from console.widgets.table import link_to_file, show_asked
from shared.access.roles import Permission
from shared.language import LANGUAGE_NAMES
from shared.storage.models import Event
from shared.volunteers.people.progress import STATUS_NAMES, EventProgress, event_progress

_PLACE = "volunteers"
_OTHER_WAYS = "volunteers.other_ways"


def show() -> None:
    with reading() as (session, event):
        progress = event_progress(session, event)
    st.title(t("Volunteers"))
    _show_ways(event, has_people=progress.total > 0)
    if may(Permission.CHANGE_LIST):
        bringing.show_brought()
        if entering.is_dropped():
            go_to_window("list")
    in_groups = people.count_groups()
    if not progress.total:
        show_paragraph("Nobody is on the list yet.")
        show_caption("You can drop a file anywhere here.")
    elif may(Permission.SEE_ADDRESSES):
        shown = people.show_filters(progress)
        people.show_people(shown, progress, in_groups.people)
        many.show_bar(event.id, shown)
    else:
        people.show_names(progress)
    if progress.total:
        _show_how_far(progress, in_groups, event)
    show_person()
    with foot(t("Click a row to open it.") if progress.total else ""):
        onward("send", t("Next: send"), is_next=progress.total > 0)
    opened = {
        "list": (t("Add or update a list"), bringing.show),
        "columns": (t("Columns and groups"), kinds.show),
        "names": (t("Names"), names.show),
        "download": (t("Download certificates"), many.show_download),
    }

    def close() -> None:
        kinds.close()
        entering.forget_dropped()

    # Streamlit allows one window at a time.
    if not people.PERSON.get() and (window := opened.get(named := open_window())):
        show_window(
            *window, close, width="large" if named == "names" else "medium",
            is_beside=named in ("list", "columns"),
        )  # fmt: skip


def _show_ways(event: Event, *, has_people: bool) -> None:
    """Draw what can be done with the whole list."""
    with st.container(horizontal=True, key="volunteers.ways"):
        if may(Permission.CHANGE_LIST):
            _offer_window("list", t("Add or update a list"), "group_add", is_first=True)
        if has_people and may(Permission.EXPORT):
            with st.popover(t("Download"), icon=":material/download:"):
                for file, label in {
                    "volunteers.csv": t("Download as {format}", format="CSV"),
                    "volunteers.xlsx": t("Download as {format}", format="Excel"),
                    "mails.csv": t("Mail log (CSV)"),
                }.items():
                    link_to_file(_PLACE, label, DownloadRequest(file, event.id))
                _offer_window("download", t("Certificates"), "folder_zip")
        if kinds.is_offered(event):
            _offer_window("columns", t("Columns and groups"), "view_column")
            people.choose_columns(event)
        if may(Permission.CHANGE_LIST):
            _offer_window("names", t("Names"), "id_card")
    show_asked(_PLACE)


def _offer_window(name: str, label: str, icon: str, *, is_first: bool = False) -> None:
    st.button(
        label, key=f"volunteers.open.{name}", icon=f":material/{icon}:",
        type="primary" if is_first else "secondary", on_click=go_to_window, args=(name,),
    )  # fmt: skip


def _show_how_far(progress: EventProgress, in_groups: people.InGroups, event: Event) -> None:
    with st.expander(t("Progress"), icon=":material/monitoring:"):
        shown = [
            (t(STATUS_NAMES[status]), status, count / max(progress.total, 1), f"{count:,}")
            for status, count in progress.by_status.items()
        ]
        show_bars(t("Volunteers by status"), shown)
        if progress.mailed:
            show_numbers([(t("Mailed"), progress.mailed), (t("Bounced"), progress.came_back)])
    if may(Permission.SEE_ADDRESSES):
        people.show_groups(progress, in_groups)
    if may(Permission.EXPORT):
        # A poster and a table of links are for people whom mail does not reach.
        with st.expander(t("When mail does not arrive"), icon=":material/qr_code_2:"):
            show_caption("The poster lets people request their own link by e-mail.")
            chosen = st.radio(
                t("Language of the poster"),
                list(LANGUAGE_NAMES),
                index=list(LANGUAGE_NAMES).index(language()),
                format_func=LANGUAGE_NAMES.__getitem__,
                horizontal=True,
            )
            with st.container(horizontal=True):
                offer_poster(event, chosen, "volunteers")
                if may(Permission.CHANGE_TEXTS):
                    order = DownloadRequest("links.xlsx", event.id)
                    link_to_file(_OTHER_WAYS, t("Personal links (Excel)"), order)
        show_asked(_OTHER_WAYS)
