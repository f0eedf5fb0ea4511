//! A working day: tasks are assigned and done, a contact is looked after, and a customer is forgotten.

use axum::http::Method;
use serde_json::{Value, json};

use super::Office;

/// Open tasks that are assigned.
const ASSIGNED: usize = 8;
/// How many of these are done at once.
const DONE: usize = 2;

impl Office<'_> {
    /// Assigns the latest tasks, and does some of them.
    pub(super) async fn do_some_work(&self) -> anyhow::Result<()> {
        let members = self.list("members", "members").await?;
        let members: Vec<&Value> = members.iter().filter(|it| it["role"] != "viewer").collect();
        let tasks = self.list("tasks?status=open&limit=100", "tasks").await?;
        for (index, task) in tasks.iter().take(ASSIGNED).enumerate() {
            let Some(member) = members.get(index % members.len().max(1)) else { break };
            let route = format!("tasks/{}", id(task));
            let change = json!({"assigned_to": member["id"]});
            self.send(Method::PATCH, &route, change).await?;
            if index < DONE {
                self.send(Method::PATCH, &route, json!({"status": "done"})).await?;
            }
        }
        let contacts = self.list("contacts?limit=3", "contacts").await?;
        if let Some(contact) = contacts.last() {
            let change = json!({"lead_status": "In conversation"});
            self.send(Method::PATCH, &format!("contacts/{}", id(contact)), change).await?;
        }
        Ok(())
    }

    /// Forgets the customer who has been away longest, as they asked by mail.
    pub(super) async fn erase_somebody(&self) -> anyhow::Result<()> {
        if !self.list("privacy/erasures", "erasures").await?.is_empty() {
            return Ok(());
        }
        let contacts = self.list("contacts?limit=1000", "contacts").await?;
        let away = contacts.iter().filter(|it| it["email"].is_string()).min_by(|one, other| {
            let at = |contact: &Value| contact["last_activity"].as_str().map(str::to_owned);
            at(one).cmp(&at(other))
        });
        if let Some(email) = away.and_then(|contact| contact["email"].as_str()) {
            self.send(Method::DELETE, &format!("privacy/subjects/{email}"), Value::Null).await?;
        }
        Ok(())
    }
}

fn id(of: &Value) -> &str {
    of["id"].as_str().unwrap_or_default()
}
