"""A working project to begin with: an example plan, an example report, settings, and what to do with them."""
