"""Returned mail told by webhook: a relay calls an address of ours for each mail that came back.

What an event says is judged and settled like a report in a mailbox. A new service is a class in a
file of its own, and a line in `services`.
"""
