"""From what a payer may pay, through a quote that they verify, to a receipt."""
