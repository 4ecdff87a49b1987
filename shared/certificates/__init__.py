"""Certificates: an event's designs, issuing, bundles of many, and batches without an event.

Drawing belongs to `rendering`.
"""
