"""This program's own texts in place of a mail server's answer."""

NOT_REACHED = "not asked: it lies in a private network"
# Something that answers at a typed address need not be a mail server: its text is neither shown nor
# stored before it has greeted with 220 (RFC 5321, 3.1).
NO_MAIL_SERVER = "something answers there that does not greet as a mail server"
# Said before the server gets a recipient: no address was tried.
ONLY_ASCII = "the mail server takes no addresses with letters outside of ASCII (SMTPUTF8)"
# For an answer that would have come later.
CUT_HERE = "this program ended while it waited for the server's answer"
# For a mail that ended this program twice in a row while it was composed.
STUCK = "this program got stuck on this mail twice"
# Followed by a word of a `SignInEnded` or `SignInBusy`, or by a server's words.
NO_TOKEN = "no token from the provider"  # noqa: S105
TOKEN_REFUSED = "the mail server refused the token"  # noqa: S105
TURNED_AWAY = "it turned the connection away instead of greeting"
