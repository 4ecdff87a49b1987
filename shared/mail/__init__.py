"""Mail: the kinds of message, their transports, the accounts that they are sent from, and their
queue.

Drawing a certificate belongs to `certificates`; the worker supplies attachments.
"""
