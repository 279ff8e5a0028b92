"""The template behind ``legengine plugins new``: the example distribution, with another name."""
