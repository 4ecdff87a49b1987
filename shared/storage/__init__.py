"""Storage: the database, its models and migrations, and sealing.

What a row means, and when it may change, belongs to the room of its noun.
"""
