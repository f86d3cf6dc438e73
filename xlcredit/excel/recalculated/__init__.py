"""Recalculated: columns of the review as formulas, live where cells of the workbook say what the review says."""
