"""What several measurements share: figures, a running service, real reports and questions about them."""
