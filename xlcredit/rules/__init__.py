"""One module per credit concept: columns in, columns out. None imports another; control wires them."""
