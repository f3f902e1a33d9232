"""What is drawn: read, checked, told apart, published. Nothing here runs a case."""
