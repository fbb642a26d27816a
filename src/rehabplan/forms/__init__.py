"""The forms that are sent out to sites: what stands in them, and the workbooks that carry it."""
