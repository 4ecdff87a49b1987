"""How one message is handed over, and what the answer means.

Neither queue nor events are known here.
"""
