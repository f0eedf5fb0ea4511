//! The call widgets of the car rental, made once, and what their calls cost.

use anyhow::Context;
use domain::billing::{Basis, Rounding, Tariff};
use domain::id::{ProjectId, WidgetId};
use domain::money::Currency;
use domain::widget::WidgetKind;
use engine::widgets::NewWidget;

use super::session::CURRENCY;
use super::sites::Site;
use crate::wiring::Components;

/// The widget customers call by.
const LINE: &str = "Reservations line";
/// The one that is only looked at.
const PREVIEW: &str = "Reservations line (preview)";
/// TZS 250 a started minute, in cents.
const PRICE_MINOR: i64 = 25_000;

/// The call widget of a site's pages; none where they embed none.
pub(super) async fn prepare(
    parts: &Components,
    project: ProjectId,
    site: &Site,
) -> anyhow::Result<Option<WidgetId>> {
    if site.call_pages.is_empty() {
        return Ok(None);
    }
    set_tariff(parts, project).await?;
    let latest_first = parts.app.widgets.list(project).await?;
    if let Some(widget) = latest_first.iter().rev().find(|widget| !widget.is_demo) {
        return Ok(Some(widget.id));
    }
    if latest_first.is_empty() {
        make(parts, project, site, PREVIEW, true).await?;
    }
    Ok(Some(make(parts, project, site, LINE, false).await?))
}

async fn make(
    parts: &Components,
    project: ProjectId,
    site: &Site,
    name: &str,
    is_demo: bool,
) -> anyhow::Result<WidgetId> {
    let domain = site.origin.trim_start_matches("https://").to_owned();
    let (name, kind) = (name.to_owned(), WidgetKind::Floating);
    let new = NewWidget { name, kind, allowed_domains: vec![domain], is_demo };
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
