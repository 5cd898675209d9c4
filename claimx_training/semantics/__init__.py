"""Training of the semantic layers: predicates and their arguments, movements, coreference, on top of the encoder."""
