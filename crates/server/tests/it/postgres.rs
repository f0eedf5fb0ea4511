//! The whole program with its catalog in PostgreSQL: one setting, and the same answers.

use reqwest::Method;
use serde_json::{Value, json};
use testkit::postgres::PostgresServer;

use crate::harness::{Footfall, Http, Owner, Page, rage_click, wait_until};

const USER: &str = "user-1";

async fn post(owner: &Owner, page: &Page, path: &str, body: Value) {
    let headers = [("x-api-key", &*page.key), ("content-type", "application/json")];
    owner.http.send(Method::POST, path, &headers, body.to_string()).await.expect(200);
}

/// What every contract takes, of one customer.
pub(crate) async fn visit(owner: &Owner, page: &Page, widget: &str) {
    page.send(&[rage_click("r1")]).await.expect(200);
    let flush = json!({"user_id": USER, "events": [
        {"behavior_type": "property_view", "property_id": "p-1", "session_id": "s-1"},
    ]});
    post(owner, page, "/api/tracking/flush", flush).await;
    let started = json!({"session_id": "s-1", "user_id": USER});
    post(owner, page, "/api/analytics/session/start", started).await;
    let call = |event_type: &str| json!({"widget_id": widget, "session_id": "c-1", "event_type": event_type});
    post(owner, page, "/api/analytics/track", call("call_start")).await;
    post(owner, page, "/api/analytics/track", call("call_end")).await;
    let booking = json!({
        "event_type": "booking.abandoned",
        "customer": {"id": USER, "email": "asha@shop.test", "first_name": "Asha"},
        "event_data": {"vehicle_name": "Land Cruiser", "total_amount": 450, "currency": "USD"},
    });
    post(owner, page, "/track-event", booking).await;
    let ended = json!({"session_id": "s-1", "user_id": USER, "reason": "sign_out"});
    post(owner, page, "/api/analytics/session/end", ended).await;
}

/// What is kept of it in the catalog, as soon as all of it is.
pub(crate) async fn kept(owner: &Owner) -> Vec<Value> {
    let metrics = format!("/api/customers/metrics?project_id={}", owner.project);
    let usage = format!("/api/billing/usage?project_id={}&group=month", owner.project);
    wait_until("every contract shows what it took", async || {
        let contacts = owner.get("contacts").await["contacts"].clone();
        let tasks = owner.get("tasks").await["tasks"].clone();
        let scores = owner.get("lead-scores").await["lead_scores"].clone();
        let customers = owner.send(Method::GET, &metrics, None).await.expect(200).json();
        let customers = customers["customers"].clone();
        let usage = owner.send(Method::GET, &usage, None).await.expect(200).json()["total"].clone();
        let is_complete = contacts[0]["email"] == "asha@shop.test"
            && tasks[0]["priority"] == "urgent"
            && scores[0]["user_id"] == USER
            && customers.to_string().contains("sign_out")
            && usage["calls"] == 1;
        is_complete.then(|| vec![contacts, tasks, scores, customers, usage])
    })
    .await
}

async fn has_rage_click(owner: &Owner) {
    wait_until("the rage click is shown", async || {
        let kinds = owner.get("friction/kinds").await;
        kinds.to_string().contains("rage_click").then_some(())
    })
    .await;
}

#[tokio::test]
async fn every_contract_works_over_a_kill_and_from_another_server() {
    let database = PostgresServer::shared().database();
    let settings = [("CATALOG__URL", &*database.url())];
    let mut server = Footfall::start_with(&settings).await;
    let owner = Owner::set_up(&server).await;
    let page = owner.page().await;
    let widget = json!({"name": "Reservations", "kind": "floating"});
    let widget = owner.post("widgets", widget).await.expect(201).json();
    visit(&owner, &page, widget["id"].as_str().expect("an id")).await;
    has_rage_click(&owner).await;
    let before = kept(&owner).await;
    let sessions = json!({"query": "SELECT user_id, ended_reason FROM user_sessions"});
    let rows = owner.send(Method::POST, "/api/sql", Some(sessions)).await.expect(200).text;
    assert!(rows.contains("sign_out"), "{rows}");

    server.kill9();
    server.restart().await;
    assert_eq!(kept(&owner).await, before, "after a kill");
    has_rage_click(&owner).await;
    assert!(!server.data_dir().join("catalog.db").exists(), "nothing is kept beside PostgreSQL");

    // Who is signed in at one is signed in at the other; what went in there is shown here.
    let other = Footfall::start_with(&settings).await;
    let there = Owner { http: Http::new(other.url("")), origin: other.url(""), ..owner.clone() };
    assert_eq!(kept(&there).await, before, "at another server");
}
