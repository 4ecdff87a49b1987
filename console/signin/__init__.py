"""What stands in front of the console: the middleware that requires a sign-in, its page, the
session."""
