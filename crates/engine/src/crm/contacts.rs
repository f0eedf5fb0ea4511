//! Contacts and their timelines.

use domain::crm::{ActivityId, ContactEdit, ContactId, DealChange};
use domain::id::{EventId, MemberId, ProjectId};
use domain::money::{Currency, Money};
use domain::time::Timestamp;

use super::{CrmService, validate};
use crate::Error;
use crate::ports::catalog::{Contact, ContactActivity, ContactQuery, PipelineStage, Preference};

/// What to change of a contact, as written; an empty text clears its field.
#[derive(Debug, Clone, Default)]
pub struct ContactPatch {
    /// An address no other contact has.
    pub email: Option<String>,
    /// Up to 100 characters.
    pub first_name: Option<String>,
    /// Up to 100 characters.
    pub last_name: Option<String>,
    /// Up to 50 characters.
    pub phone: Option<String>,
    /// Up to 100 characters.
    pub lead_source: Option<String>,
    /// 1 to 60 characters.
    pub lead_status: Option<String>,
    /// The estimated deal value.
    pub deal_value: Option<DealValueEdit>,
}

/// A deal value, as written.
#[derive(Debug, Clone, PartialEq)]
pub enum DealValueEdit {
    /// No deal is expected.
    None,
    /// This much is.
    Amount {
        /// In major units.
        major: f64,
        /// ISO 4217.
        currency: String,
    },
}

impl ContactPatch {
    fn checked(self) -> Result<ContactEdit, Error> {
        let text = |field, value: Option<String>, max_chars| {
            value.map(|value| crate::validate::line(field, &value, max_chars)).transpose()
        };
        Ok(ContactEdit {
            email: self.email.map(|email| validate::email(&email)).transpose()?,
            first_name: text("first_name", self.first_name, 100)?,
            last_name: text("last_name", self.last_name, 100)?,
            phone: text("phone", self.phone, 50)?,
            lead_source: text("lead_source", self.lead_source, 100)?,
            lead_status: self
                .lead_status
                .map(|status| validate::required("lead_status", &status, 60))
                .transpose()?,
            deal_value: self.deal_value.map(deal_change).transpose()?,
        })
    }
}

fn deal_change(text: DealValueEdit) -> Result<DealChange, Error> {
    let DealValueEdit::Amount { major, currency } = text else { return Ok(DealChange::Clear) };
    let bad = |error: domain::money::InvalidMoney| {
        Error::invalid("estimated_deal_value", format!("estimated_deal_value: {error}"))
    };
    let amount = Money::from_major(major, Currency::parse(&currency).map_err(bad)?).map_err(bad)?;
    if amount.minor < 0 {
        let detail = "estimated_deal_value must not be negative";
        return Err(Error::invalid("estimated_deal_value", detail));
    }
    Ok(DealChange::Set(amount))
}

impl CrmService {
    /// Contacts in the order asked for.
    pub async fn contacts(
        &self,
        project: ProjectId,
        query: ContactQuery,
    ) -> Result<Vec<Contact>, Error> {
        let query = ContactQuery {
            search: validate::search(query.search),
            limit: query.limit.clamp(1, 1_000),
            ..query
        };
        Ok(self.parts.contacts.list(project, &query).await?)
    }

    /// One contact, by any of its ids.
    pub async fn contact(&self, project: ProjectId, id: ContactId) -> Result<Contact, Error> {
        let found = self.parts.contacts.contact(project, id).await?;
        found.ok_or(Error::NotFound("contact"))
    }

    /// A contact's timeline, latest first, entries before `before` only.
    pub async fn timeline(
        &self,
        project: ProjectId,
        id: ContactId,
        before: Option<(Timestamp, ActivityId)>,
        limit: u32,
    ) -> Result<Vec<ContactActivity>, Error> {
        self.contact(project, id).await?;
        let limit = limit.clamp(1, 1_000);
        Ok(self.parts.contacts.timeline(project, id, before, limit).await?)
    }

    /// Changes a contact by hand and returns it as it is now.
    pub async fn change_contact(
        &self,
        project: ProjectId,
        id: ContactId,
        member: MemberId,
        changes: ContactPatch,
    ) -> Result<Contact, Error> {
        let edit = changes.checked()?;
        if edit == ContactEdit::default() {
            return self.contact(project, id).await;
        }
        let now = self.parts.clock.now();
        let fact = EventId(self.parts.ids.next(now));
        let contact = self.parts.contacts.edit(project, id, fact, now, member, edit).await?;
        contact.ok_or(Error::NotFound("contact"))
    }

    /// Contacts and deal values by status: the contract's statuses first, in their order, then others
    /// by name; within a status by currency.
    pub async fn pipeline(&self, project: ProjectId) -> Result<Vec<PipelineStage>, Error> {
        let mut stages = self.parts.contacts.pipeline(project).await?;
        let place = |status: &str| {
            domain::crm::STATUSES.iter().position(|known| *known == status).unwrap_or(usize::MAX)
        };
        let code = |stage: &PipelineStage| stage.deal_value.clone().map(|value| value.currency);
        stages.sort_by_cached_key(|stage| {
            (place(&stage.lead_status), stage.lead_status.clone(), code(stage))
        });
        Ok(stages)
    }

    /// The items viewed most, most viewed first.
    pub async fn preferences(
        &self,
        project: ProjectId,
        contact: Option<ContactId>,
        (from, to): (Timestamp, Timestamp),
        limit: u32,
    ) -> Result<Vec<Preference>, Error> {
        let limit = limit.clamp(1, 1_000);
        Ok(self.parts.contacts.preferences(project, contact, from, to, limit).await?)
    }
}
