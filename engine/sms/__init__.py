"""SMS of citizens: what a gateway brings is taken over once, read by the office's grammar, answered; news goes out."""
