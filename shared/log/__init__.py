"""The log of who did what: writing an entry, reading it, and what organizers are told from it."""
