//! Set-up, sign-in, and what each member may reach.

use std::collections::BTreeSet;

use reqwest::Method;
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::harness::{EMAIL, Footfall, Http, Owner, PASSWORD, Reply};

const JSON: (&str, &str) = ("content-type", "application/json");

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_of_a_hundred_set_ups_by_one_link_succeeds() {
    // A trusted proxy in front, so that each comes from an address of its own.
    let server = Footfall::start_with(&[("SERVER__TRUSTED_PROXIES", r#"["127.0.0.0/8"]"#)]).await;
    let http = Http::new(server.url(""));
    let body = Owner::set_up_request(&server.set_up_token().await).to_string();
    let mut set_ups = JoinSet::new();
    for number in 0..100 {
        let (http, body) = (http.clone(), body.clone());
        set_ups.spawn(async move {
            let address = format!("203.0.113.{number}");
            let headers = [JSON, ("x-forwarded-for", &*address)];
            http.send(Method::POST, "/api/setup", &headers, body).await.status
        });
    }
    let mut statuses = set_ups.join_all().await;
    statuses.sort_unstable();
    assert_eq!(statuses[0], 201);
    assert!(statuses[1..].iter().all(|status| matches!(status, 403 | 409)), "{statuses:?}");
    assert_eq!(http.get("/api/setup").await.expect(200).json(), json!({"is_set_up": true}));
}

#[tokio::test]
async fn the_set_up_link_works_once_and_is_not_printed_again() {
    let mut server = Footfall::start().await;
    let http = Http::new(server.url(""));
    assert_eq!(http.get("/api/setup").await.expect(200).json(), json!({"is_set_up": false}));
    let token = server.set_up_token().await;
    let wrong = Owner::set_up_request(&"0".repeat(token.len())).to_string();
    http.send(Method::POST, "/api/setup", &[JSON], wrong).await.expect(403);
    let owner = Owner::set_up(&server).await;
    let again = Owner::set_up_request(&token).to_string();
    http.send(Method::POST, "/api/setup", &[JSON], again.clone()).await.expect(409);
    server.terminate().await;
    server.restart().await;
    let printed = server.printed("Dashboard: ").await;
    assert!(!printed.contains("token"), "{printed}");
    http.send(Method::POST, "/api/setup", &[JSON], again).await.expect(409);
    assert_eq!(owner.get("").await["name"], "Shop", "and the owner is still signed in");
}

#[tokio::test]
async fn a_restart_before_set_up_prints_another_link_and_ends_the_first() {
    let mut server = Footfall::start().await;
    let first = server.set_up_token().await;
    server.kill9();
    server.restart().await;
    let body = Owner::set_up_request(&first).to_string();
    Http::new(server.url("")).send(Method::POST, "/api/setup", &[JSON], body).await.expect(403);
    Owner::set_up(&server).await;
}

#[tokio::test]
async fn what_set_up_cannot_use_is_named_by_its_field() {
    let server = Footfall::start().await;
    let http = Http::new(server.url(""));
    let token = server.set_up_token().await;
    for (field, value) in
        [("email", "nobody"), ("password", "short"), ("name", ""), ("project_name", " ")]
    {
        let mut body = Owner::set_up_request(&token);
        body[field] = json!(value);
        let reply =
            http.send(Method::POST, "/api/setup", &[JSON], body.to_string()).await.expect(422);
        assert_eq!(reply.json()["field"], field);
    }
    Owner::set_up(&server).await;
}

async fn sign_in(http: &Http, email: &str, password: &str) -> Reply {
    let body = json!({"email": email, "password": password}).to_string();
    http.send(Method::POST, "/api/auth/sign-in", &[JSON], body).await
}

#[tokio::test]
async fn a_member_signs_in_and_out_and_a_wrong_password_says_no_more_than_a_wrong_address() {
    let server = Footfall::start().await;
    let owner = Owner::set_up(&server).await;
    let http = Http::new(server.url(""));
    let wrong = sign_in(&http, EMAIL, "correct horse batterY").await.expect(401);
    let unknown = sign_in(&http, "nobody@shop.test", PASSWORD).await.expect(401);
    assert_eq!(without_request_id(&wrong), without_request_id(&unknown));
    assert_eq!(wrong.header("set-cookie"), "");

    let reply = sign_in(&http, EMAIL, PASSWORD).await.expect(200);
    for attribute in ["HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(reply.header("set-cookie").contains(attribute), "{attribute}");
    }
    let second = Owner { cookie: Owner::cookie_of(&reply), ..owner.clone() };
    assert_eq!(second.get("").await["role"], "owner");
    second.send(Method::POST, "/api/auth/sign-out", None).await.expect(204);
    second.send(Method::GET, "/api/auth/me", None).await.expect(401);
    let me = owner.send(Method::GET, "/api/auth/me", None).await.expect(200).json();
    assert_eq!(me["member"]["email"], EMAIL, "the other sign-in stays");
}

#[tokio::test]
async fn guessing_passwords_is_slowed_down() {
    let server = Footfall::start().await;
    let http = Http::new(server.url(""));
    for attempt in 0..40 {
        let reply = sign_in(&http, EMAIL, "guess guess guess").await;
        if reply.status == 429 {
            assert!(attempt >= 10, "{attempt}");
            let wait: u64 = reply.header("retry-after").parse().expect("seconds");
            assert!((1..=60).contains(&wait), "{wait}");
            return;
        }
        reply.expect(401);
    }
    panic!("40 attempts were let through");
}

/// Every operation of the dashboard's API on a project, from its own document: method and path.
async fn project_operations(owner: &Owner) -> BTreeSet<(String, String)> {
    operations(owner).await.into_iter().filter(|(_, path)| path.contains("{project_id}")).collect()
}

async fn operations(owner: &Owner) -> BTreeSet<(String, String)> {
    let document = owner.http.get("/api/openapi.json").await.expect(200).json();
    let mut operations = BTreeSet::new();
    for (path, methods) in document["paths"].as_object().expect("paths") {
        for method in methods.as_object().expect("methods").keys() {
            if matches!(&**method, "get" | "post" | "patch" | "put" | "delete") {
                operations.insert((method.to_uppercase(), path.clone()));
            }
        }
    }
    assert!(operations.len() > 15, "the document is read as it is written: {operations:?}");
    operations
}

fn filled(path: &str, project: &str) -> String {
    path.replace("{project_id}", project)
        .replace("{key_id}", "018f3f3e-7d1c-7cc2-9d4e-1f2a3b4c5d6e")
        .replace("{failed_event_id}", "1")
}

fn without_request_id(reply: &Reply) -> Value {
    let mut body = reply.json();
    body.as_object_mut().expect("a problem").remove("request_id").expect("it names the request");
    body
}

fn method(name: &str) -> Method {
    name.parse().expect("a method")
}

#[tokio::test]
async fn a_foreign_project_is_answered_exactly_like_an_unknown_one() {
    let server = Footfall::start().await;
    let owner = Owner::set_up(&server).await;
    let (foreign, unknown) =
        ("018f3f3e-0000-7000-8000-00000000f0e1", "018f3f3e-0000-7000-8000-000000000bad");
    let catalog = rusqlite::Connection::open(server.data_dir().join("catalog.db")).expect("opens");
    let insert =
        "INSERT INTO projects (id, name, retention_days, created_at) VALUES (?1, 'Foreign', 30, 0)";
    assert_eq!(catalog.execute(insert, [foreign]).expect("inserts"), 1);
    for (name, path) in project_operations(&owner).await {
        let send = async |project: &str| {
            let body = (name != "GET").then(|| json!({"key_name": "site"}));
            owner.send(method(&name), &filled(&path, project), body).await.expect(404)
        };
        let (foreign, unknown) = (send(foreign).await, send(unknown).await);
        assert_eq!(without_request_id(&foreign), without_request_id(&unknown), "{name} {path}");
        assert_eq!(foreign.header("content-type"), "application/problem+json", "{name} {path}");
        let nonsense = send("nonsense").await;
        assert_eq!(without_request_id(&nonsense), without_request_id(&unknown), "{name} {path}");
    }
}

#[tokio::test]
async fn every_route_of_a_project_asks_for_a_sign_in() {
    let server = Footfall::start().await;
    let owner = Owner::set_up(&server).await;
    let stranger = Owner { cookie: format!("footfall={}", "0".repeat(64)), ..owner.clone() };
    for (name, path) in project_operations(&owner).await {
        let path = filled(&path, &owner.project);
        let body = (name != "GET").then(|| json!({"key_name": "site"}));
        stranger.send(method(&name), &path, body).await.expect(401);
        owner.http.send(method(&name), &path, &[JSON], "{}").await.expect(401);
    }
}

/// Where pages of every site send to, with keys and never with a sign-in.
const INGEST: [&str; 10] = [
    "/ingest-events",
    "/ingest-recording",
    "/upload-screenshot",
    "/api/tracking/flush",
    "/track-event",
    "/api/analytics/track",
    "/api/analytics/session/start",
    "/api/analytics/session/end",
    "/api/orders",
    "/api/bookings",
];

#[tokio::test]
async fn another_sites_page_changes_nothing() {
    let server = Footfall::start().await;
    let owner = Owner::set_up(&server).await;
    let changing: Vec<_> = operations(&owner)
        .await
        .into_iter()
        .filter(|(name, path)| name != "GET" && !INGEST.contains(&path.as_str()))
        .collect();
    assert!(changing.len() > 6, "{changing:?}");
    for (name, path) in changing {
        let path = filled(&path, &owner.project);
        let cross_site: [&[(&str, &str)]; 5] = [
            &[("origin", "https://evil.test")],
            &[("origin", "null")],
            &[("origin", "http://127.0.0.1")],
            &[("sec-fetch-site", "cross-site")],
            &[("sec-fetch-site", "same-site")],
        ];
        for headers in cross_site {
            let mut all = vec![JSON, ("cookie", &*owner.cookie)];
            all.extend_from_slice(headers);
            let reply = owner.http.send(method(&name), &path, &all, "{}").await;
            assert_eq!(reply.status, 403, "{name} {path} {headers:?}: {}", reply.text);
        }
    }
    owner.send(Method::GET, "/api/auth/me", None).await.expect(200);
}
