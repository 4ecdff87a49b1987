"""What stands in front of the console: a middleware that lets in who signed in, page, session."""
