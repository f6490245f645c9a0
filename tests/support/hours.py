"""Office hours of the tests' calendars."""

from app.models.calendar import OfficeHours, parse_hours

WEEKDAY_HOURS: OfficeHours = dict.fromkeys(range(5), parse_hours(["07:30-11:30", "13:30-17:00"]))
"""Morning and afternoon from Monday to Friday: the default of the office file."""
