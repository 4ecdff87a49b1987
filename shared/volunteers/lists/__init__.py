"""Lists as people bring them: files and pasted text, their columns, and what a cell says."""
