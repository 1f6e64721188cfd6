"""The address from which the clinic writes about an appointment, and to which answers come."""

from base64 import b32encode

from app.domain.clinic import Clinic
from app.storage import sealing
from app.storage.database import reading

LONGEST_LOCAL_PART = 64


def writes_from(appointment_id: str, clinic: Clinic) -> str:
    """Return the address from which the clinic writes about an appointment."""
    return of(appointment_id, clinic) if clinic.own_addresses else clinic.email


def of(appointment_id: str, clinic: Clinic) -> str:
    """Return the mailbox of one appointment: nobody else's answers can be sent there by guessing.

    A mailbox whose name is too long to be made longer stays as it is.
    """
    name, _, host = clinic.email.casefold().partition("@")
    mac = sealing.of(reading()).macs("reply", appointment_id)[0][:10]
    local = f"{name}+{appointment_id}.{b32encode(mac).decode().lower()}"
    return f"{local if len(local) <= LONGEST_LOCAL_PART else name}@{host}"


def like(clinic: Clinic) -> str:
    """Return what such an address looks like, for whoever asks their mail server."""
    name, _, host = clinic.email.partition("@")
    return f"{name}+k3f6zq7m@{host}"
