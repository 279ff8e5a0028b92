"""Schedule x progression policy -> Program: doses, loads, reasons, guidance."""
