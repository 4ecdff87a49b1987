"""Taking invitations back while they leave."""

from shared.events import event_for_change
from shared.mail.queue import controls
from shared.mail.queue.long_commands import Told, take_back_in_turns
from shared.storage.database import Database
from shared.storage.models import Sending


def take_back_invitations(database: Database, event_id: int, told: Told = lambda _: None) -> int:
    """Stop the event's sending, and then take back what has not left; how many mails.

    Stopped in a commit of its own, since a long list takes seconds to take back, in which nothing
    may get away. Certificates that were promised leave afterwards, unless the organizer had
    stopped everything before; interrupted, it stays stopped. Raises EventUnknown.
    """
    with database.writing() as session:
        event = event_for_change(session, event_id)
        was_running = event.sending is Sending.RUNNING
        controls.pause(event)
    taken = take_back_in_turns(database, event_id, told)
    with database.writing() as session:
        event = event_for_change(session, event_id)
        # What was queued meanwhile.
        taken += controls.cancel(session, event)
        if was_running:
            event.sending = Sending.RUNNING
    return taken
