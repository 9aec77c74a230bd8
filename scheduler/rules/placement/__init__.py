"""The rules of placement, in the order a coordinator would ask them."""

from __future__ import annotations

from scheduler.rules.base import Rule
from scheduler.rules.placement.age_range import AgeRange
from scheduler.rules.placement.aides_spread import AidesSpread
from scheduler.rules.placement.balanced_classes import BalancedClasses
from scheduler.rules.placement.class_capacity import ClassCapacity
from scheduler.rules.placement.class_runs import ClassRuns
from scheduler.rules.placement.consent import Consent
from scheduler.rules.placement.employer_only import EmployerOnly
from scheduler.rules.placement.friends_together import FriendsTogether
from scheduler.rules.placement.further_friends import FurtherFriends
from scheduler.rules.placement.kept_apart import KeptApart
from scheduler.rules.placement.listed_choices import ListedChoices
from scheduler.rules.placement.minimum_to_open import MinimumToOpen
from scheduler.rules.placement.no_envy import NoEnvy
from scheduler.rules.placement.one_class_per_week import OneClassPerWeek
from scheduler.rules.placement.placement_locks import PlacementLocksKept
from scheduler.rules.placement.same_venue import SameVenue
from scheduler.rules.placement.short_way import ShortWay
from scheduler.rules.placement.siblings_must import SiblingsMust
from scheduler.rules.placement.siblings_together import SiblingsTogether
from scheduler.rules.placement.small_classes import SmallClasses
from scheduler.rules.placement.stay_kept import StayKept
from scheduler.rules.placement.venue_capacity import VenueCapacity
from scheduler.rules.placement.wanted_weeks import WantedWeeks

RULES: tuple[type[Rule], ...] = (
    OneClassPerWeek,
    WantedWeeks,
    ClassRuns,
    AgeRange,
    ClassCapacity,
    VenueCapacity,
    ListedChoices,
    EmployerOnly,
    KeptApart,
    SiblingsMust,
    StayKept,
    Consent,
    MinimumToOpen,
    PlacementLocksKept,
    NoEnvy,
    SiblingsTogether,
    FriendsTogether,
    FurtherFriends,
    SameVenue,
    ShortWay,
    BalancedClasses,
    SmallClasses,
    AidesSpread,
)
