"""Portfolios of very many plans: read a few at a time, and made circle by circle by several processes."""
