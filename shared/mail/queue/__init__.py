"""The queue of messages: entering, claiming and settling them, and an organizer's commands.

A message's content belongs to its kind.
"""
