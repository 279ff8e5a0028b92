"""What follows from a problem's facts, for the model and the prescriptions.

The checker derives the same things by itself and never imports this package.
"""
