"""How a document is laid out in its text, and how single values in it are put, added, taken out."""
