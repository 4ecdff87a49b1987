"""The queue of messages: entering, claiming, settling, and an organizer's commands over it.

A message's content belongs to its kind.
"""
