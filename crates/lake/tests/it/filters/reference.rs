//! A naive evaluator of filters: goes through all events again for every session.

use std::collections::{BTreeMap, BTreeSet};

use domain::event::{Category, Event};
use domain::friction::{Kind, is_answered};
use domain::question::acquisition::width_class;
use domain::question::{
    FilterCondition, FilterDimension, FilterLevel, FilterOperator, Filters, Period, Scope,
    SessionBehavior, TrafficChannel, TrafficSource,
};

/// Events and sessions of one period that filters choose.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Chosen {
    pub(super) events: u64,
    pub(super) friction: u64,
    /// Sessions of the events.
    pub(super) event_sessions: u64,
    /// Chosen by a question about sessions.
    pub(super) sessions: Vec<String>,
}

pub(super) fn chosen(all: &[Event], scope: &Scope, period: Period) -> Chosen {
    let filters = &scope.filters;
    let stored: Vec<&Event> = all
        .iter()
        .filter(|it| it.project_id == scope.project_id)
        .filter(|it| filters.include_bots || it.bot.is_none())
        .collect();
    let is_within = |it: &&&Event| period.from() <= it.occurred_at && it.occurred_at < period.to();
    let within: Vec<&Event> = stored.iter().filter(is_within).copied().collect();
    let mut sessions: BTreeMap<&str, Vec<&Event>> = BTreeMap::new();
    for event in &within {
        if let Some(session) = event.session_id.as_deref() {
            sessions.entry(session).or_default().push(event);
        }
    }
    let context = Context { stored: &stored, within: &within, scope };
    let by_session: BTreeSet<&str> = sessions
        .iter()
        .filter(|(id, events)| context.is_chosen_session(id, events))
        .map(|(id, _)| *id)
        .collect();
    let has_sessions = filters.at(FilterLevel::Session).next().is_some();
    let meets_all = |it: &&&Event| {
        filters.at(FilterLevel::Event).all(|filter| meets(filter, of_event(filter, it)))
            && (!has_sessions || it.session_id.as_deref().is_some_and(|id| by_session.contains(id)))
    };
    let events: Vec<&Event> = within.iter().filter(meets_all).copied().collect();
    let of_sessions = sessions.iter().filter(|(id, events)| {
        let excludes = |filter: &FilterCondition| {
            filter.operator().is_negated()
                && events.iter().any(|it| fits(filter, of_event(filter, it)))
        };
        let is_wanted = |it: &&Event| {
            let mut wanted = filters.at(FilterLevel::Event);
            wanted.all(|it_is| it_is.operator().is_negated() || fits(it_is, of_event(it_is, it)))
                && (filters.at(FilterLevel::Friction).next().is_none() || is_friction(it, filters))
        };
        by_session.contains(*id)
            && !filters.at(FilterLevel::Event).any(excludes)
            && events.iter().any(is_wanted)
    });
    let ids: BTreeSet<_> = events.iter().filter_map(|it| it.session_id.as_ref()).collect();
    Chosen {
        events: events.len() as u64,
        friction: events.iter().filter(|it| is_friction(it, filters)).count() as u64,
        event_sessions: ids.len() as u64,
        sessions: of_sessions.map(|(id, _)| (*id).to_owned()).collect(),
    }
}

fn fits(filter: &FilterCondition, value: Option<&str>) -> bool {
    let text = value.unwrap_or_default();
    filter.values().iter().any(|wanted| match filter.operator() {
        FilterOperator::Is | FilterOperator::IsNot => {
            if wanted.is_empty() {
                text.is_empty()
            } else {
                value == Some(wanted)
            }
        }
        FilterOperator::Contains | FilterOperator::DoesNotContain => {
            value.is_some_and(|it| it.to_lowercase().contains(&wanted.to_lowercase()))
        }
    })
}

fn meets(filter: &FilterCondition, value: Option<&str>) -> bool {
    fits(filter, value) != filter.operator().is_negated()
}

fn of_event<'a>(filter: &FilterCondition, event: &'a Event) -> Option<&'a str> {
    match filter.dimension() {
        FilterDimension::Path => event.page.path.as_deref(),
        FilterDimension::Browser => event.device.browser.as_deref(),
        FilterDimension::Os => event.device.os.as_deref(),
        FilterDimension::Device => event.device.kind.as_deref(),
        FilterDimension::Country => event.place.country.as_deref(),
        FilterDimension::Region => event.place.region.as_deref(),
        FilterDimension::City => event.place.city.as_deref(),
        other => panic!("{other} is of no event"),
    }
}

fn counts_as_friction(event: &Event, include_answered: bool) -> bool {
    let severity = event.friction.as_ref().and_then(|it| it.severity.as_deref());
    event.category == Category::Friction
        && (include_answered || !is_answered(&event.name, severity))
}

fn is_friction(event: &Event, filters: &Filters) -> bool {
    let is_error = Kind::parse(&event.name).is_some_and(Kind::is_error);
    let group = event.friction.as_ref().and_then(|it| it.error_group.as_deref());
    let mut narrowing = filters.at(FilterLevel::Friction);
    counts_as_friction(event, filters.include_answered)
        && narrowing.all(|filter| {
            let fits = match filter.dimension() {
                FilterDimension::FrictionKind => fits(filter, Some(&event.name)),
                FilterDimension::Selector => {
                    !is_error && fits(filter, event.element.selector.as_deref())
                }
                _ => is_error && fits(filter, group),
            };
            fits != filter.operator().is_negated()
        })
}

struct Context<'a> {
    stored: &'a [&'a Event],
    within: &'a [&'a Event],
    scope: &'a Scope,
}

