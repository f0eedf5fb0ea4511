//! Query parameters of questions about visits: values of their first and last events.

use domain::question::SessionFilters;
use serde::Deserialize;
use utoipa::IntoParams;

use super::scope::non_empty;

/// Which visits. The other filters choose visits with an event that matches all of them.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct SessionFilterQuery {
    /// Path of the first page, exactly.
    entry_path: Option<String>,
    /// Path of the last page, exactly.
    exit_path: Option<String>,
    /// Host that led to the first page, such as `www.google.com`.
    referrer: Option<String>,
    /// `utm_source`, exactly; the first of the visit.
    utm_source: Option<String>,
    /// `utm_medium`, exactly; the first of the visit.
    utm_medium: Option<String>,
    /// `utm_campaign`, exactly; the first of the visit.
    utm_campaign: Option<String>,
    /// City, exactly.
    city: Option<String>,
}

impl SessionFilterQuery {
    /// These filters, and no others.
    pub(super) fn filters(self) -> SessionFilters {
        SessionFilters {
            entry_path: non_empty(self.entry_path),
            exit_path: non_empty(self.exit_path),
            referrer_host: non_empty(self.referrer),
            utm_source: non_empty(self.utm_source),
            utm_medium: non_empty(self.utm_medium),
            utm_campaign: non_empty(self.utm_campaign),
            city: non_empty(self.city),
            ..SessionFilters::default()
        }
    }
}
