"""The log of who did what: writing entries, reading them, and notices for organizers."""
