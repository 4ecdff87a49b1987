"""The outbox: what is to be mailed, by whom, when, and what became of it."""
