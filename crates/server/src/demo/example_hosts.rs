//! The receivers of the demo's webhooks. No name server knows hosts below `.example` (RFC 2606): the demo
//! answers for them within the process; requests to other hosts are sent as usual.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use domain::webhook::Target;
use engine::ports::outbound::{Outbound, OutboundError, OutboundRequest, OutboundResponse};

/// A receiver that takes every message.
pub(super) const CRM_RECEIVER: &str = "https://crm.footfall.example/hooks/contacts";
/// One that is out of order.
pub(super) const SMS_RECEIVER: &str = "https://sms-gateway.example/v1/notify";

/// The shortest time of an answer, and by how much the longest is longer.
const FASTEST_MS: u64 = 35;
const SPREAD_MS: u64 = 140;

/// Answers for `.example`, and passes every other request on.
#[derive(Debug)]
struct ExampleHosts {
    others: Arc<dyn Outbound>,
}

/// The way out of the demo's server.
pub(crate) fn with_example_hosts(others: Arc<dyn Outbound>) -> Arc<dyn Outbound> {
    Arc::new(ExampleHosts { others })
}

fn is_example(target: &Target) -> bool {
    target.name().is_some_and(|name| name.ends_with(".example"))
}

#[async_trait]
impl Outbound for ExampleHosts {
    async fn check(&self, target: &Target) -> Result<(), OutboundError> {
        if is_example(target) { Ok(()) } else { self.others.check(target).await }
    }

    async fn send(&self, request: OutboundRequest) -> Result<OutboundResponse, OutboundError> {
        if !is_example(&request.target) {
            return self.others.send(request).await;
        }
        let (status, text) = if request.target.as_str() == SMS_RECEIVER {
            (503, "the queue is full")
        } else {
            (200, r#"{"received":true}"#)
        };
        let duration = Duration::from_millis(FASTEST_MS + request.body.len() as u64 % SPREAD_MS);
        tokio::time::sleep(duration).await;
        Ok(OutboundResponse { status, retry_after: None, text: text.to_owned(), duration })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A way out that leads nowhere.
    #[derive(Debug)]
    struct UnreachableHosts;

    #[async_trait]
    impl Outbound for UnreachableHosts {
        async fn check(&self, _target: &Target) -> Result<(), OutboundError> {
            Err(OutboundError::Refused)
        }

        async fn send(&self, _request: OutboundRequest) -> Result<OutboundResponse, OutboundError> {
            Err(OutboundError::Refused)
        }
    }

    #[tokio::test]
    async fn only_example_hosts_are_answered() {
        let outbound = with_example_hosts(Arc::new(UnreachableHosts));
        let send = async |url: &str| {
            let target = Target::parse(url).expect("a target");
            let request = OutboundRequest { target, headers: Vec::new(), body: "{}".to_owned() };
            let checked = outbound.check(&request.target).await;
            outbound.send(request).await.map(|answer| (checked, answer.status))
        };
        assert_eq!(send(CRM_RECEIVER).await, Ok((Ok(()), 200)));
        assert_eq!(send(SMS_RECEIVER).await, Ok((Ok(()), 503)));
        for elsewhere in [
            "https://crm.footfall.example.com/hooks",
            "https://example/hooks",
            "https://127.0.0.1/hooks",
        ] {
            assert_eq!(send(elsewhere).await, Err(OutboundError::Refused), "{elsewhere}");
        }
    }
}
