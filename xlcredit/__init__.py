"""Trade-credit control inside Excel: scores, limits, aging and dunning over the workbooks a team already has."""

__version__ = "0.1.0"
