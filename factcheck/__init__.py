"""On the Record: claims as YAML cards in, a static fact-check site out."""
