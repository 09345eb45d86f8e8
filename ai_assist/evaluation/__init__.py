"""Measures how well questions are answered, on sets of questions whose answers are known. No model judges."""
