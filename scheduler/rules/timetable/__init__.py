"""The rules of the timetable, in the order a coordinator would ask them."""

from __future__ import annotations

from scheduler.rules.base import Rule
from scheduler.rules.timetable.active_rest import ActiveRest
from scheduler.rules.timetable.bus_seats import BusSeats
from scheduler.rules.timetable.closures import Closures
from scheduler.rules.timetable.course_age import CourseAge
from scheduler.rules.timetable.course_limits import CourseLimits
from scheduler.rules.timetable.course_order import CourseOrder
from scheduler.rules.timetable.course_periods import CoursePeriods
from scheduler.rules.timetable.empty_periods import EmptyPeriods
from scheduler.rules.timetable.fair_shares import FairShares
from scheduler.rules.timetable.fee_budget import FeeBudget
from scheduler.rules.timetable.interests import Interests
from scheduler.rules.timetable.joint_sessions import JointSessions
from scheduler.rules.timetable.kits import Kits
from scheduler.rules.timetable.minimum_sessions import MinimumSessions
from scheduler.rules.timetable.no_wish_served import NoWishServed
from scheduler.rules.timetable.once_a_day import OnceADay
from scheduler.rules.timetable.one_thing_at_a_time import OneThingAtATime
from scheduler.rules.timetable.room_clash import RoomClash
from scheduler.rules.timetable.room_fit import RoomFit
from scheduler.rules.timetable.same_specialist import SameSpecialist
from scheduler.rules.timetable.session_fees import SessionFees
from scheduler.rules.timetable.session_length import SessionLength
from scheduler.rules.timetable.specialist_visits import SpecialistVisits
from scheduler.rules.timetable.specialist_ways import SpecialistWays
from scheduler.rules.timetable.spread import Spread
from scheduler.rules.timetable.teacher_available import TeacherAvailable
from scheduler.rules.timetable.teacher_clash import TeacherClash
from scheduler.rules.timetable.teacher_limits import TeacherLimits
from scheduler.rules.timetable.teacher_qualified import TeacherQualified
from scheduler.rules.timetable.teacher_travel import TeacherTravel
from scheduler.rules.timetable.timetable_locks import TimetableLocks
from scheduler.rules.timetable.trip_absence import TripAbsence
from scheduler.rules.timetable.trip_dates import TripDates
from scheduler.rules.timetable.trip_places import TripPlaces
from scheduler.rules.timetable.trips_taken import TripsTaken
from scheduler.rules.timetable.trips_together import TripsTogether
from scheduler.rules.timetable.variety import Variety

RULES: tuple[type[Rule], ...] = (
    # hard
    OneThingAtATime,
    CoursePeriods,
    CourseAge,
    CourseLimits,
    SessionLength,
    CourseOrder,
    OnceADay,
    TeacherQualified,
    TeacherAvailable,
    TeacherClash,
    TeacherTravel,
    TeacherLimits,
    RoomFit,
    RoomClash,
    Kits,
    JointSessions,
    TripDates,
    TripPlaces,
    BusSeats,
    TripAbsence,
    Closures,
    TimetableLocks,
    # soft
    TripsTaken,
    TripsTogether,
    MinimumSessions,
    NoWishServed,
    Interests,
    EmptyPeriods,
    Variety,
    ActiveRest,
    Spread,
    SameSpecialist,
    SpecialistWays,
    SpecialistVisits,
    FairShares,
    SessionFees,
    FeeBudget,
)
