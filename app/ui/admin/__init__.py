"""admin: TO DESCRIBE."""
