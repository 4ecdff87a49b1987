"""The rehearsal: messages that stay in a local mailbox, and how an event leaves it."""
