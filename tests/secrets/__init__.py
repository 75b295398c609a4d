"""No credential and nothing private in any file and any output."""
