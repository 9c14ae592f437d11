"""Trains and measures how we tell praise from criticism of a subject in a person's own words."""
