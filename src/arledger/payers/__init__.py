"""Who sees and owes what, with which methods they pay, and what an account takes."""
