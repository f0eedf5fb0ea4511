//! Contacts: looked at, and changed by hand.

use async_trait::async_trait;
use domain::crm::{ActivityId, ContactEdit, ContactFact, ContactId, FactPayload, Identity};
use domain::id::{EventId, MemberId, ProjectId};
use domain::time::Timestamp;
use engine::ports::catalog::{
    AmountRow, Contact, ContactActivity, ContactQuery, ContactSort, ContactStore, Error,
    PipelineStage, Preference,
};
use sqlx::{AnyConnection, AssertSqlSafe};

use super::update::ContactUpdater;
use super::{LEAD_SCORE, identities, reports, rows, rules, timeline};
use crate::Catalog;
use crate::error::{malformed, sql};
use crate::row_ext::NUL;

#[async_trait]
impl ContactStore for Catalog {
    async fn list(&self, project: ProjectId, query: &ContactQuery) -> Result<Vec<Contact>, Error> {
        if query.search.as_deref().is_some_and(|search| search.contains(NUL)) {
            return Ok(Vec::new());
        }
        let column = column(query.sort);
        let statement = format!(
            "SELECT id, state, {LEAD_SCORE} AS lead_score FROM crm_contacts
             WHERE project_id = $1 AND ($2 = '' OR lead_status = $2)
               AND search_text LIKE $3 ESCAPE '!'
               AND ({column} < $4 OR ({column} = $4 AND id > $5))
             ORDER BY {column} DESC, id LIMIT $6"
        );
        let (after, after_id) = match query.after {
            Some((value, id)) => (value, id.to_string()),
            None => (i64::MAX, String::new()),
        };
        let mut reads = self.reads_of(project).await?;
        let rows = sqlx::query(AssertSqlSafe(statement))
            .bind(project.to_string())
            .bind(query.lead_status.clone().unwrap_or_default())
            .bind(pattern(query.search.as_deref().unwrap_or_default()))
            .bind(after)
            .bind(after_id)
            .bind(i64::from(query.limit))
            .fetch_all(&mut *reads)
            .await
            .map_err(sql)?;
        rows.iter().map(rows::contact).collect()
    }

    async fn contact(&self, project: ProjectId, id: ContactId) -> Result<Option<Contact>, Error> {
        let mut connection = self.reads_of(project).await?;
        find(&mut connection, project, id).await
    }

    async fn timeline(
        &self,
        project: ProjectId,
        id: ContactId,
        before: Option<(Timestamp, ActivityId)>,
        limit: u32,
    ) -> Result<Vec<ContactActivity>, Error> {
        let (at, before_id) = match before {
            Some((at, id)) => (at.micros(), id.to_string()),
            None => (i64::MAX, String::new()),
        };
        let mut reads = self.reads_of(project).await?;
        let rows = sqlx::query(
            "SELECT activity.id AS id, activity.occurred_at AS occurred_at,
                    activity.absorbed AS absorbed, activity.fact AS fact
             FROM crm_aliases AS alias
             JOIN crm_activities AS activity
               ON activity.project_id = alias.project_id AND activity.contact_id = alias.contact_id
             WHERE alias.project_id = $1 AND alias.id = $2 AND activity.is_shown = 1
               AND (activity.occurred_at < $3 OR (activity.occurred_at = $3 AND activity.id < $4))
             ORDER BY activity.occurred_at DESC, activity.id DESC LIMIT $5",
        )
        .bind(project.to_string())
        .bind(id.to_string())
        .bind(at)
        .bind(before_id)
        .bind(i64::from(limit))
        .fetch_all(&mut *reads)
        .await
        .map_err(sql)?;
        rows.iter().map(timeline::activity).collect()
    }

    async fn edit(
        &self,
        project: ProjectId,
        id: ContactId,
        fact: EventId,
        now: Timestamp,
        member: MemberId,
        edit: ContactEdit,
    ) -> Result<Option<Contact>, Error> {
        let mut transaction = self.write_of(project).await?;
        rules::lock(&mut transaction, project).await?;
        let Some(found) = find(&mut transaction, project, id).await? else { return Ok(None) };
        let head = identities::head(&mut transaction, project, found.id).await?;
        let mut named = vec![head.ok_or_else(|| malformed("contact_id"))?];
        if let Some(email) = edit.email.as_deref().filter(|email| !email.is_empty()) {
            let address = Identity::email(project, email);
            let owner = identities::head(&mut transaction, project, address.contact_id).await?;
            if owner.is_some_and(|owner| owner.contact_id != found.id) {
                return Err(Error::AlreadyExists { what: "email" });
            }
            named.push(address);
        }
        let folded = found.state.folded.map(|(at, _)| at.plus_micros(1));
        let fact = ContactFact {
            id: fact,
            occurred_at: folded.map_or(now, |folded| folded.max(now)),
            identities: named,
            payload: FactPayload::Edited { member, edit },
        };
        let mut folding = ContactUpdater::begin(&mut transaction, project).await?;
        folding.add(&[&fact]).await?;
        folding.store().await?;
        let contact = find(&mut transaction, project, id).await?;
        transaction.commit().await.map_err(sql)?;
        Ok(contact)
    }

    async fn pipeline(&self, project: ProjectId) -> Result<Vec<PipelineStage>, Error> {
        let mut reads = self.reads_of(project).await?;
        reports::pipeline(&mut reads, project).await
    }

    async fn amounts(
        &self,
        project: ProjectId,
        from: Timestamp,
        to: Timestamp,
    ) -> Result<Vec<AmountRow>, Error> {
        let mut reads = self.reads_of(project).await?;
        reports::amounts(&mut reads, project, from, to).await
    }

    async fn preferences(
        &self,
        project: ProjectId,
        contact: Option<ContactId>,
        from: Timestamp,
        to: Timestamp,
        limit: u32,
    ) -> Result<Vec<Preference>, Error> {
        let mut reads = self.reads_of(project).await?;
        reports::preferences(&mut reads, project, contact, (from, to), limit).await
    }
}

/// The contact that is known by `id`, whichever of its ids that is.
async fn find(
    connection: &mut AnyConnection,
    project: ProjectId,
    id: ContactId,
) -> Result<Option<Contact>, Error> {
    let statement = format!(
        "SELECT crm_contacts.id AS id, crm_contacts.state AS state, {LEAD_SCORE} AS lead_score
         FROM crm_aliases AS alias
         JOIN crm_contacts
           ON crm_contacts.project_id = alias.project_id AND crm_contacts.id = alias.contact_id
         WHERE alias.project_id = $1 AND alias.id = $2"
    );
    let row = sqlx::query(AssertSqlSafe(statement))
        .bind(project.to_string())
        .bind(id.to_string())
        .fetch_optional(connection)
        .await
        .map_err(sql)?;
    row.as_ref().map(rows::contact).transpose()
}

fn column(sort: ContactSort) -> &'static str {
    match sort {
        ContactSort::LastActivity => "last_activity",
        ContactSort::CreatedAt => "created_at",
        ContactSort::TotalBookings => "total_bookings",
        ContactSort::TotalRevenue => "total_revenue_minor",
        ContactSort::DealValue => "deal_value_minor",
        ContactSort::WebsiteVisits => "website_visits",
    }
}

/// A `LIKE` pattern for texts that hold `search`, whose own wildcards stand for themselves.
fn pattern(search: &str) -> String {
    let mut pattern = String::from("%");
    for character in search.trim().to_lowercase().chars() {
        if matches!(character, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(character);
    }
    pattern.push('%');
    pattern
}
