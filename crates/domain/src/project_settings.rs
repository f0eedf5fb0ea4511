//! Settings of a project, for all that it takes in.

/// A project's settings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProjectSettings {
    /// Programs that hold a key (curl, a server's HTTP client) count as bots, whose events are left out of
    /// answers. Otherwise they are senders like browsers, and crawlers, monitors and automated browsers
    /// alone are bots.
    pub programs_are_bots: bool,
}
