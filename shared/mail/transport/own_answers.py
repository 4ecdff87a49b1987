"""What this program says of a server in place of the server's own words."""

import re

from shared.errors import DestinationRefused
from shared.language import N_

NOT_REACHED = "not asked: it lies in a private network"
# Whatever answers at an address that somebody typed need not be a mail server: its words are
# neither shown nor kept until it has greeted with 220 (RFC 5321, 3.1).
NO_MAIL_SERVER = "something answers there that does not greet as a mail server"
# Said before the server is asked for the recipient: no address was tried.
ONLY_ASCII = "the mail server takes no addresses with letters outside of ASCII (SMTPUTF8)"
TURNED_AWAY = "it turned the connection away instead of greeting"


def is_own(text: str) -> bool:
    """Whether `text` was said by this program, so that it is no server's word to quote."""
    return text.startswith((NOT_REACHED, NO_MAIL_SERVER, TURNED_AWAY))


ADVICE = (
    (re.compile(NOT_REACHED), DestinationRefused.message),
    (
        re.compile(NO_MAIL_SERVER),
        N_("There is no mail server at this address. Check the server's name and the port."),
    ),
    (
        re.compile(re.escape(ONLY_ASCII)),
        N_(
            "The mail server of this account takes no addresses with letters outside of ASCII. Ask "
            "this person for another address, or send from another account."
        ),
    ),
)
# After what is known better: too many connections, or a limit.
LAST_ADVICE = (
    (
        re.compile(TURNED_AWAY),
        N_(
            "The server takes no connection from here. Check the server's name and the port; if "
            "they are right, ask its provider whether this network is on a block list."
        ),
    ),
)
