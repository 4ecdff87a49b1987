"""Who may open what: keys, console sessions, roles, identities, and colleagues on an event."""
