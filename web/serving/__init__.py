"""What the pages and the JSON interface share: the open index, reports, page images and uploads."""
