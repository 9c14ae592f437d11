"""The words of questions: plain forms, abbreviations, misspellings, synonyms and unknown words."""
