"""dossiers: TO DESCRIBE."""
