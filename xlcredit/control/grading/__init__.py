"""Grading: what each customer's questions are answered with, and the score, grade and limit that follow."""
