"""forms: TO DESCRIBE."""
