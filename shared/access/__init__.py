"""Access to events: keys, console sessions, roles, identities, and colleagues."""
