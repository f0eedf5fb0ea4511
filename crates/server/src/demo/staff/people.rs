//! The staff's notes on people, a task made by hand, and a comment that mentions the owner.

use axum::http::Method;
use serde_json::{Value, json};

use super::Office;

const HOUR_SECONDS: i64 = 3_600;
/// Site, and what is noted about the contacts that were active last.
const NOTES: [(&str, &str); 4] = [
    ("Bahari Rentals", "Travels with two children and needs room for a pram."),
    ("Bahari Rentals", "Prefers to be called in the morning, before the boat leaves."),
    ("Duka Market", "Orders for an office in Nairobi; asked for an invoice."),
    ("Duka Market", "Wants deliveries after six in the evening."),
];

impl Office<'_> {
    /// Writes notes on the contacts active last, and gives one of them a task that is talked about.
    pub(super) async fn know_people(&self) -> anyhow::Result<()> {
        let contacts = self.list("contacts?limit=2", "contacts").await?;
        let notes = NOTES.iter().filter(|note| note.0 == self.target.site.name);
        for (contact, (_, text)) in contacts.iter().zip(notes) {
            let person = format!("people/{}", id_of(contact));
            if self.list(&format!("{person}/timeline?kinds=note"), "moments").await?.is_empty() {
                self.send(Method::POST, &format!("{person}/notes"), json!({"text": text})).await?;
            }
        }
        let Some(contact) = contacts.first().map(id_of) else { return Ok(()) };
        let known = self.list(&format!("tasks?contact_id={contact}"), "tasks").await?;
        if known.iter().any(|task| task["kind"] == "by_hand") {
            return Ok(());
        }
        let members = self.list("members", "members").await?;
        let Some(owner) = members.iter().find(|member| member["role"] == "owner") else {
            return Ok(());
        };
        let due_at = self.now.plus_seconds(20 * HOUR_SECONDS).to_rfc3339();
        let task = json!({
            "title": "Call about the open questions", "contact_id": contact, "priority": "high",
            "due_at": due_at, "assigned_to": owner["id"],
        });
        let made = self.send(Method::POST, "tasks", task).await?;
        let name = owner["name"].as_str().unwrap_or_default();
        let comment = json!({
            "text": format!("@{name} the note says when to call. Can you take this one?"),
            "mentions": [owner["id"]],
        });
        self.send(Method::POST, &format!("tasks/{}/comments", id_of(&made)), comment).await?;
        Ok(())
    }
}

fn id_of(value: &Value) -> String {
    value["id"].as_str().unwrap_or_default().to_owned()
}
