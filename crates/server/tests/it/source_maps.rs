//! Source maps from a build's folder to the stack of an error, by the command line and the whole server.

use std::path::Path;
use std::process::Output;

use serde_json::{Value, json};
use testkit::source_maps::{CHROMIUM_STACK, MAP, ORIGINALS, SCRIPT};

use crate::harness::{Footfall, Owner, command, error, event_id, wait_until};

/// A folder as a bundler fills it.
fn dist(map: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("app.js"), SCRIPT).expect("a script");
    std::fs::write(folder.path().join("app.js.map"), map).expect("a map");
    std::fs::write(folder.path().join("polyfill.js"), "void 0").expect("a script");
    folder
}

async fn secret_key(owner: &Owner, role: &str) -> String {
    let new = json!({"key_name": "CI", "role": role});
    let made = owner.post("secret-keys", new).await.expect(201).json();
    made["key"].as_str().expect("a text").to_owned()
}

/// Runs the command in `folder`, by this key.
async fn upload(server: &Footfall, owner: &Owner, key: &str, folder: &Path) -> Output {
    let mut command = command();
    command
        .args(["source-maps", "upload", "--url-prefix", "https://shop.test/assets/"])
        .args(["--release", "4.2", "--server", &server.url("/"), "--project", &owner.project])
        .arg(folder)
        .env("FOOTFALL_SECRET_KEY", key);
    let run = tokio::task::spawn_blocking(move || command.output().expect("the command runs"));
    run.await.expect("it ends")
}

fn printed(output: &Output) -> String {
    let (out, log) = (&output.stdout, &output.stderr);
    format!("{}{}", String::from_utf8_lossy(out), String::from_utf8_lossy(log))
}

/// The only error of the project.
async fn only_error(owner: &Owner) -> Value {
    let group = wait_until("the error is visible", async || {
        let errors = owner.get("errors").await;
        errors["errors"][0]["error_group"].as_str().map(str::to_owned)
    });
    owner.get(&format!("errors/{}", group.await)).await
}

#[tokio::test]
async fn a_builds_maps_resolve_the_stack_of_an_error() {
    let server = Footfall::start().await;
    let owner = Owner::set_up(&server).await;
    let mut met = error(&event_id(1), "Error: no price of Cup");
    met["stack"] = json!(CHROMIUM_STACK);
    owner.page().await.send(&[met]).await.expect(200);
    let raw = only_error(&owner).await;
    assert_eq!(raw["frames"][0]["is_resolved"], false, "{raw}");
    let key = secret_key(&owner, "analyst").await;
    let build = dist(MAP);
    let first = upload(&server, &owner, &key, build.path()).await;
    let text = printed(&first);
    assert!(first.status.success(), "{text}");
    assert!(text.contains("uploaded   https://shop.test/assets/app.js\n"), "{text}");
    assert!(text.contains("polyfill.js: no source map"), "{text}");
    assert!(text.contains("1 uploaded, 0 unchanged, 1 without a source map, 0 failed"), "{text}");
    assert!(!text.contains(&key), "{text}");
    let again = printed(&upload(&server, &owner, &key, build.path()).await);
    assert!(again.contains("0 uploaded, 1 unchanged"), "{again}");
    let error = only_error(&owner).await;
    assert_eq!(error["stack"], CHROMIUM_STACK, "it stays as it was sent");
    for (index, (_, file, line, column)) in ORIGINALS.into_iter().enumerate() {
        let frame = &error["frames"][index];
        let place = (&frame["file"], &frame["line"], &frame["column"]);
        assert_eq!(place, (&json!(file), &json!(line), &json!(column)), "{frame}");
    }
    assert_eq!(error["frames"][0]["function"], "priceOf");
    assert!(error["frames"][0]["source_context"]["line"].is_string(), "{error}");
    // Viewers see places and names, and no source.
    let group = error["error_group"].as_str().expect("a group");
    let viewer = owner.invited("viewer").await;
    let answer = viewer.get(&format!("errors/{group}")).await.to_string();
    assert!(
        answer.contains("src/cart.ts") && !answer.contains("The price of one item"),
        "{answer}"
    );
}

#[tokio::test]
async fn an_upload_that_fails_says_why_and_fails_the_build() {
    let server = Footfall::start().await;
    let owner = Owner::set_up(&server).await;
    let key = secret_key(&owner, "analyst").await;
    let broken = dist("{\"version\": 2}");
    let empty = tempfile::tempdir().expect("a folder");
    let writers = secret_key(&owner, "writer").await;
    let build = dist(MAP);
    let missing = build.path().join("missing");
    for (key, folder, reason) in [
        (&key, broken.path(), "422: the body is not a source map: its version is not 3"),
        (&key, empty.path(), "no script with a source map"),
        (&key, &*missing, "cannot be read"),
        (&writers, build.path(), "403"),
        (&"fs_unknown".to_owned(), build.path(), "401"),
    ] {
        let output = upload(&server, &owner, key, folder).await;
        let text = printed(&output);
        assert!(!output.status.success(), "{reason}: {text}");
        assert!(text.contains(reason), "{reason}: {text}");
    }
    assert_eq!(owner.get("source-maps").await["source_maps"], json!([]));
}
