"""The tables, one file a subject."""

from app.storage.models.appointment import Appointment, Intake, Patient, Status
from app.storage.models.busy import BusyCalendar, BusyTime
from app.storage.models.clinic import (
    Clinic,
    Clinician,
    ClinicianVisitType,
    ClinicLogo,
    Closure,
    Location,
    Opening,
    VisitType,
    WeeklyHours,
)
from app.storage.models.device import CalendarBlock, CalendarChange, DevicePassword
from app.storage.models.guidance import SafetyLimit, SignOff
from app.storage.models.handover import HandoverNote
from app.storage.models.journal import JournalEntry, JournalLink, Tally
from app.storage.models.mail import Mail, MailState
from app.storage.models.previsit import PreVisit
from app.storage.models.proposal import Proposal, ProposalGrant, Waiting
from app.storage.models.reading import QuestionList, Reading, ReadingCount, RecordEntry
from app.storage.models.rehousing import Rehousing
from app.storage.models.reply import Inbox, Reply
from app.storage.models.settled import Settled
from app.storage.models.staff import (
    FactorKind,
    StaffAccount,
    StaffDevice,
    StaffFactor,
    StaffIdentity,
    StaffRecoveryCode,
    StaffSession,
    StaffToken,
    StaffWait,
)
from app.storage.models.subscription import Subscription
from app.storage.models.visitor import Visitor, VisitorGrant

__all__ = [
    "Appointment",
    "BusyCalendar",
    "BusyTime",
    "CalendarBlock",
    "CalendarChange",
    "Clinic",
    "ClinicLogo",
    "Clinician",
    "ClinicianVisitType",
    "Closure",
    "DevicePassword",
    "FactorKind",
    "HandoverNote",
    "Inbox",
    "Intake",
    "JournalEntry",
    "JournalLink",
    "Location",
    "Mail",
    "MailState",
    "Opening",
    "Patient",
    "PreVisit",
    "Proposal",
    "ProposalGrant",
    "QuestionList",
    "Reading",
    "ReadingCount",
    "RecordEntry",
    "Rehousing",
    "Reply",
    "SafetyLimit",
    "Settled",
    "SignOff",
    "StaffAccount",
    "StaffDevice",
    "StaffFactor",
    "StaffIdentity",
    "StaffRecoveryCode",
    "StaffSession",
    "StaffToken",
    "StaffWait",
    "Status",
    "Subscription",
    "Tally",
    "VisitType",
    "Visitor",
    "VisitorGrant",
    "Waiting",
    "WeeklyHours",
]
