"""Erasure, retention, deletion of events, and what is held about people, for them to read.

Adding people skips those who were erased (`events.erased_addresses`).
"""
