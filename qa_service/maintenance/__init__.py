"""Keeping the index up to date: uploads, updates, background builds and watched folders."""
