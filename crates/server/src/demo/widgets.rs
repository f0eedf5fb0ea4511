//! The call widgets of the sites, made once, and what their calls cost.

use anyhow::Context;
use domain::billing::{Basis, Rounding, Tariff};
use domain::id::{ProjectId, WidgetId};
use domain::money::Currency;
use domain::widget::WidgetKind;
use engine::widgets::NewWidget;

use super::session::CURRENCY;
use super::sites::Site;
use crate::wiring::Components;

/// TZS 250 a started minute, in cents.
const PRICE_MINOR: i64 = 25_000;

/// The call widget of a site's pages.
pub(super) async fn prepare(
    parts: &Components,
    project: ProjectId,
    site: &Site,
) -> anyhow::Result<WidgetId> {
    set_tariff(parts, project).await?;
    let latest_first = parts.app.widgets.list(project).await?;
    if let Some(widget) = latest_first.iter().rev().find(|widget| !widget.is_demo) {
        return Ok(widget.id);
    }
    if latest_first.is_empty() {
        // One that is only looked at.
        let preview = format!("{} (preview)", site.line);
        make(parts, project, site, preview, true).await?;
    }
    make(parts, project, site, site.line.to_owned(), false).await
}

async fn make(
    parts: &Components,
    project: ProjectId,
    site: &Site,
    name: String,
    is_demo: bool,
) -> anyhow::Result<WidgetId> {
    let domain = site.origin.trim_start_matches("https://").to_owned();
    let new =
        NewWidget { name, kind: WidgetKind::Floating, allowed_domains: vec![domain], is_demo };
    Ok(parts.app.widgets.create(project, new).await?.id)
}

async fn set_tariff(parts: &Components, project: ProjectId) -> anyhow::Result<()> {
    let billing = &parts.app.billing;
    if billing.tariff(project).await?.is_none() {
        let tariff = Tariff {
            currency: Currency::parse(CURRENCY).context("the demo's currency")?,
            price_minor: PRICE_MINOR,
            basis: Basis::TalkTime,
            rounding: Rounding::PerStartedMinute,
            free_seconds: 10,
        };
        billing.set_tariff(project, tariff).await?;
    }
    Ok(())
}
