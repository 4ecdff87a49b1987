"""The worker: claims due messages, draws what they carry, hands them over, records outcomes.

Which messages are due is up to the queue.
"""
