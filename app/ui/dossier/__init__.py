"""dossier: TO DESCRIBE."""
