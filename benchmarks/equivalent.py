"""Mutants that no test can notice, each with the reason: by module, function, text before and after."""

EQUIVALENT: dict[tuple[str, str, str, str], str] = {}
