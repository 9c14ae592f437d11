"""Questions with known evidence, asked and scored."""
