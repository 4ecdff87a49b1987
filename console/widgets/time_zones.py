"""The time zones that can be chosen."""

from zoneinfo import available_timezones


def time_zones() -> list[str]:
    """Those names of the IANA time zone database that are places."""
    return sorted(zone for zone in available_timezones() if "/" in zone and "Etc" not in zone)
