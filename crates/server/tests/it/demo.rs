//! The demo shows everything: no list of the API is empty in either of its projects, and no figure is missing.

use std::collections::{BTreeMap, BTreeSet};

use reqwest::Method;
use serde_json::{Value, json};

use crate::demo_agreement::agrees_with_plain_sql;
use crate::harness::{Deadline, Footfall, Owner, wait_until};

/// The beginning of the paths that belong to a project.
const PROJECT: &str = "/api/projects/{project_id}";
/// Operations that answer no list: the live feed is no request.
const NO_ANSWER: [&str; 2] = ["live", "project_logo"];
/// The demo erases somebody: whether answers that were kept go with them depends on which comes first.
const ANSWER_ERASED: (&str, u16) = ("question_run", 410);
/// Lists that are empty on purpose, with the reason.
const EMPTY_ON_PURPOSE: [(&str, &str, &str); 4] = [
    ("contact", "total_revenue", "the latest contact need not have bought anything"),
    ("crm_search_patterns", "filters", "the shop has a search without filters"),
    ("heatmap", "points", "every click of the demo names its element"),
    ("source_maps", "source_maps", "nothing builds the scripts of the demo"),
];

/// Queries that operations need.
const QUERIES: [(&str, &str); 5] = [
    ("filter_values", "?dimension=browser"),
    ("heatmap", "?path=/"),
    ("heatmap_snapshots", "?path=/"),
    ("form_abandonments", "?form_path={form_path}&form={form_name}"),
    ("visitor_retention", "?by=country"),
];

const KINDS_OF_FRICTION: usize = 8;
const METRICS: usize = 7;

/// The owner of each project, as soon as everything has been made.
pub(crate) async fn owners(server: &Footfall) -> Vec<Owner> {
    let printed = server.printed("Password").await;
    let after = |label: &str| {
        let line = printed.lines().find_map(|line| line.strip_prefix(label));
        line.expect("it is printed").trim().to_owned()
    };
    let finished = server.data_dir().join("demo-finished");
    wait_until("the demo is finished", async || finished.is_file().then_some(())).await;
    Owner::sign_in_as(server, &after("Sign in as"), &after("Password")).await
}

/// The first item of a list of the project.
async fn first(owner: &Owner, route: &str, name: &str) -> Value {
    owner.get(route).await[name][0].clone()
}

/// An error whose stack is known.
async fn error_with_stack(owner: &Owner) -> String {
    let errors = owner.get("errors").await;
    let mut listed = errors["errors"].as_array().into_iter().flatten();
    let found = listed.rfind(|error| error["file"].is_string());
    found.and_then(|error| error["error_group"].as_str()).unwrap_or("none").to_owned()
}

/// A question that has a schedule.
async fn scheduled_question(owner: &Owner) -> String {
    let questions = list_of(&owner.get("saved-questions").await, "saved_questions");
    let found = questions.iter().find(|question| question["schedule"].is_object());
    found.and_then(|question| question["id"].as_str()).unwrap_or("none").to_owned()
}

/// Its latest run.
async fn question_run(owner: &Owner) -> String {
    let route = format!("saved-questions/{}/runs", scheduled_question(owner).await);
    first(owner, &route, "runs").await["id"].as_str().unwrap_or("none").to_owned()
}

/// A contact that visits are known of.
async fn customer_among_contacts(owner: &Owner) -> String {
    let customers = list_of(&owner.get("customers/metrics?limit=1000").await, "customers");
    let visitors: BTreeSet<&str> =
        customers.iter().filter_map(|customer| customer["id"].as_str()).collect();
    let contacts = list_of(&owner.get("contacts?limit=1000").await, "contacts");
    let is_customer = |contact: &&Value| {
        contact["user_id"].as_str().is_some_and(|user_id| visitors.contains(user_id))
    };
    let found = contacts.iter().find(is_customer);
    found.and_then(|contact| contact["id"].as_str()).unwrap_or("none").to_owned()
}

/// A task that members commented on.
async fn task_with_comment(owner: &Owner) -> String {
    let tasks = owner.get("tasks?limit=1000").await;
    let mut listed = tasks["tasks"].as_array().into_iter().flatten();
    let found = listed.find(|task| task["comments"].as_u64().is_some_and(|count| count > 0));
    found.and_then(|task| task["id"].as_str()).unwrap_or("none").to_owned()
}

