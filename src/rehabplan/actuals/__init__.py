"""What was reported: its records, and how they are found in workbooks."""
