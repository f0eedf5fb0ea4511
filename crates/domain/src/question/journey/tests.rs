//! Journeys against a naive evaluator, and answers worked by hand.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::*;

/// The pages of a session, and whether it has friction, and a conversion.
type Visit = (Vec<&'static str>, bool, bool);
/// The same with the pages of its journey.
type Walk<'a> = (Vec<&'a str>, bool, bool);

fn journey(direction: JourneyDirection, start: Option<&str>, steps: usize) -> Journey {
    Journey::new(direction, JourneyBy::Page, start, steps, 3).expect("journeys")
}

fn answer(journey: &Journey, visits: &[Visit]) -> JourneyAnswer {
    let mut tally = JourneyTally::new(journey);
    for (paths, has_friction, has_converted) in visits {
        let mut session = SessionJourney::default();
        for path in paths {
            tally.read(&mut session, path).expect("few");
        }
        tally.count(&session, *has_friction, *has_converted).expect("few");
    }
    tally.finish()
}

fn node(page: Option<&str>, sessions: u64, ended: impl Into<Option<u64>>) -> JourneyNode {
    let (page, ended) = (page.map(str::to_owned), ended.into());
    JourneyNode { page, sessions, ended, friction_sessions: 0, converting_sessions: 0 }
}

fn links(answer: &JourneyAnswer) -> Vec<(usize, usize, usize, u64)> {
    answer.links.iter().map(|it| (it.step, it.from, it.to, it.sessions)).collect()
}

/// Three visits that view `/a`: a b c, a b (viewed twice) a, and x a with nothing after it; one that does not.
fn visits() -> [Visit; 4] {
    [
        (vec!["/a", "/a", "/b", "/c"], true, false),
        (vec!["/a", "/b", "/b", "/a"], false, true),
        (vec!["/x", "/a"], false, false),
        (vec!["/x"], true, true),
    ]
}

#[test]
fn forward_journeys_begin_with_the_first_view_of_the_start() {
    let found = answer(&journey(JourneyDirection::Forward, Some("/a"), 3), &visits());
    assert_eq!(found.sessions, 3);
    let with = |node: JourneyNode, friction_sessions, converting_sessions| JourneyNode {
        friction_sessions,
        converting_sessions,
        ..node
    };
    assert_eq!(found.steps[0].nodes, [with(node(Some("/a"), 3, 1), 1, 1)]);
    assert_eq!(found.steps[1].nodes, [with(node(Some("/b"), 2, 0), 1, 1)]);
    let last = [with(node(Some("/a"), 1, None), 0, 1), with(node(Some("/c"), 1, None), 1, 0)];
    assert_eq!(found.steps[2].nodes, last);
    assert_eq!(links(&found), [(0, 0, 0, 2), (1, 0, 0, 1), (1, 0, 1, 1)]);
}

#[test]
fn journeys_back_begin_with_the_last_view_of_the_start() {
    let found = answer(&journey(JourneyDirection::Back, Some("/a"), 4), &visits());
    assert_eq!(found.sessions, 3);
    let counts = |step: usize| -> Vec<(Option<&str>, u64, Option<u64>)> {
        let nodes = found.steps[step].nodes.iter();
        nodes.map(|it| (it.page.as_deref(), it.sessions, it.ended)).collect()
    };
    assert_eq!(counts(0), [(Some("/a"), 3, Some(1))]);
    assert_eq!(counts(1), [(Some("/b"), 1, Some(0)), (Some("/x"), 1, Some(1))]);
    assert_eq!(counts(2), [(Some("/a"), 1, Some(1))]);
    assert_eq!(found.steps.len(), 3, "nobody reaches the fourth");
    assert_eq!(links(&found), [(0, 0, 0, 1), (0, 0, 1, 1), (1, 0, 0, 1)]);
}

#[test]
fn without_a_start_journeys_begin_where_visits_do_and_back_where_they_end() {
    let pages = |direction| {
        let found = answer(&journey(direction, None, 2), &visits());
        let nodes = found.steps[0].nodes.iter();
        nodes.map(|it| (it.page.clone().expect("named"), it.sessions)).collect::<Vec<_>>()
    };
    let named = |page: &str, sessions| (page.to_owned(), sessions);
    assert_eq!(pages(JourneyDirection::Forward), [named("/a", 2), named("/x", 2)]);
    let back = [named("/a", 2), named("/c", 1), named("/x", 1)];
    assert_eq!(pages(JourneyDirection::Back), back);
}

