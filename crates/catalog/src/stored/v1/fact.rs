//! Something known of a contact: a customer event, or what a member did by hand.

use domain::crm;
use domain::id::{EventId, MemberId};
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::identity::Identity;
use super::money::Money;
use super::task::TaskSubject;
use crate::stored::document::Unreadable;

/// A fact about one contact.
#[derive(Serialize, Deserialize)]
pub(in crate::stored) struct Fact {
    id: Uuid,
    at: i64,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    identities: Vec<Identity>,
    content: Content,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Content {
    /// A customer event.
    Event(Event),
    /// A member changed fields.
    Edit { member: Uuid, fields: EditedFields },
    /// A member worked on a task.
    Task { member: Uuid, task: TaskSubject, action: TaskAction },
    /// A member commented on a task.
    Comment {
        member: Uuid,
        task: TaskSubject,
        text: String,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        mentions: Vec<Uuid>,
    },
}

#[derive(Serialize, Deserialize)]
struct Event {
    name: String,
    #[serde(default, skip_serializing_if = "Customer::is_unknown")]
    customer: Customer,
    #[serde(skip_serializing_if = "Option::is_none")]
    amount: Option<Money>,
    #[serde(skip_serializing_if = "Option::is_none")]
    session_id: Option<String>,
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    data: Map<String, Value>,
}

#[derive(Default, PartialEq, Serialize, Deserialize)]
struct Customer {
    #[serde(skip_serializing_if = "Option::is_none")]
    user_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    phone: Option<String>,
}

/// An empty text clears its field; one left out stays.
#[derive(Serialize, Deserialize)]
struct EditedFields {
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    phone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lead_source: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lead_status: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    deal_value: Option<DealValue>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum DealValue {
    Set(Money),
    Clear,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum TaskAction {
    /// To nobody when `to` is absent.
    Assign {
        #[serde(skip_serializing_if = "Option::is_none")]
        to: Option<Uuid>,
    },
    Complete,
    Reopen,
    /// For nobody when `to` is absent.
    Create {
        #[serde(skip_serializing_if = "Option::is_none")]
        to: Option<Uuid>,
    },
    Snooze {
        until: i64,
    },
}

impl Customer {
    fn is_unknown(&self) -> bool {
        *self == Self::default()
    }
}

impl From<&crm::ContactFact> for Fact {
    fn from(fact: &crm::ContactFact) -> Self {
        Self {
            id: fact.id.0,
            at: fact.occurred_at.micros(),
            identities: fact.identities.iter().map(Identity::from).collect(),
            content: match &fact.payload {
                crm::FactPayload::Event(event) => Content::Event(event.into()),
                crm::FactPayload::Edited { member, edit } => {
                    Content::Edit { member: member.0, fields: edit.into() }
                }
                crm::FactPayload::Task { member, seed, action } => Content::Task {
                    member: member.0,
                    task: seed.into(),
                    action: match action {
                        crm::TaskAction::Assign(to) => {
                            TaskAction::Assign { to: to.map(|member| member.0) }
                        }
                        crm::TaskAction::Complete => TaskAction::Complete,
                        crm::TaskAction::Reopen => TaskAction::Reopen,
                        crm::TaskAction::Create(to) => {
                            TaskAction::Create { to: to.map(|member| member.0) }
                        }
                        crm::TaskAction::Snooze(until) => {
                            TaskAction::Snooze { until: until.micros() }
                        }
                    },
                },
                crm::FactPayload::Comment(crm::TaskComment { member, seed, text, mentions }) => {
                    Content::Comment {
                        member: member.0,
                        task: seed.into(),
                        text: text.clone(),
                        mentions: mentions.iter().map(|member| member.0).collect(),
                    }
                }
            },
        }
    }
}

impl TryFrom<Fact> for crm::ContactFact {
    type Error = Unreadable;

    fn try_from(stored: Fact) -> Result<Self, Unreadable> {
        let Fact { id, at, identities, content } = stored;
        let identities = identities.into_iter().map(crm::Identity::try_from);
        Ok(Self {
            id: EventId(id),
            occurred_at: Timestamp::from_micros(at),
            identities: identities.collect::<Result<_, _>>()?,
            payload: match content {
                Content::Event(event) => crm::FactPayload::Event(event.try_into()?),
                Content::Edit { member, fields } => {
                    crm::FactPayload::Edited { member: MemberId(member), edit: fields.try_into()? }
                }
                Content::Task { member, task, action } => crm::FactPayload::Task {
                    member: MemberId(member),
                    seed: task.try_into()?,
                    action: match action {
                        TaskAction::Assign { to } => crm::TaskAction::Assign(to.map(MemberId)),
                        TaskAction::Complete => crm::TaskAction::Complete,
                        TaskAction::Reopen => crm::TaskAction::Reopen,
                        TaskAction::Create { to } => crm::TaskAction::Create(to.map(MemberId)),
                        TaskAction::Snooze { until } => {
                            crm::TaskAction::Snooze(Timestamp::from_micros(until))
                        }
                    },
                },
                Content::Comment { member, task, text, mentions } => {
                    crm::FactPayload::Comment(crm::TaskComment {
                        member: MemberId(member),
                        seed: task.try_into()?,
                        text,
                        mentions: mentions.into_iter().map(MemberId).collect(),
                    })
                }
            },
        })
    }
}

impl From<&crm::EventPayload> for Event {
    fn from(event: &crm::EventPayload) -> Self {
        let crm::EventPayload { name, fields, amount, session_id, data } = event;
        let crm::ContactFields { user_id, email, first_name, last_name, phone } = fields.clone();
        Self {
            name: name.clone(),
            customer: Customer { user_id, email, first_name, last_name, phone },
            amount: amount.as_ref().map(Money::from),
            session_id: session_id.clone(),
            data: data.clone(),
        }
    }
}

impl TryFrom<Event> for crm::EventPayload {
    type Error = Unreadable;

    fn try_from(stored: Event) -> Result<Self, Unreadable> {
        let Event { name, customer, amount, session_id, data } = stored;
        let Customer { user_id, email, first_name, last_name, phone } = customer;
        let fields = crm::ContactFields { user_id, email, first_name, last_name, phone };
        let amount = amount.map(TryInto::try_into).transpose()?;
        Ok(Self { name, fields, amount, session_id, data })
    }
}

impl From<&crm::ContactEdit> for EditedFields {
    fn from(edit: &crm::ContactEdit) -> Self {
        let crm::ContactEdit {
            email,
            first_name,
            last_name,
            phone,
            lead_source,
            lead_status,
            deal_value,
        } = edit.clone();
        let deal_value = deal_value.map(|change| match change {
            crm::DealChange::Set(amount) => DealValue::Set(Money::from(&amount)),
            crm::DealChange::Clear => DealValue::Clear,
        });
        Self { email, first_name, last_name, phone, lead_source, lead_status, deal_value }
    }
}

impl TryFrom<EditedFields> for crm::ContactEdit {
    type Error = Unreadable;

    fn try_from(stored: EditedFields) -> Result<Self, Unreadable> {
        let EditedFields {
            email,
            first_name,
            last_name,
            phone,
            lead_source,
            lead_status,
            deal_value,
        } = stored;
        let deal_value = match deal_value {
            Some(DealValue::Set(amount)) => Some(crm::DealChange::Set(amount.try_into()?)),
            Some(DealValue::Clear) => Some(crm::DealChange::Clear),
            None => None,
        };
        Ok(Self { email, first_name, last_name, phone, lead_source, lead_status, deal_value })
    }
}
