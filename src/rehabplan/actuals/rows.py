"""Reads the rows of a table: every figure becomes an observation, or is named."""

from rehabplan.actuals.cells import Writings
from rehabplan.actuals.context import Context
from rehabplan.actuals.labelrows import LabelRows
from rehabplan.actuals.roles import Role
from rehabplan.actuals.rowreader import Found
from rehabplan.actuals.siterows import SiteRows
from rehabplan.actuals.tables import Table


def read_table(table: Table, context: Context, writings: Writings) -> Found:
    """Read the rows of a table, by the sites or the indicators that they name."""
    reader = (
        SiteRows(table, context, writings) if table.having(Role.SITE) else LabelRows(table, context, writings)
    )
    reader.read()
    return reader.found
