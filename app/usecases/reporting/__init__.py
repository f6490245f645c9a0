"""reporting: TO DESCRIBE."""
