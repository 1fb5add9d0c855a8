"""Amounts, days and receipts as the people of a country read them. Loads Babel where it is used."""
