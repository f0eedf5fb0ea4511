//! Real objects of the server's project, made by its owner and its pages.

use axum::body::Body;
use axum::http::Request;
use domain::crm::Priority;
use domain::id::{MemberId, ProjectId};
use domain::role::Role;
use domain::saved_question::QuestionDetails;
use domain::visibility::Visibility;
use engine::api_keys::NewApiKey;
use engine::crm::TaskDraft;
use engine::ports::catalog::QuestionContent;
use engine::webhooks::NewWebhook;
use serde_json::{Value, json};
use testkit::multipart::{MULTIPART, PNG, multipart};
use uuid::Uuid;

use super::ObjectIds;
use crate::harness::TestServer;

const NO_UUID: &str = "018f3f3e-7d1c-7cc2-9d4e-ffffffffffff";

/// What a parameter is when it names nothing; none: not decided yet.
pub(super) fn unknown(parameter: &str) -> Option<&'static str> {
    Some(match parameter {
        "annotation_id" | "board_id" | "goal_id" | "note_id" | "key_id" | "invitation_id"
        | "member_id" | "recording_id" | "run_id" | "saved_question_id" | "screenshot_id"
        | "secret_key_id" | "segment_id" | "share_link_id" | "source_map_id" | "webhook_id"
        | "delivery_id" | "widget_id" => NO_UUID,
        "task_id" => "task_ffffffffffffffffffffffffffffffff",
        "comment_id" => "activity_ffffffffffffffffffffffffffffffff",
        "contact_id" | "person_id" => "contact_ffffffffffffffffffffffffffffffff",
        "erasure_id" => "era_ffffffffffffffffffffffffffffffff",
        "error_group_id" => "v1:ffffffffffffffffffffffffffffffff",
        "failed_event_id" => "987654321",
        "user_id" | "session_id" | "visitor_id" => "nobody",
        // The number of a part; not an id.
        "seq" => "0",
        _ => return None,
    })
}

/// Makes objects, each anew.
pub(super) struct ObjectFactory<'a> {
    server: &'a TestServer,
    /// Another project.
    other: ProjectId,
    made: u32,
}

impl<'a> ObjectFactory<'a> {
    pub(super) fn new(server: &'a TestServer, other: ProjectId) -> Self {
        Self { server, other, made: 0 }
    }

    /// Objects of the server's project for these parameters, the later below the earlier.
    pub(super) async fn make(&mut self, parameters: &[&String]) -> ObjectIds {
        let mut ids: ObjectIds = Vec::new();
        for name in parameters {
            self.made += 1;
            let parent = ids.last().map(|(_, id)| id.clone()).unwrap_or_default();
            let id = match &***name {
                "annotation_id" => {
                    self.post("annotations", json!({"text": "Release"}), "/id").await
                }
                "board_id" => {
                    let new = json!({"name": "Monday", "visibility": "project"});
                    self.post("boards", new, "/id").await
                }
                "goal_id" => {
                    self.post("goals", json!({"name": "Order", "kind": "order"}), "/id").await
                }
                "key_id" => self.post("api-keys", json!({"key_name": "Blog"}), "/id").await,
                "contact_id" | "person_id" => self.contact().await,
                "note_id" => self.note(&parent).await,
                "comment_id" => self.comment(&parent).await,
                "invitation_id" => self.invitation().await,
                "member_id" => self.server.as_role(Role::Viewer).await.member.id.to_string(),
                "erasure_id" => self.erasure().await,
                "error_group_id" => self.error_group(),
                "recording_id" => self.recording().await,
                "run_id" => self.question_run(&parent).await,
                "saved_question_id" => self.saved_question().await,
                "screenshot_id" => self.screenshot().await,
                "secret_key_id" => self.secret_key().await,
                "segment_id" => {
                    let new = json!({"name": "Phones", "filters": "device=mobile"});
                    self.post("segments", new, "/id").await
                }
                "share_link_id" => {
                    let new = json!({"name": "Client", "page": "overview"});
                    self.post("share-links", new, "/share_link/id").await
                }
                "source_map_id" => self.source_map().await,
                "task_id" => self.task().await,
                "webhook_id" => self.webhook().await,
                "delivery_id" => self.delivery(&parent).await,
                "widget_id" => {
                    self.server.widget(&format!("Widget {}", self.made), &json!({})).await
                }
                "failed_event_id" => self.failed_event().await,
                "user_id" => self.user().await,
                "session_id" => self.visit("session").await,
                "visitor_id" => self.visit("visitor").await,
                "seq" => "0".to_owned(),
                other => panic!("{other}"),
            };
            ids.push(((*name).clone(), id));
        }
        ids
    }

    /// An object of the other project.
    pub(super) async fn make_own(&self, parameter: &str) -> String {
        match parameter {
            "person_id" => self.own_contact().await,
            "saved_question_id" => self.own_saved_question().await,
            "task_id" => self.own_task().await,
            "webhook_id" => self.own_webhook().await,
            _ => panic!("make a {parameter} in the other project, too"),
        }
    }

