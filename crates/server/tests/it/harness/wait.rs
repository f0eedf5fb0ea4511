//! Waiting for a condition, never for a time.

use std::time::Duration;

use domain::time::Timestamp;
use tokio::time::Instant;

/// Far more than anything should take on a busy machine.
const DEADLINE: Duration = Duration::from_secs(60);
/// Between two looks.
const POLL: Duration = Duration::from_millis(5);

/// What `look` finds; it is asked again and again until then.
pub(crate) async fn wait_until<T>(what: &str, mut look: impl AsyncFnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + DEADLINE;
    loop {
        if let Some(found) = look().await {
            return found;
        }
        assert!(Instant::now() < deadline, "waited {DEADLINE:?} in vain until {what}");
        tokio::time::sleep(POLL).await;
    }
}

/// The time, as the server under test sees it.
#[expect(clippy::disallowed_methods, reason = "the binary under test has the system's clock")]
pub(crate) fn now() -> Timestamp {
    Timestamp::from_micros(jiff::Timestamp::now().as_microsecond())
}
