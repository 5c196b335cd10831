"""What fills the window: one page a module; pages never import each other."""
