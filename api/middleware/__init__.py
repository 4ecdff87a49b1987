"""What applies to every request: body limits, origins, headers."""
