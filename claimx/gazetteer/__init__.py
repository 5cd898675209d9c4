"""What names point at: places, countries, whoever acts. No spaCy, no article: names in, records out."""
