//! The projections, and how far each has come.

use std::sync::Arc;

use tokio::sync::watch;

use super::Ports;
use crate::ports::journal::Position;
use crate::project_zones::ProjectZones;
use crate::projections::{
    CallsProjection, CrmProjection, LakeProjection, LeadScoreProjection, OutcomesProjection,
    Projection, SessionsProjection,
};
use crate::retention::RetentionFloors;

/// The projections of one server.
pub(super) struct Followers {
    /// Each projection with the channel that announces its position.
    pub(super) running: Vec<(Arc<dyn Projection>, watch::Sender<Position>)>,
    /// The position of each, by its name.
    pub(super) positions: Vec<(&'static str, watch::Receiver<Position>)>,
    /// The position of the lake.
    pub(super) visible: watch::Receiver<Position>,
}

impl Followers {
    /// Every projection there is.
    pub(super) fn over(
        Ports { lake, catalog, .. }: &Ports,
        floors: &Arc<RetentionFloors>,
        zones: &ProjectZones,
    ) -> Self {
        let (sender, visible) = watch::channel(0);
        let lake: Arc<dyn Projection> = Arc::new(LakeProjection::new(lake.clone(), floors.clone()));
        let others: [Arc<dyn Projection>; 5] = [
            Arc::new(OutcomesProjection::new(catalog.clone(), zones.clone())),
            Arc::new(LeadScoreProjection::new(catalog.clone())),
            Arc::new(CrmProjection::new(catalog.clone())),
            Arc::new(SessionsProjection::new(catalog.clone())),
            Arc::new(CallsProjection::new(catalog.clone())),
        ];
        let others = others.into_iter().map(|projection| (projection, watch::channel(0).0));
        let running: Vec<_> = std::iter::once((lake, sender)).chain(others).collect();
        let positions =
            running.iter().map(|(it, sender)| (it.name(), sender.subscribe())).collect();
        Self { running, positions, visible }
    }

    /// The projections alone.
    pub(super) fn readers(&self) -> Vec<Arc<dyn Projection>> {
        self.running.iter().map(|(projection, _)| projection.clone()).collect()
    }
}
