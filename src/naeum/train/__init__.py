"""How is a torch module trained? One loop, what it is given, and what it writes down."""
