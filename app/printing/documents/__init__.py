"""documents: TO DESCRIBE."""
