"""From a file to a checked profile: documents with positions, and the profile reader."""
