"""Reports to a new build of the index: find, read, embed, write, verify, and tidy up old builds."""
