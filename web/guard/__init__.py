"""Who may ask, and how much: signing in, permissions, limits and security headers."""
