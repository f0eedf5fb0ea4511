//! State survives a restart, and shutdown is graceful.

use serde_json::{Value, json};

use crate::harness::{
    Connection, Footfall, Owner, click, event_id, ingest_head, now, page_view, site_traffic,
    wait_until,
};

/// Every figure of the dashboard over a fixed period.
async fn figures(owner: &Owner, period: &str) -> Vec<Value> {
    let mut figures = Vec::new();
    for question in [
        "overview",
        "friction/kinds",
        "friction/items",
        "friction/pages",
        "pages",
        "web-vitals",
        "events",
        "outcomes",
    ] {
        figures.push(owner.get(&format!("{question}?{period}")).await);
    }
    figures.push(owner.get("failed-events").await);
    figures
}

#[tokio::test]
async fn figures_are_the_same_after_a_kill_and_after_an_orderly_stop() {
    let mut server = Footfall::start().await;
    let owner = Owner::set_up(&server).await;
    let page = owner.page().await;
    let hour = now().floor_to_seconds(3_600);
    let mut events = site_traffic(7, 500, hour.plus_seconds(-3_600));
    events.push(json!({"type": "heatmap"}));
    for request in events.chunks(50) {
        page.send(request).await;
    }
    owner.wait_for_received(501).await;
    owner.wait_for_events(500).await;
    let period = format!("from={}&to={}", hour.plus_seconds(-7_200), hour.plus_seconds(7_200));
    let before = figures(&owner, &period).await;
    server.kill9();
    server.restart().await;
    assert_eq!(figures(&owner, &period).await, before, "after a kill");
    server.terminate().await;
    server.restart().await;
    assert_eq!(figures(&owner, &period).await, before, "after an orderly stop");
}

#[tokio::test]
async fn what_was_acknowledged_just_before_a_kill_is_there_after_it() {
    let mut server = Footfall::start().await;
    let owner = Owner::set_up(&server).await;
    let page = owner.page().await;
    let events: Vec<Value> = (0..200).map(|number| click(&event_id(number))).collect();
    page.send(&events).await.expect(200);
    server.kill9();
    server.restart().await;
    assert_eq!(page.send(&events[..50]).await.expect(200).json()["processed"], 50);
    let outcomes = owner.wait_for_received(250).await;
    assert_eq!((&outcomes["accepted"], &outcomes["duplicate"]), (&200.into(), &50.into()));
    owner.wait_for_events(200).await;
}

#[tokio::test]
async fn a_stop_answers_what_is_being_sent_and_applies_what_is_journaled() {
    let mut server = Footfall::start().await;
    let owner = Owner::set_up(&server).await;
    let page = owner.page().await;
    let events: Vec<Value> = (0..300).map(|number| click(&event_id(number))).collect();
    let body = json!({"events": [page_view("last")]}).to_string();
    let (first, second) = body.as_bytes().split_at(20);
    let mut connection = Connection::open(server.address()).await;
    connection.write(ingest_head(&page.key, body.len()).as_bytes()).await;
    connection.write(first).await;
    // The answers below come after the server has read the half request above.
    page.send(&events).await.expect(200);
    page.send(&[click(&event_id(300))]).await.expect(200);
    server.ask_to_stop();
    wait_until("the server stops", async || server.logged("stopping")).await;
    assert!(connection.write(second).await, "the connection is still open");
    let answer = connection.answer().await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer:?}");
    let (status, log) = server.ended().await;
    assert!(status.success(), "{status}\n{log}");
    assert!(log.contains("stopped"), "{log}");

    let doctor = server.run(&["doctor", "--listen", "127.0.0.1:0"]);
    assert!(doctor.contains("lake: 302 events in"), "{doctor}");
    server.restart().await;
    let outcomes = owner.get("outcomes").await;
    assert_eq!(outcomes["accepted"], 302, "nothing was left to apply");
}

#[tokio::test]
async fn idle_connections_and_watchers_do_not_delay_a_stop() {
    let mut server = Footfall::start().await;
    let owner = Owner::set_up(&server).await;
    let _idle = Connection::open(server.address()).await;
    let _watcher = crate::live::Watcher::open(&server, &owner).await;
    server.ask_to_stop();
    let (status, log) = server.ended().await;
    assert!(status.success(), "{status}\n{log}");
    assert!(!log.contains("requests were still running"), "they were waited for:\n{log}");
}

#[tokio::test]
async fn a_second_server_on_the_same_folder_refuses_to_start() {
    let server = Footfall::start().await;
    let mut second = crate::harness::command();
    second.current_dir(server.folder()).arg("serve").arg("--data-dir").arg(server.data_dir());
    let output = second.args(["--listen", "127.0.0.1:0"]).output().expect("it ends");
    let diagnostic = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success());
    assert!(diagnostic.contains("journal"), "{diagnostic}");
}
