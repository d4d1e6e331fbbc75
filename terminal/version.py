"""The version of the program: what pip installs, and what a city's folder asks for."""

VERSION = "0.4.0"
