"""Coverage and warnings: what makes an answer less than sure, found in the claims themselves and said beside it."""
