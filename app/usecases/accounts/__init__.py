"""accounts: TO DESCRIBE."""
