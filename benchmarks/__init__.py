"""Scripts that make shipped examples and generated documentation."""
