"""Plugin of legengine: example."""
