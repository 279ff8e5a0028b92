"""A program for print: a card for every session, on paper."""
