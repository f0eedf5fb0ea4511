//! The shop's rules of contacts: an order makes a customer and is revenue, as a booking is by default.

use domain::crm::{CUSTOMER, Counter, Rule, RuleSet, StatusRule};
use domain::id::ProjectId;
use domain::time::Timestamp;
use engine::ports::catalog::ContactFactStore;

use super::sites::{BusinessModel, Site};
use crate::wiring::Components;

/// Puts them in force from `since` on, unless the site's rules have been changed.
pub(super) async fn prepare(
    parts: &Components,
    project: ProjectId,
    site: &Site,
    since: Timestamp,
) -> Result<(), engine::Error> {
    let known = parts.app.crm.rules(project).await?;
    if site.trade != BusinessModel::Shop || known.version > 0 {
        return Ok(());
    }
    let mut rules = RuleSet::default();
    rules.rules.push(Rule {
        event: "order.placed".to_owned(),
        activity: true,
        status: Some(StatusRule { to: CUSTOMER.to_owned(), unless: Vec::new() }),
        counts: vec![Counter::TotalRevenue],
        ..Rule::default()
    });
    parts.catalog.replace_rules(project, 0, rules, since).await?;
    Ok(())
}
