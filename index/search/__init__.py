"""A query to ranked passages: dense, sparse and semantic scores, filters and fusion."""
