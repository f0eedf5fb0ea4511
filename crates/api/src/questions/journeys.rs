//! `GET /api/projects/{project_id}/journeys`: which pages visitors see one after the other.

use axum::extract::State;
use domain::question::journey::{
    DEFAULT_JOURNEY_NODES, DEFAULT_JOURNEY_STEPS, InvalidJourney, Journey, JourneyAnswer,
    JourneyBy, JourneyDirection, JourneyLink, JourneyNode, JourneyStep,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::scope::{PeriodAnswer, ScopeQuery, choice, non_empty};
use crate::error::{Error, Unprocessable};
use crate::extract::{Json, Query, Viewer};
use crate::state::App;

/// Which journeys.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct JourneyQuery {
    /// `forward` (default): from the first view of the start to the pages after it; `back`: from the last view of the start to
    /// the pages before it.
    direction: Option<String>,
    /// The path that journeys begin with; without it they begin where visits do, and back where visits end.
    start: Option<String>,
    /// `page` (default): paths; `kind`: first segments, such that `/rooms/17` is `/rooms/*`. What is seen again at once counts
    /// once.
    by: Option<String>,
    /// 2 to 8; 5 by default.
    #[param(minimum = 2, maximum = 8)]
    steps: Option<u32>,
    /// Pages that each step names, 3 to 20; 8 by default. The others are one node.
    #[param(minimum = 3, maximum = 20)]
    top: Option<u32>,
}

/// Pages that visitors see one after the other.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Journeys)]
pub(crate) struct JourneyMap {
    period: PeriodAnswer,
    /// As in the request.
    direction: &'static str,
    /// Visits that take part.
    sessions: u64,
    /// In order, the start first; steps that no visit reaches are left out.
    steps: Vec<JourneyStepAnswer>,
    links: Vec<JourneyLinkAnswer>,
}

/// Pages of one step.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = JourneyStep)]
pub(crate) struct JourneyStepAnswer {
    /// Most visits first, the other pages together last.
    nodes: Vec<JourneyNodeAnswer>,
}

/// A page at a step.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = JourneyNode)]
pub(crate) struct JourneyNodeAnswer {
    /// Null stands for all other pages.
    path: Option<String>,
    sessions: u64,
    /// Visits that end here, or back: that began here. Null at the last step, beyond which nobody looks.
    ended: Option<u64>,
    /// Of these visits, the ones with friction at any time.
    friction_sessions: u64,
    /// Of these visits, the ones with an order or booking at any time.
    converting_sessions: u64,
}

/// Visits that go from one page to another.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = JourneyLink)]
pub(crate) struct JourneyLinkAnswer {
    /// Index of the step it leads from.
    step: usize,
    /// Index of the node there.
    from: usize,
    /// Index of the node of the next step.
    to: usize,
    sessions: u64,
}

const DIRECTIONS: [(&str, JourneyDirection); 2] =
    [("forward", JourneyDirection::Forward), ("back", JourneyDirection::Back)];
const KINDS: [(&str, JourneyBy); 2] = [("page", JourneyBy::Page), ("kind", JourneyBy::Kind)];

impl JourneyQuery {
    fn journey(self) -> Result<Journey, Error> {
        let direction = choice("direction", self.direction, &DIRECTIONS)?.unwrap_or_default();
        let by = choice("by", self.by, &KINDS)?.unwrap_or_default();
        let start = non_empty(self.start);
        let number = |number: Option<u32>, default: usize| {
            number.map_or(default, |number| usize::try_from(number).unwrap_or(usize::MAX))
        };
        let steps = number(self.steps, DEFAULT_JOURNEY_STEPS);
        let nodes = number(self.top, DEFAULT_JOURNEY_NODES);
        Journey::new(direction, by, start.as_deref(), steps, nodes).map_err(|error| {
            let field = match error {
                InvalidJourney::Steps => "steps",
                InvalidJourney::Nodes => "top",
            };
            engine::Error::invalid(field, error.to_string()).into()
        })
    }
}

impl JourneyMap {
    fn new(period: PeriodAnswer, direction: JourneyDirection, answer: JourneyAnswer) -> Self {
        let node = |node: JourneyNode| JourneyNodeAnswer {
            path: node.page,
            sessions: node.sessions,
            ended: node.ended,
            friction_sessions: node.friction_sessions,
            converting_sessions: node.converting_sessions,
        };
        let step = |step: JourneyStep| JourneyStepAnswer {
            nodes: step.nodes.into_iter().map(node).collect(),
        };
        let link = |link: JourneyLink| JourneyLinkAnswer {
            step: link.step,
            from: link.from,
            to: link.to,
            sessions: link.sessions,
        };
        let [(forward, _), (back, _)] = DIRECTIONS;
        Self {
            period,
            direction: if direction == JourneyDirection::Back { back } else { forward },
            sessions: answer.sessions,
            steps: answer.steps.into_iter().map(step).collect(),
            links: answer.links.into_iter().map(link).collect(),
        }
    }
}

/// Pages that visitors see one after the other, over the visits of the period.
///
/// Each visit counts once: forward by its first view of `start`, back by its last. Of each node before the last step the
/// links that leave it and `ended` add up to its visits; of each node after the first the links that enter it do.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/journeys", tag = "Questions", operation_id = "journeys",
    params(("project_id" = uuid::Uuid, Path), ScopeQuery, JourneyQuery),
    extensions(("x-role" = json!("viewer"))),
    responses((status = 200, body = JourneyMap), Viewer, Unprocessable),
)]
pub(super) async fn journeys(
    State(app): State<App>,
    Viewer(allowed): Viewer,
    Query(query): Query<ScopeQuery>,
    Query(journey): Query<JourneyQuery>,
) -> Result<Json<JourneyMap>, Error> {
    let scope = query.scope(&app, allowed.project_id).await?;
    let journey = journey.journey()?;
    let answer = app.analytics.permit().await?.journeys(&scope, &journey).await?;
    Ok(Json(JourneyMap::new(scope.period.into(), journey.direction, answer)))
}
