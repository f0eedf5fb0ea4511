//! The parameters, the chart and the schedule of a saved question.

use domain::saved_question::{
    self, ChartShape, DayOfMonth, ParameterName, ParameterType, ParameterValue, TimeOfDay, Weekday,
};
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};

use crate::stored::document::Unreadable;

/// Parameters, chart and schedule.
#[derive(Serialize, Deserialize)]
pub(in crate::stored) struct QuestionDetails {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    parameters: Vec<Parameter>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    chart: Option<Chart>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    schedule: Option<Schedule>,
}

#[derive(Serialize, Deserialize)]
struct Parameter {
    name: String,
    kind: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    default: Option<Value>,
}

/// A value by its type, for a whole number reads like one with a fraction.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Value {
    Text(String),
    Integer(i64),
    Double(f64),
    /// Microseconds since 1970.
    Timestamp(i64),
    Boolean(bool),
}

#[derive(Serialize, Deserialize)]
struct Chart {
    shape: String,
    x: String,
    y: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    series: Option<String>,
}

/// Times are `HH:MM`, weekdays 1 (Monday) to 7.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Schedule {
    Hourly,
    Daily { at: String },
    Weekly { weekday: i8, at: String },
    Monthly { day: u8, at: String },
}

impl From<&saved_question::QuestionDetails> for QuestionDetails {
    fn from(details: &saved_question::QuestionDetails) -> Self {
        let saved_question::QuestionDetails { parameters, chart, schedule } = details;
        Self {
            parameters: parameters.iter().map(Into::into).collect(),
            chart: chart.as_ref().map(Into::into),
            schedule: schedule.map(Into::into),
        }
    }
}

impl From<saved_question::Schedule> for Schedule {
    fn from(schedule: saved_question::Schedule) -> Self {
        use saved_question::Schedule as Domain;
        match schedule {
            Domain::Hourly => Self::Hourly,
            Domain::Daily(at) => Self::Daily { at: at.to_string() },
            Domain::Weekly(weekday, at) => {
                Self::Weekly { weekday: weekday.to_monday_one_offset(), at: at.to_string() }
            }
            Domain::Monthly(day, at) => Self::Monthly { day: day.number(), at: at.to_string() },
        }
    }
}

impl From<&saved_question::Parameter> for Parameter {
    fn from(parameter: &saved_question::Parameter) -> Self {
        let saved_question::Parameter { name, kind, default } = parameter;
        let default = default.as_ref().map(|value| match value {
            ParameterValue::Text(text) => Value::Text(text.clone()),
            ParameterValue::Integer(number) => Value::Integer(*number),
            ParameterValue::Double(number) => Value::Double(*number),
            ParameterValue::Timestamp(at) => Value::Timestamp(at.micros()),
            ParameterValue::Boolean(flag) => Value::Boolean(*flag),
        });
        Self { name: name.to_string(), kind: kind.as_str().to_owned(), default }
    }
}

impl From<&saved_question::Chart> for Chart {
    fn from(chart: &saved_question::Chart) -> Self {
        let saved_question::Chart { shape, x, y, series } = chart.clone();
        Self { shape: shape.as_str().to_owned(), x, y, series }
    }
}

impl TryFrom<QuestionDetails> for saved_question::QuestionDetails {
    type Error = Unreadable;

    fn try_from(stored: QuestionDetails) -> Result<Self, Unreadable> {
        let QuestionDetails { parameters, chart, schedule } = stored;
        Ok(Self {
            parameters: parameters.into_iter().map(TryInto::try_into).collect::<Result<_, _>>()?,
            chart: chart.map(TryInto::try_into).transpose()?,
            schedule: schedule.map(TryInto::try_into).transpose()?,
        })
    }
}

impl TryFrom<Schedule> for saved_question::Schedule {
    type Error = Unreadable;

    fn try_from(stored: Schedule) -> Result<Self, Unreadable> {
        let time = |text: String| TimeOfDay::parse(&text).ok_or(Unreadable::Member("at"));
        Ok(match stored {
            Schedule::Hourly => Self::Hourly,
            Schedule::Daily { at } => Self::Daily(time(at)?),
            Schedule::Weekly { weekday, at } => {
                let weekday = Weekday::from_monday_one_offset(weekday)
                    .map_err(|_| Unreadable::Member("weekday"))?;
                Self::Weekly(weekday, time(at)?)
            }
            Schedule::Monthly { day, at } => {
                let day = DayOfMonth::of(day).ok_or(Unreadable::Member("day"))?;
                Self::Monthly(day, time(at)?)
            }
        })
    }
}

impl TryFrom<Parameter> for saved_question::Parameter {
    type Error = Unreadable;

    fn try_from(stored: Parameter) -> Result<Self, Unreadable> {
        let Parameter { name, kind, default } = stored;
        let default = default.map(|value| match value {
            Value::Text(text) => ParameterValue::Text(text),
            Value::Integer(number) => ParameterValue::Integer(number),
            Value::Double(number) => ParameterValue::Double(number),
            Value::Timestamp(micros) => ParameterValue::Timestamp(Timestamp::from_micros(micros)),
            Value::Boolean(flag) => ParameterValue::Boolean(flag),
        });
        Ok(Self {
            name: ParameterName::parse(&name).ok_or(Unreadable::Member("name"))?,
            kind: ParameterType::parse(&kind).ok_or(Unreadable::Member("kind"))?,
            default,
        })
    }
}

impl TryFrom<Chart> for saved_question::Chart {
    type Error = Unreadable;

    fn try_from(stored: Chart) -> Result<Self, Unreadable> {
        let Chart { shape, x, y, series } = stored;
        let shape = ChartShape::parse(&shape).ok_or(Unreadable::Member("shape"))?;
        Ok(Self { shape, x, y, series })
    }
}
