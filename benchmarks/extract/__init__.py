"""How well the program reads: what it finds in public data sets against what people found."""
