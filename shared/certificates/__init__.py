"""Certificates: an event's designs, issuing, bundles of many, and batches without an event.

`rendering` draws them.
"""
