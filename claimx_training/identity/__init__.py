"""Training and measuring of event identity: which claims of several articles are one event, learned from ECB+."""
