"""Words of questions: plain forms, abbreviations, misspellings, other words for the same thing, and unknown words."""
