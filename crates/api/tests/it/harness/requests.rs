//! Requests, as pages, programs and the signed-in owner send them.

use api::Peer;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use serde_json::Value;
use tower::ServiceExt as _;

use super::{Answer, TestServer};

/// What a page's browser says of itself.
const BROWSER: &str = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36";

impl TestServer {
    /// Sends JSON as a page of the shop with the project's key would.
    pub(crate) async fn ingest(&self, path: &str, body: &Value) -> Answer {
        let request = Request::post(path)
            .header("origin", "https://shop.test")
            .header("x-api-key", &self.key)
            .header("user-agent", BROWSER)
            .body(Body::from(body.to_string()));
        self.send(request.expect("a request")).await
    }

    /// Sends JSON as a page of the shop without a key would.
    pub(crate) async fn beacon(&self, path: &str, body: &Value) -> Answer {
        let request = Request::post(path)
            .header("origin", "https://shop.test")
            .header("user-agent", BROWSER)
            .header("content-type", "text/plain;charset=UTF-8")
            .body(Body::from(body.to_string()));
        self.send(request.expect("a request")).await
    }

    /// Asks as a page of this origin with the project's key would; `known` is what its cache has.
    pub(crate) async fn ask_from_page(&self, path: &str, origin: &str, known: &str) -> Answer {
        let request = Request::get(format!("{path}?key={}", self.key)).header("origin", origin);
        let request = request.header("if-none-match", known).body(Body::empty());
        self.send(request.expect("a request")).await
    }

    /// Reads as the signed-in owner. `{project}` in the path stands for the project's id.
    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.manage("GET", path, &Value::Null).await
    }

    /// Sends a request as the signed-in owner; null stands for no body.
    pub(crate) async fn manage(&self, method: &str, path: &str, body: &Value) -> Answer {
        let path = path.replace("{project}", &self.project.to_string());
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("cookie", format!("footfall={}", self.session))
            .header("content-type", "application/json");
        let body = if body.is_null() { Body::empty() } else { Body::from(body.to_string()) };
        self.send(request.body(body).expect("a request")).await
    }

    /// The body of an answer to the signed-in owner, part by part as it is read.
    pub(crate) async fn stream(&self, path: &str) -> axum::body::BodyDataStream {
        let path = path.replace("{project}", &self.project.to_string());
        let request = Request::get(path).header("cookie", format!("footfall={}", self.session));
        let request = request.body(Body::empty()).expect("a request");
        self.router
            .clone()
            .oneshot(request)
            .await
            .expect("infallible")
            .into_body()
            .into_data_stream()
    }

    /// Makes a second project of the same owner and returns its id.
    pub(crate) async fn second_project(&self) -> String {
        let made =
            self.manage("POST", "/api/projects", &serde_json::json!({"name": "Second"})).await;
        made.json()["id"].as_str().expect("an id").to_owned()
    }

    /// Makes a widget of the project and returns its id; `fields` are added to what it is made of.
    pub(crate) async fn widget(&self, name: &str, fields: &Value) -> String {
        self.widget_of("{project}", name, fields).await
    }

    /// Makes a widget of a project.
    pub(crate) async fn widget_of(&self, project: &str, name: &str, fields: &Value) -> String {
        let mut new = fields.clone();
        new["name"] = name.into();
        new["kind"] = "inline".into();
        let made = self.manage("POST", &format!("/api/projects/{project}/widgets"), &new).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
        made.json()["id"].as_str().expect("an id").to_owned()
    }

    /// Sends a request as it is.
    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        self.send_from([196, 249, 12, 34], request).await
    }

    /// Sends a request as it is from this address.
    pub(crate) async fn send_from(&self, peer: [u8; 4], mut request: Request<Body>) -> Answer {
        request.extensions_mut().insert(Peer((peer, 5_000).into()));
        let response = self.router.clone().oneshot(request).await.expect("infallible");
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await.expect("a body");
        Answer {
            status: parts.status,
            headers: parts.headers,
            text: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }
}
