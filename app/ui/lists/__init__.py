"""lists: TO DESCRIBE."""
