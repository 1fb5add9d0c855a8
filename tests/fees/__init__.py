"""The tests of fees: amounts, graces, rules, and what is proposed by them."""
