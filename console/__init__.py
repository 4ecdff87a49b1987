"""The organizer's screens: read what a person enters, call `shared`, show the outcome."""
