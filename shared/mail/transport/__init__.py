"""How one message is handed over, and what the answer means.

Nothing here knows the queue or events.
"""
