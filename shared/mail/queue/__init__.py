"""The queue of messages: entering, claiming, settling, and an organizer's commands over it.

What a message says belongs to its kind.
"""
