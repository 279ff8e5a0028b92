"""The built-in library: leg exercises, the gates before the harder ones, and conditions."""
