"""What the office writes: the product's texts, an organisation's own, their blanks, and how a letter leaves."""
