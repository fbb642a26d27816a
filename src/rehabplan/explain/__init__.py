"""What `explain` says of a problem code: its cause, an example, its cure, and where more is written."""
