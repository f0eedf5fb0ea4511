//! `GET /api/projects/{project_id}/bots`.

use axum::extract::State;
use domain::question;
use serde::Serialize;
use utoipa::ToSchema;

use super::scope::{PeriodAnswer, ScopeQuery};
use crate::error::{Error, Unprocessable};
use crate::extract::{Json, Query, Viewer};
use crate::state::App;

/// How much of the traffic is bots. Other answers leave their events out unless asked for them.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BotShare {
    period: PeriodAnswer,
    /// Events of all senders.
    events: u64,
    /// Events of bots.
    bot_events: u64,
    /// The same by the rule that recognised the bot, most events first.
    rules: Vec<BotRule>,
    /// The bots by their names, most events first; 100 at most.
    bots: Vec<Bot>,
    /// One entry for every bucket of the period, in order.
    series: Vec<BotBucket>,
}

/// A rule that recognises bots.
#[derive(Debug, Serialize, ToSchema)]
struct BotRule {
    /// `ua:` and the word of the user agent that gave the bot away.
    rule: String,
    events: u64,
}

/// A bot: the events that have a name and a rule in common.
#[derive(Debug, Serialize, ToSchema)]
struct Bot {
    /// The browser that its user agent names, which for crawlers is their own name: `Googlebot`. It is what the filter
    /// `browser` chooses.
    name: Option<String>,
    /// As in `rules`.
    rule: String,
    events: u64,
    page_views: u64,
    sessions: u64,
    /// Its last event of the period.
    #[schema(format = DateTime)]
    last_seen: String,
}

/// Events of one bucket.
#[derive(Debug, Serialize, ToSchema)]
struct BotBucket {
    /// Its beginning.
    #[schema(format = DateTime)]
    at: String,
    /// Events of all senders.
    events: u64,
    /// Events of bots.
    bot_events: u64,
}

impl From<question::BotRule> for BotRule {
    fn from(rule: question::BotRule) -> Self {
        Self { rule: rule.rule, events: rule.events }
    }
}

impl From<question::Bot> for Bot {
    fn from(bot: question::Bot) -> Self {
        Self {
            name: bot.name,
            rule: bot.rule,
            events: bot.events,
            page_views: bot.page_views,
            sessions: bot.sessions,
            last_seen: bot.last_seen.to_rfc3339(),
        }
    }
}

impl From<question::BotBucket> for BotBucket {
    fn from(bucket: question::BotBucket) -> Self {
        Self { at: bucket.at.to_rfc3339(), events: bucket.events, bot_events: bucket.bot_events }
    }
}

/// The share of bots in the traffic, over time and by bot. `include_bots` makes no difference.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/bots", tag = "Questions", operation_id = "bots",
    params(("project_id" = uuid::Uuid, Path), ScopeQuery),
    extensions(("x-role" = json!("viewer"))),
    responses((status = 200, body = BotShare), Viewer, Unprocessable),
)]
pub(super) async fn bots(
    State(app): State<App>,
    Viewer(allowed): Viewer,
    Query(query): Query<ScopeQuery>,
) -> Result<Json<BotShare>, Error> {
    let scope = query.scope(&app, allowed.project_id).await?;
    let answer = app.analytics.permit().await?.bots(&scope).await?;
    Ok(Json(BotShare {
        period: scope.period.into(),
        events: answer.events,
        bot_events: answer.bot_events,
        rules: answer.rules.into_iter().map(Into::into).collect(),
        bots: answer.bots.into_iter().map(Into::into).collect(),
        series: answer.series.into_iter().map(Into::into).collect(),
    }))
}
