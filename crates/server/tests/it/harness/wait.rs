//! Waiting for a condition, never for a time.

use std::time::Duration;

use domain::time::Timestamp;
use tokio::time::Instant;

/// Far more than anything should take on a busy machine.
const DEADLINE: Duration = Duration::from_mins(1);
/// Between two looks.
const POLL: Duration = Duration::from_millis(5);

/// How long something is still waited for.
pub(crate) struct Deadline(Instant);

impl Deadline {
    pub(crate) fn new() -> Self {
        Self(Instant::now() + DEADLINE)
    }

    /// Lets others work before the next look; fails when the deadline has passed.
    pub(crate) async fn wait(&self, what: &str) {
        assert!(Instant::now() < self.0, "waited {DEADLINE:?} in vain until {what}");
        tokio::time::sleep(POLL).await;
    }
}

/// What `look` finds; it is asked again and again until then.
pub(crate) async fn wait_until<T>(what: &str, mut look: impl AsyncFnMut() -> Option<T>) -> T {
    let patience = Deadline::new();
    loop {
        if let Some(found) = look().await {
            return found;
        }
        patience.wait(what).await;
    }
}

/// The time, as the server under test sees it.
#[expect(clippy::disallowed_methods, reason = "the binary under test has the system's clock")]
pub(crate) fn now() -> Timestamp {
    Timestamp::from_micros(jiff::Timestamp::now().as_microsecond())
}
