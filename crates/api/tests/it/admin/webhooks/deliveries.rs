//! From a change to a receiver, over a real connection.

use axum::http::StatusCode;
use serde_json::{Map, Value, json};
use tokio_util::sync::CancellationToken;

use super::receiver::{Received, Receiver};
use crate::harness::TestServer;

const WEBHOOKS: &str = "/api/projects/{project}/webhooks";

/// Makes a webhook that hears of these kinds; its path and its secret.
async fn create_webhook(server: &TestServer, url: &str, kinds: &[&str]) -> (String, String) {
    let new = json!({"url": url, "event_types": kinds});
    let made = server.manage("POST", WEBHOOKS, &new).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    let made = made.json();
    let id = made["webhook"]["id"].as_str().expect("an id");
    (format!("{WEBHOOKS}/{id}"), made["secret"].as_str().expect("a secret").to_owned())
}

async fn track(server: &TestServer, user: &str, name: &str) -> String {
    let body = json!({"event_type": name, "customer": {"id": user, "email": "U@shop.test"},
        "event_data": {"total_amount": 500}});
    let answer = server.ingest("/track-event", &body).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    server.project().await;
    answer.json()["contact_id"].as_str().expect("an id").to_owned()
}

async fn send(server: &TestServer) {
    server.deliveries.send_waiting().await.expect("sent");
}

async fn deliveries(server: &TestServer, path: &str) -> Vec<Value> {
    let page = server.get(&format!("{path}/deliveries")).await.json();
    page["deliveries"].as_array().expect("deliveries").clone()
}

