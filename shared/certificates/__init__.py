"""Certificates: an event's designs, issuing, looking up, and batches without an event.

Drawing belongs to `rendering`.
"""
