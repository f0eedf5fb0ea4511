//! The signed-in owner of a server's project.

use reqwest::Method;
use serde_json::{Value, json};

use super::{Footfall, Http, Page, Reply, wait_until};

pub(crate) const EMAIL: &str = "owner@shop.test";
pub(crate) const PASSWORD: &str = "correct horse battery";
/// More than any test sends.
const NO_LIMIT: u32 = 10_000_000;

/// An owner. Stays signed in over restarts of the server.
#[derive(Debug, Clone)]
pub(crate) struct Owner {
    pub(crate) http: Http,
    pub(crate) origin: String,
    pub(crate) cookie: String,
    pub(crate) project: String,
}

impl Owner {
    /// Sets the server up by its link.
    pub(crate) async fn set_up(server: &Footfall) -> Self {
        let (http, origin) = (Http::new(server.url("")), server.url(""));
        let body = Self::set_up_request(&server.set_up_token().await);
        let headers = [("content-type", "application/json"), ("origin", &*origin)];
        let reply = http.send(Method::POST, "/api/setup", &headers, body.to_string()).await;
        let reply = reply.expect(201);
        let project = reply.json()["projects"][0]["id"].as_str().expect("an id").to_owned();
        Self { cookie: Self::cookie_of(&reply), http, origin, project }
    }

    /// Signs in to a server that was set up by [`Self::set_up`].
    pub(crate) async fn sign_in(server: &Footfall) -> Self {
        Self::sign_in_as(server, EMAIL, PASSWORD).await.swap_remove(0)
    }

    /// Signs a member in: one for each of their projects.
    pub(crate) async fn sign_in_as(server: &Footfall, email: &str, password: &str) -> Vec<Self> {
        let (http, origin) = (Http::new(server.url("")), server.url(""));
        let body = json!({"email": email, "password": password}).to_string();
        let headers = [("content-type", "application/json"), ("origin", &*origin)];
        let reply = http.send(Method::POST, "/api/auth/sign-in", &headers, body).await.expect(200);
        let cookie = Self::cookie_of(&reply);
        let of = |project: &Value| {
            let project = project["id"].as_str().expect("an id").to_owned();
            Self { cookie: cookie.clone(), http: http.clone(), origin: origin.clone(), project }
        };
        reply.json()["projects"].as_array().expect("projects").iter().map(of).collect()
    }

    /// What the set-up page sends.
    pub(crate) fn set_up_request(token: &str) -> Value {
        json!({"token": token, "email": EMAIL, "name": "Olga Owner", "password": PASSWORD, "project_name": "Shop"})
    }

    /// The cookie an answer sets, as a browser sends it back.
    pub(crate) fn cookie_of(reply: &Reply) -> String {
        let (cookie, _) = reply.header("set-cookie").split_once(';').expect("attributes");
        assert!(cookie.starts_with("footfall="), "{cookie}");
        cookie.to_owned()
    }

    /// A request from the dashboard's own page.
    pub(crate) async fn send(&self, method: Method, path: &str, body: Option<Value>) -> Reply {
        let mut headers = vec![("cookie", &*self.cookie), ("origin", &*self.origin)];
        if body.is_some() {
            headers.push(("content-type", "application/json"));
        }
        let body = body.map(|body| body.to_string()).unwrap_or_default();
        self.http.send(method, path, &headers, body).await
    }

    /// What the project's route answers.
    /// A new member of the project.
    pub(crate) async fn invited(&self, role: &str) -> Self {
        let invitation = json!({"email": format!("{role}@shop.test"), "role": role});
        let made = self.post("invitations", invitation).await.expect(201).json();
        let token = made["token"].as_str().expect("a token");
        let path = format!("/api/invitations/{token}/accept");
        let headers = [("content-type", "application/json"), ("origin", &*self.origin)];
        let person = json!({"name": "Nia New", "password": "correct horse battery"}).to_string();
        let reply = self.http.send(Method::POST, &path, &headers, person).await.expect(201);
        Self { cookie: Self::cookie_of(&reply), ..self.clone() }
    }

    pub(crate) async fn get(&self, route: &str) -> Value {
        self.send(Method::GET, &self.path(route), None).await.expect(200).json()
    }

    pub(crate) async fn post(&self, route: &str, body: Value) -> Reply {
        self.send(Method::POST, &self.path(route), Some(body)).await
    }

    pub(crate) async fn patch(&self, route: &str, body: Value) -> Reply {
        self.send(Method::PATCH, &self.path(route), Some(body)).await
    }

    /// The path of a route of the project; of the project itself when `route` is empty.
    pub(crate) fn path(&self, route: &str) -> String {
        format!("/api/projects/{}/{route}", self.project).trim_end_matches('/').to_owned()
    }

    /// A new key: its answer.
    pub(crate) async fn key(&self, rate_limit: u32, domains: &[&str]) -> Value {
        let body = json!({"key_name": "site", "rate_limit_per_minute": rate_limit, "allowed_domains": domains});
        self.post("api-keys", body).await.expect(201).json()
    }

    /// A page of a new key without limits.
    pub(crate) async fn page(&self) -> Page {
        let key = self.key(NO_LIMIT, &[]).await;
        Page::new(self.http.clone(), key["key"].as_str().expect("text"))
    }

    /// Waits until so many events can be asked for, bots included.
    pub(crate) async fn wait_for_events(&self, count: u64) {
        wait_until(&format!("{count} events are visible"), async || {
            let overview = self.get("overview?include_bots=true").await;
            let events = overview["totals"]["events"].as_u64().expect("a count");
            assert!(events <= count, "{events} events are visible where {count} were sent");
            (events == count).then_some(())
        })
        .await;
    }

    /// The account as soon as it holds so many accepted events.
    pub(crate) async fn wait_for_accepted(&self, count: u64) -> Value {
        self.wait_for_account("accepted", count).await
    }

    /// The account as soon as it holds so many events, whatever became of them.
    pub(crate) async fn wait_for_received(&self, count: u64) -> Value {
        self.wait_for_account("received", count).await
    }

    async fn wait_for_account(&self, name: &str, count: u64) -> Value {
        wait_until(&format!("{name} is {count}"), async || {
            let outcomes = self.get("outcomes").await;
            (outcomes[name] == count).then_some(outcomes)
        })
        .await
    }

    /// The account of everything that was sent before, where its size is not known: a mark is sent,
    /// which is refused, and waited for. Once for each project.
    pub(crate) async fn account(&self, page: &Page) -> Value {
        page.send(&[json!({"type": "mark"})]).await.expect(422);
        wait_until("the mark is accounted for", async || {
            let outcomes = self.get("outcomes").await;
            (refused(&outcomes, "unknown_type") == 1).then_some(outcomes)
        })
        .await
    }
}

/// How many events were refused for `reason`.
pub(crate) fn refused(outcomes: &Value, reason: &str) -> u64 {
    let list = outcomes["refused"].as_array().expect("a list");
    let found = list.iter().find(|refused| refused["reason"] == reason);
    found.map_or(0, |refused| refused["count"].as_u64().expect("a count"))
}
