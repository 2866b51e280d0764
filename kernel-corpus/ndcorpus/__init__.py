"""What the corpus commands share. Python 3.11, standard library only."""
