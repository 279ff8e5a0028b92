"""A program as a workbook in a coach's layout."""
