"""Returned mail: reports of mails that did not arrive, read from an account's own mailbox.

Handing over belongs to `transport`, and the message's row to `queue`.
"""
