"""What stands around a table, in texts that every readable output of a command shares."""
