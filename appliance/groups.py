"""Groups of a school's people, for whom it may look for other things: its years, and its staff."""

from appliance import people_file

STAFF = "staff"


def of(role: str, year: str) -> str:
    """Empty where nobody knows."""
    return STAFF if role == STAFF else year_words(year)


def named(written: str) -> str:
    """The group somebody means; ValueError where there is none of that name."""
    if written.strip().casefold() == STAFF:
        return STAFF
    try:
        year = people_file.year(written.strip())
    except ValueError:
        year = ""
    if not year:
        raise ValueError(f"there is no group {written!r}; a group is staff, Reception or Year 1 to Year 13")
    return year_words(year)


def year_words(year: str) -> str:
    """A school year as people say it: 7 is "Year 7", R is "Reception"; anything else stays as the school wrote it."""
    if year.isdigit():
        return f"Year {year}"
    return "Reception" if year == "R" else year
