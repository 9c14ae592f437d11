"""Works out figures across reports: counts by theme, and what became of improvements.

Each figure comes with the remarks that it counts, so that people can open it and read the quotes. This package knows
nothing about questions, commands or pages.
"""
