"""The log as a file, as far as the filters select it."""

from console.tables import TableOrder
from console.text import t
from console.widgets.table_download import link_to_table, show_asked
from shared.log.audit_log import Wanted

_PLACE = "log"


def offer_download(wanted: Wanted) -> None:
    event_id = wanted.event.id if wanted.event else None
    link_to_table(
        _PLACE,
        t("Download as {format}", format="CSV"),
        TableOrder("log.csv", event_id, wanted),
    )
    show_asked(_PLACE)
