"""What columns of reports are for."""

from enum import StrEnum

from rehabplan.i18n import N_


class Role(StrEnum):
    """What a column is for."""

    ID = N_("id")
    NUMBER = N_("row number")
    LABEL = N_("indicator")
    UNIT = N_("unit of measure")
    GOAL = N_("goal of the year")
    YEAR_TO_DATE = N_("result, year to date")
    ACTUAL = N_("result")
    IN_PERIOD = N_("result of the period alone")
    AT_DATE = N_("level at the cut-off")
    EVER = N_("cumulative since the beginning")
    NUMERATOR = N_("numerator")
    DENOMINATOR = N_("denominator")
    ESTIMATE = N_("estimate")
    EARLIER = N_("an earlier period or year")
    COMPARISON = N_("percentage or comparison")
    OTHER = N_("what is left or missing")
    NOTE = N_("remark")
    PERSON = N_("name of a person")
    SITE = N_("site")
    PERIOD = N_("period")
    SENSE = N_("plan or result, in each row")


VALUE_ROLES = (Role.YEAR_TO_DATE, Role.ACTUAL, Role.AT_DATE, Role.EVER, Role.IN_PERIOD)
"""Columns an actual can be taken from."""
NAME_ROLES = (Role.LABEL, Role.ID, Role.SITE, Role.PERSON)
"""Columns that say what a row is about."""
