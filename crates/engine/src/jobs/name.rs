//! The names of the jobs: a closed set.

/// A job, in the order in which jobs are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum JobName {
    /// Infers the ends of calls that have none.
    SessionCompletion,
    /// Removes from the journal what every projection has passed.
    JournalTrim,
    /// Merges files of the lake and deletes those that no snapshot needs.
    LakeMaintenance,
    /// Ends silent sessions.
    IdleSessions,
    /// Finds abandoned bookings.
    AbandonedBookings,
    /// Asks saved questions that have a schedule.
    ScheduledQuestions,
    /// Continues erasures.
    Erasures,
    /// Removes data that is older than its project keeps it.
    Retention,
    /// Removes failed events that are too old.
    FailedEvents,
    /// Removes webhook messages that are too old.
    WebhookMessages,
    /// Removes entries of the audit log that are too old.
    AuditLog,
    /// Stores when API keys were last used.
    KeyUses,
    /// Reports requests of API keys, and learns how many other servers admitted.
    RateLimits,
    /// Stores the counts that browsers report of their own events.
    SdkReports,
    /// Removes such counts that are too old.
    OldSdkReports,
    /// Computes the delivery rate of all projects.
    EventDelivery,
    /// Measures the sizes of the stores.
    StorageSizes,
    /// Reads which persons are suppressed.
    SuppressionLists,
    /// Renews the salts of daily visitor ids.
    VisitorSalts,
}

impl JobName {
    /// Every job.
    pub const ALL: [Self; 19] = [
        Self::SessionCompletion,
        Self::JournalTrim,
        Self::LakeMaintenance,
        Self::IdleSessions,
        Self::AbandonedBookings,
        Self::ScheduledQuestions,
        Self::Erasures,
        Self::Retention,
        Self::FailedEvents,
        Self::WebhookMessages,
        Self::AuditLog,
        Self::KeyUses,
        Self::RateLimits,
        Self::SdkReports,
        Self::OldSdkReports,
        Self::EventDelivery,
        Self::StorageSizes,
        Self::SuppressionLists,
        Self::VisitorSalts,
    ];

    /// The name in paths, JSON and the log.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SessionCompletion => "session_completion",
            Self::JournalTrim => "journal_trim",
            Self::LakeMaintenance => "lake_maintenance",
            Self::IdleSessions => "idle_sessions",
            Self::AbandonedBookings => "abandoned_bookings",
            Self::ScheduledQuestions => "scheduled_questions",
            Self::Erasures => "erasures",
            Self::Retention => "retention",
            Self::FailedEvents => "failed_events",
            Self::WebhookMessages => "webhook_messages",
            Self::AuditLog => "audit_log",
            Self::KeyUses => "key_uses",
            Self::RateLimits => "rate_limits",
            Self::SdkReports => "sdk_reports",
            Self::OldSdkReports => "old_sdk_reports",
            Self::EventDelivery => "event_delivery",
            Self::StorageSizes => "storage_sizes",
            Self::SuppressionLists => "suppression_lists",
            Self::VisitorSalts => "visitor_salts",
        }
    }

    /// The job of that name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|name| name.as_str() == text)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_name_is_read_back_as_its_job() {
        for name in JobName::ALL {
            assert_eq!(JobName::parse(name.as_str()), Some(name));
        }
        assert_eq!(BTreeSet::from(JobName::ALL).len(), JobName::ALL.len());
        assert_eq!(JobName::parse("Session completion"), None);
    }
}
