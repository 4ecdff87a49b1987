"""What comes back: reports of mails that did not arrive, read from an account's own mailbox.

How a message is handed over belongs to `transport`, and what becomes of its row to `queue`.
"""
