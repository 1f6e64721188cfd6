"""Appointments as RFC 5545 bytes: never why a patient comes."""
