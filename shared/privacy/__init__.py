"""The end of what is known about people, and what they can ask for: erasure, and what is held about
them.

Adding people makes sure that nobody writes to them again (`events.erased_addresses`).
"""
