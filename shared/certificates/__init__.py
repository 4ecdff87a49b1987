"""Certificates: an event's designs, issuing to one person, looking up, batches without an event.

How one is drawn belongs to `rendering`.
"""
