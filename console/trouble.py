"""What a screen says after an unexpected error."""

import logging

from console.session import refuse
from console.text import in_words, t
from shared.errors import DISK_FULL, ProductError
from shared.storage.database import DATABASE_AWAY, cause, is_disk_full

_log = logging.getLogger(__name__)


def show_trouble(trouble: Exception) -> bool:
    """Tell the reader about an unexpected error; True, since nothing else needs to be shown."""
    if isinstance(trouble, ProductError):
        refuse(in_words(trouble))
    elif is_disk_full(trouble):
        _log.error("The disk is full: %s", cause(trouble))
        refuse(t(DISK_FULL))
    elif isinstance(trouble, DATABASE_AWAY):
        refuse(t("The database does not answer. Nothing is lost; try again in a moment."))
    else:
        _log.error("A screen broke", exc_info=trouble)
        refuse(t("This is a fault of the program. It stands in the log; reload the page."))
    return True
