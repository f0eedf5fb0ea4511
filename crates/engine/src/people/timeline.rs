//! A person's timeline over all contracts: the catalog's moments and the lake's events in one order.

use domain::id::ProjectId;
use domain::person::{MomentKind, MomentPlace, MomentSource};
use domain::question::{EventRow, PersonEventRange};

use super::PeopleService;
use crate::Error;
use crate::ports::catalog::Moment;

/// Moments of one page, at most.
const MAX_MOMENTS: u32 = 200;

/// Which moments.
#[derive(Debug, Clone)]
pub struct PersonTimelineQuery {
    /// Of these kinds; none: of all.
    pub kinds: Vec<MomentKind>,
    /// After this one.
    pub after: Option<MomentPlace>,
    /// So many at most.
    pub limit: u32,
}

/// A moment of a person's timeline.
#[derive(Debug, Clone, PartialEq)]
pub enum PersonMoment {
    /// Of the catalog.
    Stored(Box<Moment>),
    /// Of the lake.
    Event(Box<EventRow>),
}

impl PersonMoment {
    /// Its place.
    pub fn place(&self) -> MomentPlace {
        match self {
            Self::Stored(moment) => moment.place(),
            Self::Event(event) => MomentPlace {
                at: event.occurred_at,
                source: MomentSource::Events,
                id: event.id.to_string(),
            },
        }
    }
}

impl PersonTimelineQuery {
    /// The limit that applies.
    pub fn page_size(&self) -> u32 {
        self.limit.clamp(1, MAX_MOMENTS)
    }
}

impl PeopleService {
    /// A page of a person's timeline, latest first.
    pub async fn timeline(
        &self,
        project: ProjectId,
        person: &str,
        query: &PersonTimelineQuery,
    ) -> Result<Vec<PersonMoment>, Error> {
        let keys = self.resolve(project, person).await?.keys;
        let limit = query.page_size();
        let kinds =
            if query.kinds.is_empty() { MomentKind::ALL.to_vec() } else { query.kinds.clone() };
        let after = query.after.as_ref();
        let stored = self.parts.people.moments(project, &keys, &kinds, after, limit).await?;
        let stored = stored.into_iter().map(|moment| PersonMoment::Stored(Box::new(moment)));
        let mut moments: Vec<_> = stored.collect();
        let before = after.map(|place| place.within(MomentSource::Events));
        let before = before.map(|(at, id)| (at, id.to_owned()));
        let (behavior, friction) =
            (kinds.contains(&MomentKind::Behavior), kinds.contains(&MomentKind::Friction));
        if behavior || friction {
            let permit = self.parts.questions.permit().await?;
            for user in &keys.user_ids {
                let mut range = PersonEventRange::new(project, user, before.clone(), limit);
                (range.behavior, range.friction) = (behavior, friction);
                let events = permit.person_events(&range).await?;
                let events = events.into_iter().map(|event| PersonMoment::Event(Box::new(event)));
                moments.extend(events);
            }
        }
        moments.sort_by_cached_key(PersonMoment::place);
        moments.truncate(limit as usize);
        Ok(moments)
    }
}
