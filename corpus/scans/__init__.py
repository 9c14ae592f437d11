"""Pages that are pictures: finding them, making them straight, and reading their words with Tesseract."""
