"""catalogue: TO DESCRIBE."""
