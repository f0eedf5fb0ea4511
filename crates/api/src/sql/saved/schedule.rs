//! The JSON of a schedule.

use domain::saved_question::{DayOfMonth, Schedule, TimeOfDay, Weekday};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::error::Error;

/// How often.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = QuestionScheduleUnit)]
enum Every {
    Hour,
    Day,
    Week,
    Month,
}

/// A day of the week.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = Weekday)]
enum WeekdayName {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

/// When a question is asked by itself, by the clock of the project's time zone.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = QuestionSchedule)]
pub(super) struct ScheduleFields {
    every: Every,
    /// `HH:MM`, unless it is every hour.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    at: Option<String>,
    /// Where it is every week.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    weekday: Option<WeekdayName>,
    /// 1 to 28, where it is every month.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    day: Option<u8>,
}

impl ScheduleFields {
    /// The schedule.
    ///
    /// # Errors
    ///
    /// That name `schedule.at`, `schedule.weekday` or `schedule.day`, when one is missing, wrong, or of another unit.
    pub(super) fn read(self) -> Result<Schedule, Error> {
        let Self { every, at, weekday, day } = self;
        let unused = [
            ("schedule.weekday", weekday.is_some() && !matches!(every, Every::Week)),
            ("schedule.day", day.is_some() && !matches!(every, Every::Month)),
            ("schedule.at", at.is_some() && matches!(every, Every::Hour)),
        ];
        if let Some((field, _)) = unused.into_iter().find(|(_, is_set)| *is_set) {
            return Err(invalid(field, "belongs to another unit than schedule.every"));
        }
        let time = || {
            let read = at.as_deref().and_then(TimeOfDay::parse);
            read.ok_or_else(|| invalid("schedule.at", "must be a time such as 07:00"))
        };
        Ok(match every {
            Every::Hour => Schedule::Hourly,
            Every::Day => Schedule::Daily(time()?),
            Every::Week => {
                let detail = "must be a day of the week, such as monday";
                let weekday = weekday.ok_or_else(|| invalid("schedule.weekday", detail))?;
                Schedule::Weekly(weekday.into(), time()?)
            }
            Every::Month => {
                let read = day.and_then(DayOfMonth::of);
                let day = read.ok_or_else(|| invalid("schedule.day", "must be 1 to 28"))?;
                Schedule::Monthly(day, time()?)
            }
        })
    }
}

fn invalid(field: &'static str, claim: &str) -> Error {
    Error::from(engine::Error::invalid(field, format!("{field} {claim}")))
}

impl From<Schedule> for ScheduleFields {
    fn from(schedule: Schedule) -> Self {
        let at = schedule.time().map(|at| at.to_string());
        let (every, weekday, day) = match schedule {
            Schedule::Hourly => (Every::Hour, None, None),
            Schedule::Daily(_) => (Every::Day, None, None),
            Schedule::Weekly(weekday, _) => (Every::Week, Some(weekday.into()), None),
            Schedule::Monthly(day, _) => (Every::Month, None, Some(day.number())),
        };
        Self { every, at, weekday, day }
    }
}

impl From<WeekdayName> for Weekday {
    fn from(name: WeekdayName) -> Self {
        match name {
            WeekdayName::Monday => Self::Monday,
            WeekdayName::Tuesday => Self::Tuesday,
            WeekdayName::Wednesday => Self::Wednesday,
            WeekdayName::Thursday => Self::Thursday,
            WeekdayName::Friday => Self::Friday,
            WeekdayName::Saturday => Self::Saturday,
            WeekdayName::Sunday => Self::Sunday,
        }
    }
}

impl From<Weekday> for WeekdayName {
    fn from(weekday: Weekday) -> Self {
        match weekday {
            Weekday::Monday => Self::Monday,
            Weekday::Tuesday => Self::Tuesday,
            Weekday::Wednesday => Self::Wednesday,
            Weekday::Thursday => Self::Thursday,
            Weekday::Friday => Self::Friday,
            Weekday::Saturday => Self::Saturday,
            Weekday::Sunday => Self::Sunday,
        }
    }
}
