"""The version of arledger, for the build and for ``arledger --version``."""

__version__ = "0.1.0"
