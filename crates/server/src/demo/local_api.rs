//! The server's own API, called within the process: requests of the demo's pages, programs and staff are
//! served like any other, without a network.

use std::net::{IpAddr, SocketAddr};

use anyhow::bail;
use api::{App, Peer};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderName, Method, Request, header};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Value, json};
use tower::ServiceExt as _;

use super::places::OFFICE;

/// Bytes of an answer that are read.
const MAX_ANSWER_BYTES: usize = 4 * 1024 * 1024;
/// The user agent of a member of the staff.
const STAFF_BROWSER: &str =
    "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
/// The user agent of a program with a secret key.
const PROGRAM: &str = "till/2.3";

/// The API.
#[derive(Debug, Clone)]
pub(super) struct LocalApi(Router);

/// An answer.
pub(super) struct Answer {
    status: u16,
    /// The cookies it sets, as a browser sends them back.
    cookies: String,
    /// Null where it is no JSON.
    body: Value,
}

impl Answer {
    /// The body, where the request succeeded.
    pub(super) fn succeeded(self) -> anyhow::Result<Value> {
        if (200..300).contains(&self.status) {
            return Ok(self.body);
        }
        bail!("answered {} {}", self.status, self.body)
    }
}

impl LocalApi {
    /// The routes of `app`, once more.
    pub(super) fn new(app: App) -> Self {
        Self(api::router(app))
    }

    /// Sends a request from an address.
    pub(super) async fn send(
        &self,
        from: IpAddr,
        (method, path): (Method, &str),
        headers: &[(HeaderName, &str)],
        body: Vec<u8>,
    ) -> anyhow::Result<Answer> {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(name, *value);
        }
        let mut request = request.body(Body::from(body))?;
        request.extensions_mut().insert(Peer(SocketAddr::new(from, 0)));
        let response = self.0.clone().oneshot(request).await?;
        let status = response.status().as_u16();
        let set = response.headers().get_all(header::SET_COOKIE).iter();
        let pairs = set.filter_map(|value| value.to_str().ok()?.split(';').next());
        let cookies = pairs.collect::<Vec<_>>().join("; ");
        let bytes = to_bytes(response.into_body(), MAX_ANSWER_BYTES).await?;
        Ok(Answer { status, cookies, body: serde_json::from_slice(&bytes).unwrap_or_default() })
    }

    /// Sends JSON as a program with a secret key.
    pub(super) async fn send_with_key(
        &self,
        key: &str,
        request: (Method, &str),
        body: &Value,
    ) -> anyhow::Result<Value> {
        let bearer = format!("Bearer {key}");
        let headers = [
            (header::USER_AGENT, PROGRAM),
            (header::AUTHORIZATION, &*bearer),
            (header::CONTENT_TYPE, "application/json"),
        ];
        self.send(OFFICE, request, &headers, bytes_of(body)).await?.succeeded()
    }
}

/// A member who is signed in.
#[derive(Clone)]
pub(super) struct SignedInMember {
    api: LocalApi,
    cookies: String,
}

impl SignedInMember {
    /// Signs a member in.
    pub(super) async fn sign_in(
        api: &LocalApi,
        email: &str,
        password: &SecretString,
    ) -> anyhow::Result<Self> {
        let credentials = json!({"email": email, "password": password.expose_secret()});
        let browser = Self { api: api.clone(), cookies: String::new() };
        browser.entering("/api/auth/sign-in", &credentials).await
    }

    /// The same browser, signed out.
    pub(super) fn nobody(&self) -> Self {
        Self { api: self.api.clone(), cookies: String::new() }
    }

    /// The member that a request signs in, as the acceptance of an invitation does.
    pub(super) async fn entering(&self, path: &str, body: &Value) -> anyhow::Result<Self> {
        let answer = self.answer((Method::POST, path), body).await?;
        let cookies = answer.cookies.clone();
        answer.succeeded()?;
        Ok(Self { api: self.api.clone(), cookies })
    }

    /// Reads.
    pub(super) async fn get(&self, path: &str) -> anyhow::Result<Value> {
        self.send((Method::GET, path), &Value::Null).await
    }

    /// Sends JSON; null is no body.
    pub(super) async fn send(
        &self,
        request: (Method, &str),
        body: &Value,
    ) -> anyhow::Result<Value> {
        self.answer(request, body).await?.succeeded()
    }

    async fn answer(&self, request: (Method, &str), body: &Value) -> anyhow::Result<Answer> {
        let mut headers = vec![(header::USER_AGENT, STAFF_BROWSER)];
        if !self.cookies.is_empty() {
            headers.push((header::COOKIE, &*self.cookies));
        }
        if !body.is_null() {
            headers.push((header::CONTENT_TYPE, "application/json"));
        }
        self.api.send(OFFICE, request, &headers, bytes_of(body)).await
    }
}

fn bytes_of(body: &Value) -> Vec<u8> {
    if body.is_null() { Vec::new() } else { body.to_string().into_bytes() }
}
