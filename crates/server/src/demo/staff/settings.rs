//! Settings: of the browser SDK, and where messages are sent.

use axum::http::Method;
use serde_json::json;

use super::Office;
use crate::demo::example_hosts::{CRM_RECEIVER, SMS_RECEIVER};

impl Office<'_> {
    /// Sets the SDK up: pages report a shaken pointer, and record visits and take screenshots when something goes
    /// wrong.
    pub(super) async fn set_up(&self) -> anyhow::Result<()> {
        let mut stored = self.get("sdk-settings").await?;
        if stored["version"] != 0 {
            return Ok(());
        }
        let settings = &mut stored["settings"];
        settings["signals"]["thrashing"] = json!(true);
        settings["recording"]["record_on_friction"] = json!(true);
        settings["recording"]["screenshots"] = json!(true);
        settings["recording"]["record_console"] = json!(true);
        settings["masking"]["query_parameters"] = json!("lang");
        self.send(Method::PUT, "sdk-settings", stored).await?;
        Ok(())
    }

    /// Sends changes of contacts and tasks to two other systems; one of them is out of order.
    pub(super) async fn make_webhooks(&self) -> anyhow::Result<()> {
        if !self.list("webhooks", "webhooks").await?.is_empty() {
            return Ok(());
        }
        for (url, description, event_types) in [
            (SMS_RECEIVER, "Text messages to drivers", vec!["task.completed"]),
            (
                CRM_RECEIVER,
                "The sales team's CRM",
                vec![
                    "contact.created",
                    "contact.updated",
                    "task.created",
                    "task.updated",
                    "task.completed",
                ],
            ),
        ] {
            let webhook =
                json!({"url": url, "description": description, "event_types": event_types});
            let made = self.send(Method::POST, "webhooks", webhook).await?;
            let id = made["webhook"]["id"].as_str().unwrap_or_default().to_owned();
            self.send(Method::POST, &format!("webhooks/{id}/test"), json!(null)).await?;
        }
        Ok(())
    }
}
