"""`onewindow opportunity …`: what is offered again, what is suggested and what becomes of it."""
