//! `GET /api/projects/{project_id}/live`: the WebSocket feed.

use std::time::Duration;

use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::extract::{Request, State};
use axum::response::Response;
use domain::id::ProjectId;
use domain::question::{Filters, Period, Scope};
use engine::live::{Arrived, Update};
use serde::Serialize;
use std::collections::BTreeMap;
use tokio::sync::broadcast::error::RecvError;

use crate::error::Error;
use crate::extract::{Viewer, check_same_origin};
use crate::questions::EventAnswer;
use crate::state::App;

/// How often the visitors of the last minutes are counted.
const ACTIVE_EVERY: Duration = Duration::from_secs(5);
/// A visitor is active for this long after their last event.
const ACTIVE_SECONDS: i64 = 5 * 60;
/// Largest message a watcher may send; it has nothing to say.
const MAX_INCOMING_BYTES: usize = 1_024;

/// What the server says.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Said {
    /// First.
    Hello { now: String },
    /// Events have arrived.
    Events { events: Vec<EventAnswer>, totals: Totals, by_kind: BTreeMap<String, u64> },
    /// Everything announced before can now be asked for.
    Visible { at: String },
    /// Visitors of the last five minutes.
    Active { active_visitors: u64 },
}

/// How many events arrived since the message before.
#[derive(Debug, Serialize)]
struct Totals {
    events: u64,
    page_views: u64,
    friction: u64,
}

impl From<&Arrived> for Said {
    fn from(arrived: &Arrived) -> Self {
        Self::Events {
            events: arrived.events.iter().cloned().map(Into::into).collect(),
            totals: Totals {
                events: arrived.count,
                page_views: arrived.page_views,
                friction: arrived.friction.values().sum(),
            },
            by_kind: arrived.friction.clone(),
        }
    }
}

/// Opens the feed for a signed-in member's own page.
pub(crate) async fn live(
    State(app): State<App>,
    Viewer(allowed): Viewer,
    upgrade: WebSocketUpgrade,
    request: Request,
) -> Result<Response, Error> {
    // A WebSocket is not bound by CORS: another site's page could open one with our cookie.
    let (parts, _) = request.into_parts();
    check_same_origin(&parts, &app)?;
    Ok(upgrade
        .max_message_size(MAX_INCOMING_BYTES)
        .on_upgrade(move |socket| feed(app, allowed.project_id, socket)))
}

async fn feed(app: App, project: ProjectId, mut socket: WebSocket) {
    let mut updates = app.live.watch(project);
    let mut active = tokio::time::interval(ACTIVE_EVERY);
    active.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let hello = Said::Hello { now: app.clock.now().to_rfc3339() };
    if say(&mut socket, &hello).await.is_err() {
        return;
    }
    loop {
        let said = tokio::select! {
            update = updates.recv() => match update {
                Ok(Update::Events(arrived)) => Some(Said::from(&*arrived)),
                // Whoever fell behind asks the lake again, like after any other news.
                Ok(Update::Visible) | Err(RecvError::Lagged(_)) => {
                    Some(Said::Visible { at: app.clock.now().to_rfc3339() })
                }
                Err(RecvError::Closed) => return,
            },
            _ = active.tick() => active_visitors(&app, project).await,
            incoming = socket.recv() => match incoming {
                Some(Ok(Message::Close(_)) | Err(_)) | None => return,
                Some(Ok(_)) => None,
            },
        };
        if let Some(said) = said
            && say(&mut socket, &said).await.is_err()
        {
            return;
        }
    }
}

async fn say(socket: &mut WebSocket, said: &Said) -> Result<(), axum::Error> {
    let text = serde_json::to_string(said).map_err(axum::Error::new)?;
    socket.send(Message::Text(text.into())).await
}

/// The visitors of the last five minutes; none when the lake does not answer now.
async fn active_visitors(app: &App, project_id: ProjectId) -> Option<Said> {
    let now = app.clock.now();
    let period = Period::new(now.plus_seconds(-ACTIVE_SECONDS), now).ok()?;
    let scope = Scope { project_id, period, filters: Filters::default() };
    let overview = app.analytics.overview(&scope).await.ok()?;
    Some(Said::Active { active_visitors: overview.totals.visitors })
}
