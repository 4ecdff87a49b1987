"""Mail: the kinds of message, their transports, the accounts that they are sent from, and their
queue.

The look of a certificate belongs to `certificates`; the worker supplies attachments.
"""