    async fn own_contact(&self) -> String {
        let new = NewApiKey { key_name: format!("Site {}", self.made), ..NewApiKey::default() };
        let key = self.server.app.keys.create(self.other, new).await.expect("a key").key;
        let event = json!({"event_type": "customer.created", "customer": {"id": "own"}});
        let request = Request::post("/track-event")
            .header("origin", "https://other.test")
            .header("x-api-key", &key)
            .body(Body::from(event.to_string()));
        let answer = self.server.send(request.expect("a request")).await;
        self.server.project().await;
        let id = answer.json()["contact_id"].as_str().map(str::to_owned);
        id.unwrap_or_else(|| panic!("{}", answer.text))
    }

    async fn own_task(&self) -> String {
        let contact = self.own_contact().await.parse().expect("a contact's id");
        let draft = TaskDraft {
            title: "Call".to_owned(),
            contact,
            priority: Priority::Normal,
            due_at: None,
            assigned_to: None,
        };
        let made = self.server.app.crm.create_task(self.other, MemberId(Uuid::nil()), draft).await;
        made.expect("a task").task.seed.id.to_string()
    }

    async fn own_saved_question(&self) -> String {
        let new = QuestionContent {
            name: "Visits".to_owned(),
            description: String::new(),
            statement: "q".to_owned(),
            visibility: Visibility::Project,
            details: QuestionDetails::default(),
        };
        let questions = &self.server.app.saved_questions;
        let made = questions.create(self.other, MemberId(Uuid::nil()), new).await;
        made.expect("a question").summary.id.to_string()
    }

    async fn own_webhook(&self) -> String {
        let new = NewWebhook {
            url: "http://127.0.0.1:9999/".to_owned(),
            description: String::new(),
            event_types: vec!["contact.created".to_owned()],
        };
        let made = self.server.app.webhooks.create(self.other, new).await;
        made.expect("a webhook").0.id.to_string()
    }

    /// All that changes in the server's project.
    pub(super) async fn witness(&self) -> Vec<Value> {
        let mut seen = Vec::new();
        for list in [
            "annotations",
            "api-keys",
            "boards",
            "contacts",
            "failed-events",
            "goals",
            "invitations",
            "members",
            "privacy/erasures",
            "recordings",
            "saved-questions",
            "secret-keys",
            "segments",
            "tasks",
            "webhooks",
            "widgets",
        ] {
            let answer = self.server.get(&format!("/api/projects/{{project}}/{list}")).await;
            assert!(answer.status.is_success(), "{list}: {}", answer.text);
            seen.push(answer.json());
        }
        seen
    }

    /// Makes something by the API; what the answer has at `pointer`.
    async fn post(&self, path: &str, new: Value, pointer: &str) -> String {
        let path = format!("/api/projects/{{project}}/{path}");
        let answer = self.server.manage("POST", &path, &new).await;
        let body = answer.json();
        let id = body.pointer(pointer).and_then(Value::as_str);
        id.unwrap_or_else(|| panic!("{path}: {}", answer.text)).to_owned()
    }

    /// What a list of the API has at `pointer`.
    async fn listed(&self, path: &str, pointer: &str) -> String {
        let answer = self.server.get(&format!("/api/projects/{{project}}/{path}")).await;
        let body = answer.json();
        let id = body.pointer(pointer).and_then(Value::as_str);
        id.unwrap_or_else(|| panic!("{path}: {}", answer.text)).to_owned()
    }

    async fn track(&self, name: &str, minutes_ago: i64) -> String {
        let occurred_at = self.server.app.clock.now().plus_seconds(-60 * minutes_ago);
        let body = json!({
            "event_type": name, "customer": {"id": format!("customer-{}", self.made)},
            "event_data": {"total_amount": 500}, "occurred_at": occurred_at.to_rfc3339(),
        });
        let answer = self.server.ingest("/track-event", &body).await;
        self.server.project().await;
        let id = answer.json()["contact_id"].as_str().map(str::to_owned);
        id.unwrap_or_else(|| panic!("{name}: {}", answer.text))
    }

    async fn contact(&self) -> String {
        self.track("booking.completed", 1).await
    }

    /// A note on this person.
    async fn note(&self, person: &str) -> String {
        self.post(&format!("people/{person}/notes"), json!({"text": "Called"}), "/id").await
    }

    /// A comment on this task.
    async fn comment(&self, task: &str) -> String {
        self.post(&format!("tasks/{task}/comments"), json!({"text": "Called"}), "/id").await
    }

    /// An abandoned booking makes one.
    async fn task(&self) -> String {
        let contact = self.track("booking.started", 31).await;
        self.server.app.crm.abandon_idle_bookings().await.expect("runs");
        self.server.project().await;
        self.listed(&format!("tasks?contact_id={contact}"), "/tasks/0/id").await
    }

    async fn invitation(&self) -> String {
        let email = format!("guest-{}@new.test", self.made);
        self.post("invitations", json!({"email": email, "role": "viewer"}), "/invitation/id").await
    }

