"""Mail: the kinds of message, how they are handed over, from which account, and in which order.

What a certificate looks like belongs to `certificates`; the worker supplies attachments.
"""
