"""What legengine says about a request or a program: why not, why this, what if, and what then.

Everything here is built from the steps of ``legengine.pipeline``; nothing here solves by itself.
"""
