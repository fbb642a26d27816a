"""Output formats, one module each: from results to text."""
