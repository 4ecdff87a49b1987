"""The volunteers' side: the six calls for programs, and the pages behind people's links."""