/// Five pages, of which three are named: 3 × /e, 2 × /a, and of those with one session the first by name.
#[test]
fn rare_pages_of_a_step_are_one_node() {
    let visit = |page| (vec![page], false, false);
    let pages = ["/e", "/e", "/e", "/a", "/a", "/c", "/b", "/d"];
    let found = answer(&journey(JourneyDirection::Forward, None, 2), &pages.map(visit));
    let named = [node(Some("/e"), 3, 3), node(Some("/a"), 2, 2), node(Some("/b"), 1, 1)];
    assert_eq!(found.steps[0].nodes[..3], named);
    assert_eq!(found.steps[0].nodes[3..], [node(None, 2, 2)]);
    assert_eq!(answer(&journey(JourneyDirection::Back, None, 2), &[]), JourneyAnswer::default());
}

#[test]
fn kinds_of_pages_are_first_segments() {
    for (path, kind) in [
        ("/", "/"),
        ("/rooms", "/rooms"),
        ("/rooms/", "/rooms/"),
        ("/rooms/17", "/rooms/*"),
        ("/rooms/17/photos", "/rooms/*"),
        ("/rooms/*", "/rooms/*"),
        ("rooms/17", "rooms/17"),
        ("", ""),
        ("//x", "//*"),
    ] {
        assert_eq!(page_kind(path), kind, "{path}");
    }
    let kinds = Journey::new(JourneyDirection::Forward, JourneyBy::Kind, Some("/rooms/1"), 3, 3);
    let visit = (vec!["/", "/rooms/17", "/rooms/18", "/rooms"], false, false);
    let found = answer(&kinds.expect("journeys"), &[visit]);
    assert_eq!(found.steps[0].nodes, [node(Some("/rooms/*"), 1, 0)]);
    assert_eq!(found.steps[1].nodes, [node(Some("/rooms"), 1, 1)]);
}

#[test]
fn numbers_out_of_bounds_are_refused() {
    let new = |steps, nodes| {
        Journey::new(JourneyDirection::Back, JourneyBy::Page, None, steps, nodes).err()
    };
    assert_eq!((new(2, 3), new(8, 20)), (None, None));
    for steps in [0, 1, 9] {
        assert_eq!(new(steps, 3), Some(InvalidJourney::Steps));
    }
    for nodes in [0, 2, 21] {
        assert_eq!(new(2, nodes), Some(InvalidJourney::Nodes));
    }
}

#[test]
fn more_pages_than_there_is_memory_for_are_refused() {
    let journey = journey(JourneyDirection::Back, None, 2);
    let mut tally = JourneyTally::new(&journey);
    let mut session = SessionJourney::default();
    let long = "x".repeat(2_000);
    let mut read = 0_usize;
    while tally.read(&mut session, &format!("/{read}{long}")).is_ok() {
        read += 1;
    }
    assert!((10_000..20_000).contains(&read), "{read}");
}

/// The journey of a visit, from its whole list of pages.
fn naive<'a>(journey: &Journey, paths: &[&'a str]) -> Vec<&'a str> {
    let mut pages = paths.to_vec();
    pages.dedup();
    if journey.direction == JourneyDirection::Back {
        pages.reverse();
    }
    let start = match journey.start() {
        Some(start) => pages.iter().position(|page| *page == start).unwrap_or(pages.len()),
        None => 0,
    };
    pages[start..].iter().take(journey.steps).copied().collect()
}

/// Sessions at each page of a step, and the named pages by sessions and name.
fn at_step<'a>(journeys: &[Walk<'a>], step: usize) -> Vec<(u64, &'a str)> {
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for page in journeys.iter().filter_map(|(pages, ..)| pages.get(step)) {
        *counts.entry(page).or_default() += 1;
    }
    let mut counts: Vec<(u64, &str)> = counts.into_iter().map(|(page, n)| (n, page)).collect();
    counts.sort_by_key(|(count, page)| (u64::MAX - count, *page));
    counts
}

