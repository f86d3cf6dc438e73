"""The ribbon's icons, and how they are drawn."""