impl Context<'_> {
    fn is_chosen_session(&self, id: &str, events: &[&Event]) -> bool {
        self.scope.filters.at(FilterLevel::Session).all(|filter| {
            if filter.dimension() == FilterDimension::Session {
                let did = filter.behaviors().any(|it| self.did(it, id, events));
                return did != filter.operator().is_negated();
            }
            meets(filter, value(filter.dimension(), events).as_deref())
        })
    }

    fn did(&self, behavior: SessionBehavior, id: &str, events: &[&Event]) -> bool {
        let Filters { include_answered, recorded_sessions, .. } = &self.scope.filters;
        let converted = |name: &str| {
            let reports = self.within.iter().filter(|it| it.name == name);
            let ids: BTreeSet<&Option<String>> = reports.clone().map(|it| &it.properties).collect();
            // Reports of one id are one conversion, in the first session that one of them names.
            ids.into_iter().any(|properties| {
                let mut one: Vec<_> =
                    reports.clone().filter(|it| it.properties == *properties).collect();
                one.sort_by_key(|it| (it.occurred_at, it.received_at, it.id.0));
                one.iter().find_map(|it| it.session_id.as_deref()) == Some(id)
            })
        };
        let is_engaged = || {
            let instants = || events.iter().map(|it| it.occurred_at.micros());
            let lasted =
                instants().max().unwrap_or_default() - instants().min().unwrap_or_default();
            lasted >= 10_000_000
                || events.iter().filter(|it| is_view(it)).count() > 1
                || converted("order.placed")
                || converted("booking.completed")
        };
        let friction = |kind: Option<Kind>| {
            let is_kind = |it: &&&Event| kind.is_none_or(|kind| it.name == kind.as_str());
            let mut found = events.iter().filter(is_kind);
            found.any(|it| counts_as_friction(it, *include_answered))
        };
        let is_new = |visitor: &str| {
            let of_visitor = self.stored.iter().filter(|it| {
                it.visitor_id.as_deref() == Some(visitor)
                    && it.session_id.is_some()
                    && it.occurred_at < self.scope.period.to()
            });
            let first = of_visitor.min_by_key(|it| it.occurred_at);
            first.is_some_and(|it| it.session_id.as_deref() == Some(id))
        };
        let visitor = events.iter().find_map(|it| it.visitor_id.as_deref());
        match behavior {
            SessionBehavior::Friction => friction(None),
            SessionBehavior::FrictionOf(kind) => friction(Some(kind)),
            SessionBehavior::Converted => {
                converted("order.placed") || converted("booking.completed")
            }
            SessionBehavior::Ordered => converted("order.placed"),
            SessionBehavior::Booked => converted("booking.completed"),
            SessionBehavior::Engaged => is_engaged(),
            SessionBehavior::Bounced => !is_engaged(),
            SessionBehavior::Recorded => {
                recorded_sessions.iter().flat_map(|ids| ids.iter()).any(|it| it == id)
            }
            SessionBehavior::NewVisitor => visitor.is_some_and(is_new),
            SessionBehavior::ReturningVisitor => visitor.is_some_and(|it| !is_new(it)),
        }
    }
}

fn is_view(event: &Event) -> bool {
    event.category == Category::Heatmap && event.name == "pageview"
}

fn value(dimension: FilterDimension, events: &[&Event]) -> Option<String> {
    let place = |it: &Event| (it.occurred_at, it.seq.unwrap_or(u32::MAX));
    let ordered = |of: &dyn Fn(&Event) -> Option<String>| {
        let mut values: Vec<_> =
            events.iter().filter_map(|it| Some((place(it), of(it)?))).collect();
        values.sort();
        values.into_iter().map(|(_, value)| value).collect::<Vec<_>>()
    };
    let first = |of: &dyn Fn(&Event) -> Option<String>| ordered(of).into_iter().next();
    let host_of = |of: &dyn Fn(&Event) -> Option<String>| {
        let views = events.iter().filter(|it| is_view(it));
        let link = views.map(|it| (place(it), of(it).is_none(), of(it))).min()?.2?;
        Some(link.split('/').nth(2).unwrap_or_default().to_owned())
    };
    let referrer = || host_of(&|it| it.page.referrer.clone());
    let source = || first(&|it| it.page.utm.source.clone());
    let medium = || first(&|it| it.page.utm.medium.clone());
    let campaign = || first(&|it| it.page.utm.campaign.clone());
    match dimension {
        FilterDimension::EntryPath => first(&|it| it.page.path.clone()),
        FilterDimension::ExitPath => ordered(&|it| it.page.path.clone()).pop(),
        FilterDimension::Referrer => referrer(),
        FilterDimension::UtmSource => source(),
        FilterDimension::UtmMedium => medium(),
        FilterDimension::UtmCampaign => campaign(),
        FilterDimension::UtmTerm => first(&|it| it.page.utm.term.clone()),
        FilterDimension::UtmContent => first(&|it| it.page.utm.content.clone()),
        FilterDimension::Viewport => {
            let width = |it: &Event| {
                it.element.viewport_width.filter(|_| is_view(it)).map(|it| format!("{it:05}"))
            };
            first(&width).map(|it| width_class(it.parse().expect("a width")).to_owned())
        }
        FilterDimension::Channel => {
            let hosts = [referrer(), host_of(&|it| it.page.url.clone())];
            let tags = [source(), medium(), campaign()];
            let source = TrafficSource {
                referrer_host: hosts[0].as_deref(),
                page_host: hosts[1].as_deref(),
                utm_source: tags[0].as_deref(),
                utm_medium: tags[1].as_deref(),
                utm_campaign: tags[2].as_deref(),
            };
            Some(TrafficChannel::of(&source).as_str().to_owned())
        }
        other => panic!("{other} is of no session"),
    }
}
