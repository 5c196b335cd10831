"""The first filling of a rota."""
