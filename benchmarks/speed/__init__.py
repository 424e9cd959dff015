"""How fast it is, against floors measured in the same run: `make bench`, `make bench-big`."""
