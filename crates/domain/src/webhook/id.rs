//! Ids of webhooks and of the messages sent to them.

use uuid::Uuid;

use super::kind::EventKind;
use crate::readable_id::readable_id;

readable_id! {
    /// Names a webhook: `wh_` and 32 hexadecimal digits.
    WebhookId = "wh_",
    /// Names a message to one webhook, whatever number of times it is sent: `msg_` and 32
    /// hexadecimal digits. It holds no full stop, as the signature needs.
    MessageId = "msg_",
}

impl MessageId {
    /// The message that tells a webhook of what `cause` made of `subject`: the same cause never makes
    /// a second one.
    pub fn of_change(webhook: WebhookId, kind: EventKind, subject: &str, cause: Uuid) -> Self {
        let text = format!("{}:{subject}:{cause}", kind.as_str());
        Self(Uuid::new_v5(&webhook.0, text.as_bytes()))
    }
}
