"""Code that several measurements share: figures, a running service, the real reports, and questions about them."""
