"""People who are on an event's list: adding and changing them, searching, groups, progress."""
