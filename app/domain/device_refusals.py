"""What is refused where devices follow calendars."""

from app.domain.refusals import Refused


class WrongDevice(Refused):
    """The address and the password of a device do not belong together, or were revoked."""

    code = "wrong_device"


class DeviceNameNeeded(Refused):
    """A device has a name, by which its owner finds it again to revoke it."""

    code = "device_name_needed"


class DeviceNamed(Refused):
    """Another device of this person has that name and is in use."""

    code = "device_named"


class TooManyDevices(Refused):
    """Nobody has so many devices: some are no longer theirs."""

    code = "too_many_devices"


class NotABusyTime(Refused):
    """Devices keep single stretches of time free; they do not invite, repeat or book."""

    code = "not_a_busy_time"


class KnownElsewhere(Refused):
    """The event is in a calendar already, under another address."""

    code = "known_elsewhere"

    def __init__(self, name: str | None = None) -> None:
        """Carry the name it has in the same calendar, if it is there."""
        super().__init__()
        self.name = name
