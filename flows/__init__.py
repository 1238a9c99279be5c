"""The flows, their settings and the command line. No parsing and no SQL here."""
