"""Handing one message over, and the meaning of the answer.

Nothing here knows the queue or events.
"""
