"""The plan of a year: its records, its rules, and how it is read from YAML."""
