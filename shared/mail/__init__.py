"""Mail: the kinds of message, how one is handed over, from which account, and in which order.

What a certificate looks like belongs to `certificates`: the worker brings what is attached.
"""
