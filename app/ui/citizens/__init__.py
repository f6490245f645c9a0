"""citizens: TO DESCRIBE."""
