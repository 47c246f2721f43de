"""Readers of template languages whose engines nobody can install, written from their documentation.

They show that an export has the form that is documented, and says the right thing in it; not that the provider agrees.
"""
