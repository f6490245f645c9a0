"""commands: TO DESCRIBE."""
