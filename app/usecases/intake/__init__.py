"""intake: TO DESCRIBE."""
