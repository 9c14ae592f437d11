"""What people leave with the service: conversations, feedback and access tokens."""
