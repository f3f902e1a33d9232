"""Who is who in an organisation, who may do what, and what it decided for itself."""