/// Values for the parameters of paths: of the first object of each kind.
async fn objects(owner: &Owner) -> BTreeMap<&'static str, String> {
    let id = async |route, list, field: &str| {
        first(owner, route, list).await[field].as_str().unwrap_or("none").to_owned()
    };
    let events = owner.get("events?friction_only=true&limit=1000").await;
    let events = events["events"].as_array().into_iter().flatten();
    let mut screenshots = events.filter_map(|event| event["screenshot_url"].as_str());
    let screenshot = screenshots.next();
    let screenshot = screenshot.and_then(|url| url.rsplit('/').next()).unwrap_or("none");
    BTreeMap::from([
        ("project_id", owner.project.clone()),
        ("contact_id", id("contacts", "contacts", "id").await),
        ("person_id", customer_among_contacts(owner).await),
        ("task_id", task_with_comment(owner).await),
        ("run_id", question_run(owner).await),
        ("board_id", id("boards", "boards", "id").await),
        ("saved_question_id", scheduled_question(owner).await),
        ("subject", id("contacts", "contacts", "email").await),
        ("user_id", id("customers/metrics", "customers", "id").await),
        ("failed_event_id", id("failed-events", "failed_events", "id").await),
        ("error_group_id", error_with_stack(owner).await),
        ("erasure_id", id("privacy/erasures", "erasures", "id").await),
        ("recording_id", id("recordings", "recordings", "id").await),
        ("session_id", id("recordings", "recordings", "session_id").await),
        ("form_path", id("forms", "forms", "path").await),
        ("form_name", id("forms", "forms", "form").await),
        ("seq", "0".to_owned()),
        ("screenshot_id", screenshot.to_owned()),
        ("webhook_id", id("webhooks", "webhooks", "id").await),
    ])
}

/// A path with its parameters filled in; parameters without an object here must be added to [`objects`].
fn filled(path: &str, objects: &BTreeMap<&str, String>) -> String {
    let mut filled = path.to_owned();
    for (name, value) in objects {
        filled = filled.replace(&format!("{{{name}}}"), value);
    }
    assert!(!filled.contains('{'), "objects() names no object for {filled}");
    filled
}

/// The lists in an answer that are empty, each by its name; empty itself for an answer without content.
fn empty_lists(operation: &str, answer: &str) -> Vec<String> {
    let is_meant = |name: &str| EMPTY_ON_PURPOSE.iter().any(|it| (it.0, it.1) == (operation, name));
    match serde_json::from_str(answer) {
        Ok(Value::Object(members)) => {
            let empty = members.into_iter().filter(|(_, value)| *value == json!([]));
            empty.map(|(name, _)| name).filter(|name| !is_meant(name)).collect()
        }
        Ok(Value::Array(items)) if items.is_empty() => vec!["list".to_owned()],
        // A table has a line of names first; screenshots have many.
        Err(_) if answer.lines().count() < 2 => vec!["rows".to_owned()],
        Ok(_) | Err(_) => Vec::new(),
    }
}

/// Every readable operation of the project that answers an empty list, or fails.
async fn empty_operations(owner: &Owner) -> Vec<String> {
    let document = owner.send(Method::GET, "/api/openapi.json", None).await.expect(200).json();
    let objects = objects(owner).await;
    let paths = document["paths"].as_object().expect("paths");
    let mut empty = Vec::new();
    let mut count = 0;
    for (path, item) in paths.iter().filter(|(path, _)| path.starts_with(PROJECT)) {
        let Some(operation) = item["get"]["operationId"].as_str() else { continue };
        if NO_ANSWER.contains(&operation) {
            continue;
        }
        count += 1;
        let query = QUERIES.iter().find(|(name, _)| *name == operation).map_or("", |it| it.1);
        let path = filled(&(path.clone() + query), &objects);
        let reply = owner.send(Method::GET, &path, None).await;
        if reply.status == 200 {
            let lists = empty_lists(operation, &reply.text);
            empty.extend(lists.into_iter().map(|name| format!("{operation}.{name}")));
        } else if (operation, reply.status) != ANSWER_ERASED {
            empty.push(format!("{operation}: {}", reply.status));
        }
    }
    assert!(count > 40, "the document names {count} readable operations");
    empty
}

fn list_of(answer: &Value, name: &str) -> Vec<Value> {
    answer[name].as_array().cloned().unwrap_or_default()
}

