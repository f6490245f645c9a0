"""Reasons that are printed for the citizen."""

LEAST_LETTERS = 2
"""Letters and digits that a printed reason has at least."""


def is_reason(text: str) -> bool:
    """Return whether a text can be printed as a reason.

    One character, or punctuation alone, is no reason.
    """
    return sum(character.isalnum() for character in text) >= LEAST_LETTERS
