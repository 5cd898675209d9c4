"""Input that means harm or was mangled on its way: built by code, so that nothing large lies in the repository."""