fn reference(journey: &Journey, visits: &[Visit]) -> JourneyAnswer {
    let journeys: Vec<Walk<'_>> = visits
        .iter()
        .map(|(paths, friction, converted)| (naive(journey, paths), *friction, *converted))
        .filter(|(pages, ..)| !pages.is_empty())
        .collect();
    let mut steps: Vec<JourneyStep> = Vec::new();
    let page_of = |pages: &[&str], step: usize| -> Option<Option<String>> {
        let page = pages.get(step)?;
        let named = at_step(&journeys, step);
        let is_named = named.iter().take(journey.nodes).any(|(_, it)| it == page);
        Some(is_named.then(|| (*page).to_owned()))
    };
    for step in 0..journey.steps {
        let frequent = at_step(&journeys, step).into_iter().take(journey.nodes);
        let shown: Vec<Option<String>> =
            frequent.map(|(_, page)| Some(page.to_owned())).chain([None]).collect();
        let nodes = shown.into_iter().map(|page| {
            let here: Vec<_> = journeys
                .iter()
                .filter(|(pages, ..)| page_of(pages, step) == Some(page.clone()))
                .collect();
            let count =
                |is: &dyn Fn(&Walk<'_>) -> bool| here.iter().filter(|it| is(it)).count() as u64;
            JourneyNode {
                page,
                sessions: here.len() as u64,
                ended: (step + 1 < journey.steps).then(|| count(&|it| it.0.len() == step + 1)),
                friction_sessions: count(&|it| it.1),
                converting_sessions: count(&|it| it.2),
            }
        });
        let nodes: Vec<JourneyNode> = nodes.filter(|node| node.sessions > 0).collect();
        if !nodes.is_empty() {
            steps.push(JourneyStep { nodes });
        }
    }
    let mut links = Vec::new();
    for step in 1..steps.len() {
        for (from, source) in steps[step - 1].nodes.iter().enumerate() {
            for (to, target) in steps[step].nodes.iter().enumerate() {
                let goes = |(pages, ..): &&Walk<'_>| {
                    page_of(pages, step - 1).as_ref() == Some(&source.page)
                        && page_of(pages, step).as_ref() == Some(&target.page)
                };
                let sessions = journeys.iter().filter(goes).count() as u64;
                if sessions > 0 {
                    links.push(JourneyLink { step: step - 1, from, to, sessions });
                }
            }
        }
    }
    JourneyAnswer { sessions: journeys.len() as u64, steps, links }
}

fn any_visit() -> impl Strategy<Value = Visit> {
    const PATHS: [&str; 7] = ["/a", "/b", "/c", "/d", "/e", "/f", "/a/1"];
    let paths = proptest::collection::vec(proptest::sample::select(&PATHS[..]), 0..9);
    (paths, any::<bool>(), any::<bool>())
}

#[test]
fn random_journeys_are_counted_as_by_a_naive_evaluator_and_add_up() {
    let mut runner = TestRunner::new(Config { cases: 1_000, ..Config::default() });
    let direction =
        proptest::sample::select(&[JourneyDirection::Forward, JourneyDirection::Back][..]);
    let start = proptest::sample::select(&[None, Some("/a"), Some("/f"), Some("/none")][..]);
    let visits = proptest::collection::vec(any_visit(), 0..30);
    let cases = (direction, start, 2..=8_usize, 3..=5_usize, visits);
    let result = runner.run(&cases, |(direction, start, steps, nodes, visits)| {
        let journey = Journey::new(direction, JourneyBy::Page, start, steps, nodes);
        let journey = journey.expect("journeys");
        let found = answer(&journey, &visits);
        prop_assert_eq!(&found, &reference(&journey, &visits));
        for (index, step) in found.steps.iter().enumerate() {
            for (at, node) in step.nodes.iter().enumerate() {
                let sum = |is: &dyn Fn(&JourneyLink) -> bool| -> u64 {
                    found.links.iter().filter(|it| is(it)).map(|it| it.sessions).sum()
                };
                let left = sum(&|it| it.step == index && it.from == at);
                let entered = sum(&|it| it.step + 1 == index && it.to == at);
                prop_assert!(node.ended.is_none_or(|ended| ended + left == node.sessions));
                prop_assert!(index == 0 || entered == node.sessions);
            }
        }
        Ok(())
    });
    result.expect("holds");
}
