"""The rules of staffing, in the order a coordinator would ask them."""

from __future__ import annotations

from scheduler.rules.base import Rule
from scheduler.rules.staffing.clearance import Clearance
from scheduler.rules.staffing.continuity import Continuity
from scheduler.rules.staffing.duty_available import DutyAvailable
from scheduler.rules.staffing.duty_limits import DutyLimits
from scheduler.rules.staffing.duty_role import DutyRole
from scheduler.rules.staffing.duty_travel import DutyTravel
from scheduler.rules.staffing.extra_duties import ExtraDuties
from scheduler.rules.staffing.fair_load import FairLoad
from scheduler.rules.staffing.fees import Fees
from scheduler.rules.staffing.homeroom_continuity import HomeroomContinuity
from scheduler.rules.staffing.long_ways import LongWays
from scheduler.rules.staffing.minimum_days import MinimumDays
from scheduler.rules.staffing.one_post_per_shift import OnePostPerShift
from scheduler.rules.staffing.own_child import OwnChild
from scheduler.rules.staffing.partners_together import PartnersTogether
from scheduler.rules.staffing.staffing_locks import StaffingLocks
from scheduler.rules.staffing.unwished_duties import UnwishedDuties
from scheduler.rules.staffing.venue_changes import VenueChanges
from scheduler.rules.staffing.volunteer_mix import VolunteerMix
from scheduler.rules.staffing.wished_duties import WishedDuties
from scheduler.rules.staffing.work_area import WorkArea

RULES: tuple[type[Rule], ...] = (
    # hard
    DutyRole,
    DutyAvailable,
    Clearance,
    WorkArea,
    OnePostPerShift,
    DutyTravel,
    DutyLimits,
    OwnChild,
    StaffingLocks,
    # soft
    ExtraDuties,
    UnwishedDuties,
    Continuity,
    HomeroomContinuity,
    MinimumDays,
    VenueChanges,
    FairLoad,
    PartnersTogether,
    WishedDuties,
    VolunteerMix,
    LongWays,
    Fees,
)