#[tokio::test]
async fn a_change_reaches_its_receiver_signed_and_is_tried_until_it_does() {
    let server = TestServer::start().await;
    let receiver = Receiver::start().await;
    receiver.will_answer(&[(500, &[]), (500, &[])]);
    let (path, secret) = create_webhook(&server, &receiver.url, &["contact.created"]).await;
    let contact = track(&server, "u", "booking.completed").await;
    for (attempts, seconds) in [(1, 4), (2, 299), (3, 10_000)] {
        send(&server).await;
        assert_eq!(receiver.received().len(), attempts);
        // Not before its time.
        server.clock.advance_seconds(seconds);
        send(&server).await;
        assert_eq!(receiver.received().len(), attempts);
        server.clock.advance_seconds(100);
    }
    let messages = receiver.received();
    let (id, body) = (messages[0].header("webhook-id"), &messages[0].body);
    let mut times: Vec<&str> = Vec::new();
    for message in &messages {
        assert!(message.is_signed_by(&secret), "{message:?}");
        assert!(!message.is_signed_by("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
        assert_eq!((message.header("webhook-id"), &message.body), (id, body));
        assert_eq!(message.header("content-type"), "application/json");
        times.push(message.header("webhook-timestamp"));
    }
    assert!(times.is_sorted() && times[0] != times[2], "{times:?}");
    let message = messages[0].json();
    assert_eq!(message["type"], "contact.created");
    assert_eq!(message["project_id"], server.project.to_string());
    let mut shown =
        server.get(&format!("/api/projects/{{project}}/contacts/{contact}")).await.json();
    shown.as_object_mut().map(|shown| shown.remove("lead_score"));
    assert_eq!(message["data"]["contact"], shown, "as the API shows it");
    let sent = deliveries(&server, &path).await;
    assert_eq!(sent.len(), 1);
    assert_eq!((&sent[0]["id"], &sent[0]["status"]), (&json!(id), &json!("delivered")));
    assert_eq!((&sent[0]["attempts"], &sent[0]["answered_status"]), (&json!(3), &json!(204)));
    assert_eq!(sent[0]["payload"], message);
    let again =
        server.manage("POST", &format!("{path}/deliveries/{id}/resend"), &Value::Null).await;
    assert_eq!(again.status, StatusCode::ACCEPTED, "{}", again.text);
    send(&server).await;
    assert_eq!(receiver.received().len(), 4);
    assert_eq!(receiver.received()[3].header("webhook-id"), id);
    let page = server.get(&format!("{path}/deliveries?status=delivered&limit=1")).await.json();
    assert_eq!(
        (&page["deliveries"][0]["attempts"], &page["next_cursor"].is_null()),
        (&json!(4), &false)
    );
}

#[tokio::test]
async fn tasks_and_edits_make_messages_shaped_like_the_api() {
    let server = TestServer::start().await;
    let receiver = Receiver::start().await;
    let kinds = ["contact.updated", "task.created", "task.updated", "task.completed"];
    let (_, secret) = create_webhook(&server, &receiver.url, &kinds).await;
    let contact = track(&server, "u", "payment.failed").await;
    let tasks = server.get("/api/projects/{project}/tasks").await.json();
    let task = &tasks["tasks"][0];
    let path = format!("/api/projects/{{project}}/tasks/{}", task["id"].as_str().expect("an id"));
    let done = server.manage("PATCH", &path, &json!({"status": "done"})).await.json();
    let path = format!("/api/projects/{{project}}/contacts/{contact}");
    server.manage("PATCH", &path, &json!({"phone": "+255"})).await;
    send(&server).await;
    let messages = receiver.received();
    assert!(messages.iter().all(|message| message.is_signed_by(&secret)));
    let bodies: Map<String, Value> = messages
        .iter()
        .map(Received::json)
        .map(|message| {
            (message["type"].as_str().expect("a type").to_owned(), message["data"].clone())
        })
        .collect();
    assert_eq!((bodies.len(), messages.len()), (3, 3), "{bodies:?}");
    // The API adds the contact, the snooze and how many comments there are.
    let announced = |task: &Value| {
        let mut task = task.clone();
        let fields = task.as_object_mut().expect("an object");
        for added in ["contact", "snooze", "comments"] {
            fields.remove(added).expect("what the API adds");
        }
        task
    };
    assert_eq!(bodies["task.created"]["task"], announced(task));
    assert_eq!(bodies["task.completed"]["task"], announced(&done));
    assert_eq!(bodies["task.completed"]["changes"], json!(["status", "done_at", "done_by"]));
    assert_eq!(bodies["contact.updated"]["changes"], json!(["phone"]));
    let revision = |kind: &str| bodies[kind]["revision"].as_i64();
    assert!(revision("task.created") < revision("task.completed"));
    assert!(revision("task.completed") < revision("contact.updated"));
}

#[tokio::test]
async fn for_a_day_both_secrets_sign() {
    let server = TestServer::start().await;
    let receiver = Receiver::start().await;
    let (path, old) = create_webhook(&server, &receiver.url, &["contact.created"]).await;
    let rotated =
        server.manage("POST", &format!("{path}/rotate-secret"), &Value::Null).await.json();
    let new = rotated["secret"].as_str().expect("a secret");
    for seconds in [86_399, 1] {
        server.clock.advance_seconds(seconds);
        let tested = server.manage("POST", &format!("{path}/test"), &Value::Null).await;
        assert_eq!(tested.status, StatusCode::ACCEPTED, "{}", tested.text);
        send(&server).await;
    }
    let messages = receiver.received();
    assert_eq!(messages[0].json()["type"], "webhook.test");
    assert!(messages[0].is_signed_by(new) && messages[0].is_signed_by(&old));
    assert!(messages[1].is_signed_by(new) && !messages[1].is_signed_by(&old));
}

#[tokio::test]
async fn a_receiver_may_put_off_a_message_or_end_them_all() {
    let server = TestServer::start().await;
    let receiver = Receiver::start().await;
    receiver.will_answer(&[(503, &[("retry-after", "120")]), (410, &[])]);
    let (path, _) = create_webhook(&server, &receiver.url, &["contact.created"]).await;
    track(&server, "u", "customer.created").await;
    send(&server).await;
    server.clock.advance_seconds(119);
    send(&server).await;
    assert_eq!(receiver.received().len(), 1);
    let waiting = &deliveries(&server, &path).await[0];
    assert_eq!(waiting["next_attempt_at"], "2026-11-21T12:02:00.000Z", "{waiting}");
    assert_eq!((&waiting["answer"], &waiting["status"]), (&json!("said\n"), &json!("waiting")));
    server.clock.advance_seconds(1);
    send(&server).await;
    assert_eq!(receiver.received().len(), 2);
    let webhook = &server.get(WEBHOOKS).await.json()["webhooks"][0];
    assert_eq!(webhook["is_active"], false);
    assert_eq!(webhook["disabled_reason"], "the receiver returned 410 Gone");
    server.clock.advance_seconds(86_400);
    send(&server).await;
    assert_eq!(receiver.received().len(), 2);
    // Switched on, what waits is sent.
    server.manage("PATCH", &path, &json!({"is_active": true})).await;
    send(&server).await;
    assert_eq!(deliveries(&server, &path).await[0]["status"], "delivered");
}

#[tokio::test]
async fn a_redirect_is_not_followed_and_one_that_is_gone_says_why() {
    let server = TestServer::start().await;
    let (receiver, inner) = (Receiver::start().await, Receiver::start().await);
    receiver.will_answer(&[(307, &[("location", inner.url.as_str())])]);
    let (path, _) = create_webhook(&server, &receiver.url, &["contact.created"]).await;
    let nobody = "http://127.0.0.1:1/hook".replace(":1/", ":1024/");
    let (other, _) = create_webhook(&server, &nobody, &["contact.created"]).await;
    track(&server, "u", "customer.created").await;
    send(&server).await;
    assert_eq!(deliveries(&server, &path).await[0]["answered_status"], 307);
    assert_eq!(inner.received().len(), 0);
    let failed = &deliveries(&server, &other).await[0];
    assert_eq!(failed["trouble"], "the host cannot be reached", "{failed}");
    assert_eq!((&failed["answered_status"], &failed["duration_ms"]), (&Value::Null, &Value::Null));
}

#[tokio::test]
async fn a_receiver_that_hangs_holds_up_no_other() {
    let server = TestServer::start().await;
    let receiver = Receiver::start().await;
    // Takes connections in, and never says a word.
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}/", silent.local_addr().expect("an address"));
    let (slow, _) = create_webhook(&server, &url, &["contact.created"]).await;
    create_webhook(&server, &receiver.url, &["contact.created"]).await;
    track(&server, "u", "customer.created").await;
    let stop = CancellationToken::new();
    let running = tokio::spawn(server.deliveries.clone().run(stop.clone()));
    receiver.next().await;
    let hanging = &deliveries(&server, &slow).await[0];
    assert_eq!((&hanging["attempts"], &hanging["trouble"]), (&json!(1), &Value::Null));
    stop.cancel();
    running.await.expect("stops");
    let failed = &deliveries(&server, &slow).await[0];
    assert_eq!(failed["trouble"], "no answer in time", "{failed}");
}
