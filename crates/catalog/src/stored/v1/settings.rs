//! Settings by members: the rules of the CRM, the weights of lead scores, the settings of the SDK and of
//! projects.
//!
//! The first three documents hold `domain`'s own types; all others have types of their own. Members read and
//! write the same JSON through the API, so a renamed member breaks the API's clients just as it breaks
//! what is stored, and a second set of sixty members would only repeat the first. The golden files notice
//! both: when a changed type no longer reads or writes them, its document gets a version 2, and the type
//! as it was moves into this file. A member that a document lacks has the default that the API gives it.

use domain::money::Currency;
use domain::project_settings::{ProjectSettings, Retention};
use domain::zone::Zone;
use serde::{Deserialize, Serialize};

/// A version of a project's rules: `domain::crm::RuleSet`.
#[derive(Serialize, Deserialize)]
pub(in crate::stored) struct Rules<T> {
    pub(in crate::stored) rules: T,
}

/// A project's weights: `domain::score::Weights`.
#[derive(Serialize, Deserialize)]
pub(in crate::stored) struct LeadWeights<T> {
    pub(in crate::stored) weights: T,
}

/// A project's settings of the SDK: `domain::sdk_settings::SdkSettings`.
#[derive(Serialize, Deserialize)]
pub(in crate::stored) struct Sdk<T> {
    pub(in crate::stored) settings: T,
}

/// A project's settings: `domain::project_settings::ProjectSettings`. What is absent is the default.
#[derive(Serialize, Deserialize)]
pub(in crate::stored) struct Project {
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    programs_are_bots: bool,
    /// An IANA name; absent for UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    time_zone: Option<String>,
    /// ISO 4217; absent for the server's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    default_currency: Option<Currency>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    event_days: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    session_days: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    recording_days: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    activity_days: Option<u32>,
}

impl From<&ProjectSettings> for Project {
    fn from(settings: &ProjectSettings) -> Self {
        let ProjectSettings { programs_are_bots, time_zone, ref default_currency, retention } =
            *settings;
        let Retention { event_days, session_days, recording_days, activity_days } = retention;
        let time_zone = (time_zone != Zone::UTC).then(|| time_zone.name().to_owned());
        Self {
            programs_are_bots,
            time_zone,
            default_currency: default_currency.clone(),
            event_days,
            session_days,
            recording_days,
            activity_days,
        }
    }
}

impl From<Project> for ProjectSettings {
    fn from(stored: Project) -> Self {
        let Project {
            programs_are_bots,
            time_zone,
            default_currency,
            event_days,
            session_days,
            recording_days,
            activity_days,
        } = stored;
        let retention = Retention { event_days, session_days, recording_days, activity_days };
        // A zone that a later release of the database has dropped is UTC.
        let time_zone = time_zone.and_then(|name| Zone::parse(&name).ok()).unwrap_or_default();
        Self { programs_are_bots, time_zone, default_currency, retention }
    }
}
