"""What holds for every request: limits of bodies, origins, headers."""
