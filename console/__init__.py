"""The organizer's console: it reads what a person enters, calls `shared`, and shows the outcome."""