    async fn erasure(&self) -> String {
        let path = format!("/api/projects/{{project}}/privacy/subjects/subject-{}", self.made);
        let answer = self.server.manage("DELETE", &path, &Value::Null).await;
        // Only one that is done can be lifted; the first steps leave something for a minute later.
        for seconds in [60, 0] {
            for _ in 0..4 {
                self.server.project().await;
                self.server.app.privacy.run().await.expect("steps are taken");
            }
            self.server.clock.advance_seconds(seconds);
        }
        let id = answer.json()["id"].as_str().map(str::to_owned);
        id.unwrap_or_else(|| panic!("{path}: {}", answer.text))
    }

    fn error_group(&self) -> String {
        let group = format!("v1:{}", self.made);
        let (project, now) = (self.server.project, self.server.app.clock.now());
        self.server.questions.meet(project, &group, now);
        group
    }

    async fn recording(&self) -> String {
        let id = Uuid::from_u128(0x0180_0000 + u128::from(self.made)).to_string();
        self.record(&id, "session-1", "visitor-1").await;
        id
    }

    /// A recorded visit; its session or its visitor.
    async fn visit(&self, kind: &str) -> String {
        let id = Uuid::from_u128(0x0190_0000 + u128::from(self.made)).to_string();
        let (session, visitor) =
            (format!("session-{}", self.made), format!("visitor-{}", self.made));
        self.record(&id, &session, &visitor).await;
        if kind == "session" { session } else { visitor }
    }

    async fn record(&self, id: &str, session: &str, visitor: &str) {
        let now = self.server.app.clock.now().millis();
        let chunk = json!({
            "api_key": self.server.key, "recording_id": id, "seq": 0, "session_id": session,
            "visitor_id": visitor, "page_url": "https://shop.test/book",
            "events": [{"type": 4, "data": {}, "timestamp": now}],
        });
        let request = Request::post("/ingest-recording")
            .header("origin", "https://shop.test")
            .header("content-type", "text/plain;charset=UTF-8")
            .body(Body::from(chunk.to_string()));
        let answer = self.server.send(request.expect("a request")).await;
        assert!(answer.status.is_success(), "{}", answer.text);
    }

    async fn screenshot(&self) -> String {
        let event = Uuid::from_u128(0x01a0_0000 + u128::from(self.made)).to_string();
        let fields = [
            ("friction_event_id", &*event),
            ("session_id", "session-1"),
            ("page_url", "https://shop.test/book"),
        ];
        let request = Request::post("/upload-screenshot")
            .header("origin", "https://shop.test")
            .header("x-api-key", &self.server.key)
            .header("content-type", MULTIPART)
            .body(Body::from(multipart(&fields, Some(PNG))));
        let answer = self.server.send(request.expect("a request")).await;
        let url = answer.json()["screenshot_url"].as_str().map(str::to_owned);
        let url = url.unwrap_or_else(|| panic!("{}", answer.text));
        url.rsplit('/').next().expect("a path").to_owned()
    }

    async fn saved_question(&self) -> String {
        let new = json!({
            "name": "Visits", "statement": "q", "visibility": "project",
            "schedule": {"every": "hour"},
        });
        self.post("saved-questions", new, "/id").await
    }

    /// A run of this question.
    async fn question_run(&self, question: &str) -> String {
        let path = "/api/operations/jobs/scheduled_questions/run";
        let answer = self.server.manage("POST", path, &Value::Null).await;
        assert!(answer.status.is_success(), "{}", answer.text);
        self.listed(&format!("saved-questions/{question}/runs"), "/runs/0/id").await
    }

    async fn secret_key(&self) -> String {
        self.server.secret_key(self.server.project, Role::Analyst).await;
        self.listed("secret-keys", "/secret_keys/0/id").await
    }

    async fn source_map(&self) -> String {
        let route = format!("source-maps?url=~/{}.js", self.made);
        self.post(&route, json!({"version": 3, "sources": [], "mappings": ""}), "/id").await
    }

    async fn webhook(&self) -> String {
        let new = json!({"url": "http://127.0.0.1:9999/", "event_types": ["contact.created"]});
        self.post("webhooks", new, "/webhook/id").await
    }

    /// A message of this webhook.
    async fn delivery(&self, webhook: &str) -> String {
        let path = format!("/api/projects/{{project}}/webhooks/{webhook}/test");
        let answer = self.server.manage("POST", &path, &Value::Null).await;
        assert!(answer.status.is_success(), "{}", answer.text);
        self.listed(&format!("webhooks/{webhook}/deliveries"), "/deliveries/0/id").await
    }

    async fn failed_event(&self) -> String {
        let body = json!({"events": [{"type": "mark"}]});
        self.server.ingest("/ingest-events", &body).await;
        self.server.project().await;
        self.listed("failed-events", "/failed_events/0/id").await
    }

    async fn user(&self) -> String {
        let user = format!("user-{}", self.made);
        let body = json!({"user_id": user, "events": [{"behavior_type": "property_view"}]});
        let answer = self.server.beacon("/api/tracking/flush", &body).await;
        assert!(answer.status.is_success(), "{}", answer.text);
        let start = json!({"session_id": "visit", "user_id": user});
        let answer = self.server.ingest("/api/analytics/session/start", &start).await;
        assert!(answer.status.is_success(), "{}", answer.text);
        self.server.project().await;
        user
    }
}
