//! Counting journeys, one session after the other.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, VecDeque};

use super::{
    Journey, JourneyAnswer, JourneyBy, JourneyDirection, JourneyLink, JourneyNode, JourneyStep,
    page_kind,
};

/// Different journeys that are remembered, at most, which takes about 120 MB.
const MAX_JOURNEYS: usize = 1 << 20;
/// Memory for the names of pages, in bytes.
const MAX_NAME_BYTES: usize = 64 << 20;
/// Memory for a page besides its name, about.
const PAGE_BYTES: usize = 120;

/// There are too many different journeys or pages for the memory of one question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("too many different journeys or pages")]
pub struct TooManyJourneys;

/// The journey of a session, found while its pages are read.
#[derive(Debug, Default)]
pub struct SessionJourney {
    last: Option<u32>,
    /// Back: the pages read last, at most as many as there are steps.
    recent: VecDeque<u32>,
    /// Its pages so far, from the start on.
    pages: Vec<u32>,
}

/// Journeys counted so far.
#[derive(Debug)]
pub struct JourneyTally<'a> {
    journey: &'a Journey,
    pages: HashMap<Box<str>, u32>,
    names: Vec<Box<str>>,
    name_bytes: usize,
    start: Option<u32>,
    journeys: HashMap<Box<[u32]>, SessionCounts>,
}

/// Counts of sessions.
#[derive(Debug, Clone, Copy, Default)]
struct SessionCounts {
    all: u64,
    friction: u64,
    converting: u64,
}

impl SessionCounts {
    fn add(&mut self, more: Self) {
        self.all += more.all;
        self.friction += more.friction;
        self.converting += more.converting;
    }
}

impl<'a> JourneyTally<'a> {
    /// No journeys.
    pub fn new(journey: &'a Journey) -> Self {
        let mut tally = Self {
            journey,
            pages: HashMap::new(),
            names: Vec::new(),
            name_bytes: 0,
            start: None,
            journeys: HashMap::new(),
        };
        tally.start = journey.start().map(|start| tally.index(start));
        tally
    }

    /// Reads the next page view of a session.
    ///
    /// # Errors
    ///
    /// When there is no memory for more pages.
    pub fn read(
        &mut self,
        session: &mut SessionJourney,
        path: &str,
    ) -> Result<(), TooManyJourneys> {
        let page = self.page(path)?;
        if session.last == Some(page) {
            return Ok(());
        }
        session.last = Some(page);
        let steps = self.journey.steps;
        let is_start = self.start.is_none_or(|start| start == page);
        match self.journey.direction {
            JourneyDirection::Forward => {
                if session.pages.len() < steps && (is_start || !session.pages.is_empty()) {
                    session.pages.push(page);
                }
            }
            JourneyDirection::Back => {
                session.recent.push_front(page);
                session.recent.truncate(steps);
                if is_start {
                    session.pages.clear();
                    session.pages.extend(&session.recent);
                }
            }
        }
        Ok(())
    }

    /// Counts a session after its last page view.
    ///
    /// # Errors
    ///
    /// When there is no memory for more journeys.
    pub fn count(
        &mut self,
        session: &SessionJourney,
        has_friction: bool,
        has_converted: bool,
    ) -> Result<(), TooManyJourneys> {
        if session.pages.is_empty() {
            return Ok(());
        }
        let (friction, converting) = (u64::from(has_friction), u64::from(has_converted));
        let one = SessionCounts { all: 1, friction, converting };
        if let Some(counted) = self.journeys.get_mut(session.pages.as_slice()) {
            counted.add(one);
            return Ok(());
        }
        if self.journeys.len() == MAX_JOURNEYS {
            return Err(TooManyJourneys);
        }
        self.journeys.insert(session.pages.as_slice().into(), one);
        Ok(())
    }

    /// The index of the page of a path.
    fn page(&mut self, path: &str) -> Result<u32, TooManyJourneys> {
        let name = match self.journey.by {
            JourneyBy::Page => Cow::Borrowed(path),
            JourneyBy::Kind => page_kind(path),
        };
        if let Some(index) = self.pages.get(&*name) {
            return Ok(*index);
        }
        if self.name_bytes > MAX_NAME_BYTES {
            return Err(TooManyJourneys);
        }
        Ok(self.index(&name))
    }

    /// The index of a new page.
    fn index(&mut self, name: &str) -> u32 {
        // There is memory for some hundred thousand.
        let index = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.name_bytes += 2 * name.len() + PAGE_BYTES;
        self.names.push(name.into());
        self.pages.insert(name.into(), index);
        index
    }

    /// The nodes and links of all journeys.
    pub fn finish(self) -> JourneyAnswer {
        let length = self.journeys.keys().map(|pages| pages.len()).max().unwrap_or_default();
        let shown: Vec<Vec<u32>> = (0..length).map(|step| self.named(step)).collect();
        let node = |step: usize, page: u32| {
            let pages: &[u32] = &shown[step];
            pages.iter().position(|it| *it == page).unwrap_or(pages.len())
        };
        let mut counts: Vec<Vec<(SessionCounts, u64)>> = shown
            .iter()
            .map(|pages| vec![(SessionCounts::default(), 0); pages.len() + 1])
            .collect();
        let mut links: BTreeMap<(usize, usize, usize), u64> = BTreeMap::new();
        for (pages, counted) in &self.journeys {
            let at: Vec<usize> =
                pages.iter().enumerate().map(|(step, page)| node(step, *page)).collect();
            for (step, index) in at.iter().enumerate() {
                let (sessions, ended) = &mut counts[step][*index];
                sessions.add(*counted);
                match at.get(step + 1) {
                    Some(next) => *links.entry((step, *index, *next)).or_default() += counted.all,
                    None => *ended += counted.all,
                }
            }
        }
        let last = self.journey.steps - 1;
        let step = |(step, nodes): (usize, Vec<(SessionCounts, u64)>)| {
            let names = shown[step].iter().map(|page| Some(self.names[*page as usize].to_string()));
            let nodes = names.chain([None]).zip(nodes);
            let nodes = nodes.filter(|(_, (sessions, _))| sessions.all > 0);
            let node =
                |(page, (sessions, ended)): (Option<String>, (SessionCounts, u64))| JourneyNode {
                    page,
                    sessions: sessions.all,
                    ended: (step < last).then_some(ended),
                    friction_sessions: sessions.friction,
                    converting_sessions: sessions.converting,
                };
            JourneyStep { nodes: nodes.map(node).collect() }
        };
        let link = |((step, from, to), sessions)| JourneyLink { step, from, to, sessions };
        JourneyAnswer {
            sessions: self.journeys.values().map(|counted| counted.all).sum(),
            steps: counts.into_iter().enumerate().map(step).collect(),
            links: links.into_iter().map(link).collect(),
        }
    }

    /// The pages of a step with most sessions, ties by name.
    fn named(&self, step: usize) -> Vec<u32> {
        let mut counts: HashMap<u32, u64> = HashMap::new();
        for (pages, counted) in &self.journeys {
            if let Some(page) = pages.get(step) {
                *counts.entry(*page).or_default() += counted.all;
            }
        }
        let mut pages: Vec<(Reverse<u64>, &str, u32)> = counts
            .into_iter()
            .map(|(page, count)| (Reverse(count), &*self.names[page as usize], page))
            .collect();
        pages.sort_unstable();
        pages.into_iter().take(self.journey.nodes).map(|(_, _, page)| page).collect()
    }
}
