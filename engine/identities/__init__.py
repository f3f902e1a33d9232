"""Who a citizen is: the population register, what is told of it, and what comes again."""
