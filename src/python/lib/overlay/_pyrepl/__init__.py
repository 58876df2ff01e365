"""Of the interactive interpreter only what `pydoc` prints with."""