/// The figures of the project that are missing.
async fn missing_figures(owner: &Owner) -> Vec<&'static str> {
    let kinds = owner.get("friction/kinds").await;
    let vitals = owner.get("web-vitals").await;
    let (bots, report) = (owner.get("bots").await, owner.get("sdk-report").await);
    let (outcomes, health) = (owner.get("outcomes").await, owner.get("health-figures").await);
    let usage = owner.get("billing/usage").await;
    let activity = list_of(&owner.get("widget-activity").await, "widgets");
    let has_activity = |name: &str| activity.iter().any(|it| it[name].as_f64() > Some(0.0));
    let errors = list_of(&owner.get("errors").await, "errors");
    let statuses: BTreeSet<&str> = errors.iter().filter_map(|it| it["status"].as_str()).collect();
    let is_assigned = errors.iter().any(|error| error["assigned_to"].is_string());
    let events = owner.get("events?limit=1000").await;
    let customers = owner.get("customers/metrics").await;
    let kinds = list_of(&kinds, "kinds").iter().filter(|kind| kind["count"] != 0).count();
    let metrics = list_of(&vitals, "metrics").iter().filter(|it| it["p75"].is_number()).count();
    let reasons: BTreeSet<String> =
        list_of(&outcomes, "refused").iter().map(|it| it["reason"].to_string()).collect();
    let countries: BTreeSet<String> =
        list_of(&events, "events").iter().map(|it| it["country"].to_string()).collect();
    let places = list_of(&customers, "customers");
    let places = places.iter().flat_map(|customer| list_of(customer, "sessions"));
    [
        ("every kind of friction", kinds == KINDS_OF_FRICTION),
        ("every vital", metrics == METRICS),
        ("decisions about errors", statuses.len() > 1 && is_assigned),
        ("bots", bots["bot_events"].as_u64() > Some(0)),
        ("reports of browsers", report["created"].as_u64() > Some(1_000)),
        ("latency", report["mean_latency_ms"].is_number()),
        ("drops", report["dropped"].as_object().is_some_and(|it| !it.is_empty())),
        ("reasons of refusal", reasons.len() > 6),
        ("delivery rate", health["event_delivery"]["rate"].is_number()),
        ("completion rate", health["session_completion"]["rate"].is_number()),
        ("amounts of calls", usage["total"]["amount_minor"].as_u64() > Some(0)),
        ("loads of widgets", has_activity("loads")),
        ("opens of widgets", has_activity("open_rate")),
        ("calls of widgets", has_activity("call_rate")),
        ("countries", countries.len() > 4),
        ("places of customers", places.filter(|it| it["location"].is_string()).count() > 0),
    ]
    .into_iter()
    .filter(|(_, is_there)| !is_there)
    .map(|(name, _)| name)
    .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn no_list_of_the_demo_is_empty_and_no_figure_is_missing() {
    let server = Footfall::start_demo(0).await;
    for owner in owners(&server).await {
        let patience = Deadline::new();
        loop {
            let (empty, missing) = (empty_operations(&owner).await, missing_figures(&owner).await);
            if empty.is_empty() && missing.is_empty() {
                break;
            }
            patience.wait(&format!("{empty:?} hold something and {missing:?} are there")).await;
        }
        // Between two questions, an erased person's visits would disappear.
        wait_until("the erased person is unreadable", async || {
            let erasures = list_of(&owner.get("privacy/erasures").await, "erasures");
            erasures.iter().all(|erasure| erasure["state"] != "pending").then_some(())
        })
        .await;
        agrees_with_plain_sql(&owner).await;
        can_be_sent_again(&owner).await;
    }
}

/// Some failed events are taken when they are sent again, others are refused again for their reason.
async fn can_be_sent_again(owner: &Owner) {
    let failed = owner.get("failed-events").await;
    let of = |reason: &str| {
        let mut all = failed["failed_events"].as_array().expect("a list").iter();
        let found = all.find(|event| event["reason"] == reason).expect("one of each");
        format!("failed-events/{}/resend", found["id"].as_str().expect("an id"))
    };
    let resend = async |reason| owner.post(&of(reason), json!({})).await.expect(200).json();
    assert_eq!(resend("key_inactive").await["processed"], 1);
    assert_eq!(resend("unknown_type").await["rejected"][0]["reason"], "unknown_type");
}
