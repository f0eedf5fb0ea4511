//! People and programs beside the owner: who asks, and how a request says so.

use std::net::{IpAddr, Ipv4Addr};

use axum::body::Body;
use axum::http::Request;
use domain::id::ProjectId;
use domain::key::SecretKeyRole;
use domain::role::Role;
use engine::ports::catalog::{Actor, ActorKind, Member};
use engine::secret_keys::NewSecretKey;
use secrecy::ExposeSecret as _;
use serde_json::Value;

use crate::harness::{Answer, TestServer};

/// The password of everybody.
pub(crate) const PASSWORD: &str = "correct horse battery";

/// A person who is signed in.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    pub(crate) member: Member,
    /// The token of their cookie.
    pub(crate) session: String,
}

/// How a request says who asks.
#[derive(Debug, Clone, Copy)]
pub(crate) enum RequestAuth<'a> {
    Nobody,
    Session(&'a str),
    Key(&'a str),
    /// A page's script that got hold of a secret key.
    KeyInAPage(&'a str),
}

impl TestServer {
    /// The owner of the server's project.
    pub(crate) async fn owner(&self) -> Person {
        let member = self.app.auth.authenticate(&self.session).await.expect("the owner");
        Person { member, session: self.session.clone() }
    }

    /// The token of another session of the owner's.
    pub(crate) async fn owner_again(&self) -> String {
        let (auth, address) = (&self.app.auth, self.address());
        let done = auth.sign_in("owner@shop.test", PASSWORD.into(), None, address).await;
        done.expect("signed in").token.expose_secret().to_owned()
    }

    /// A new member of the server's project, with this role there.
    pub(crate) async fn as_role(&self, role: Role) -> Person {
        self.newcomer(self.project, role).await
    }

    /// A new member, and a project of theirs that nobody of the server's project belongs to.
    pub(crate) async fn stranger(&self) -> (Person, ProjectId) {
        let owner = self.owner().await.member.id;
        let foreign = self
            .app
            .auth
            .create_project(owner, "Foreign", domain::zone::Zone::UTC)
            .await
            .expect("a project")
            .id;
        let person = self.newcomer(foreign, Role::Owner).await;
        self.app.auth.leave(foreign, owner, Role::Owner).await.expect("left");
        (person, foreign)
    }

    async fn newcomer(&self, project: ProjectId, role: Role) -> Person {
        let token = self.invite(project, &format!("{}@new.test", self.fresh()), role).await;
        let accepted =
            self.app.auth.accept_as_new(&token, "Nia New", PASSWORD.into(), self.address());
        let (done, _) = accepted.await.expect("accepted");
        Person { session: done.token.expose_secret().to_owned(), member: done.member }
    }

    /// Lets a member join a project of the owner's.
    pub(crate) async fn join(&self, project: ProjectId, person: &Person, role: Role) {
        let token = self.invite(project, &person.member.email, role).await;
        let accepted = self.app.auth.accept_as(&token, &person.member, self.address()).await;
        accepted.expect("joined");
    }

    async fn invite(&self, project: ProjectId, email: &str, role: Role) -> String {
        let owner = Actor { kind: ActorKind::Member, id: self.fresh(), label: "owner".to_owned() };
        let made = self.app.auth.invite(project, &owner, Role::Owner, email, role).await;
        made.expect("invited").1.expose_secret().to_owned()
    }

    /// The text of a new secret key.
    pub(crate) async fn secret_key(&self, project: ProjectId, role: Role) -> String {
        let role = SecretKeyRole::parse(role.as_str()).expect("a role of secret keys");
        self.secret_key_of(project, role).await
    }

    /// The text of a new secret key that may do this.
    pub(crate) async fn secret_key_of(&self, project: ProjectId, role: SecretKeyRole) -> String {
        let (key_name, expires_at) = ("Warehouse".to_owned(), None);
        let new = NewSecretKey { key_name, role, rate_limit_per_minute: None, expires_at };
        let (_, key) = self.app.secret_keys.create(project, new).await.expect("a key");
        key.expose_secret().to_owned()
    }

    /// Sends a request with a JSON body; null stands for none.
    pub(crate) async fn ask(
        &self,
        by: RequestAuth<'_>,
        method: &str,
        path: &str,
        body: &Value,
    ) -> Answer {
        let path = path.replace("{project}", &self.project.to_string());
        let request = Request::builder().method(method).uri(path);
        let request = request.header("content-type", "application/json");
        let request = match by {
            RequestAuth::Nobody => request,
            RequestAuth::Session(token) => request.header("cookie", format!("footfall={token}")),
            RequestAuth::Key(key) => request.header("authorization", format!("Bearer {key}")),
            RequestAuth::KeyInAPage(key) => request
                .header("authorization", format!("Bearer {key}"))
                .header("origin", "https://shop.test"),
        };
        let body = if body.is_null() { Body::empty() } else { Body::from(body.to_string()) };
        self.send(request.body(body).expect("a request")).await
    }

    fn fresh(&self) -> uuid::Uuid {
        self.app.ids.next(self.app.clock.now())
    }

    /// An address that has tried nothing yet.
    fn address(&self) -> IpAddr {
        let [.., a, b, c] = *self.fresh().as_bytes();
        IpAddr::V4(Ipv4Addr::new(10, a, b, c))
    }
}
