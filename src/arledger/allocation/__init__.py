"""Who gets the money: orders of application, the decision, and its reasons.

Data flows down: ``keys`` say what to sort by, ``desk`` holds the charges of one call and ``pool`` what one piece of
money may pay of them, ``ranking`` and ``compositions`` are the orders, ``named`` gives the usual ones their names,
``decision`` places money by them and verifies what they propose, ``outcome`` and ``explanation`` say what came of it.
"""
