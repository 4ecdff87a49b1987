"""How rows are stored: the database, its columns, models and migrations, and what is sealed in
them.

What a row means, and when it may change, belongs to the room of its noun.
"""
