"""What an index keeps on disk: reports and passages, the manifest, and who may see which reports."""
