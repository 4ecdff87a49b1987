"""The worker: claims due messages, draws what they carry, hands them over, writes down outcomes.

Which message is due belongs to the queue.
"""
