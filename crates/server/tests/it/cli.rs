//! The command line, as an operator meets it.

use std::net::TcpListener;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::harness::{Footfall, Owner, Page, command, page_view, wait_until};

/// What a command printed, and whether it succeeded.
struct CommandOutput {
    success: bool,
    output: String,
    errors: String,
}

fn run(command: &mut Command) -> CommandOutput {
    let output = command.output().expect("the command runs");
    CommandOutput {
        success: output.status.success(),
        output: String::from_utf8_lossy(&output.stdout).into_owned(),
        errors: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

fn footfall(folder: &Path, arguments: &[&str]) -> CommandOutput {
    run(command().current_dir(folder).args(arguments))
}

impl CommandOutput {
    #[track_caller]
    fn succeeds(self) -> String {
        assert!(self.success, "{}{}", self.output, self.errors);
        self.output
    }

    #[track_caller]
    fn fails(self) -> String {
        assert!(!self.success, "{}", self.output);
        format!("{}{}", self.output, self.errors)
    }
}

#[test]
fn help_names_every_command_and_how_to_begin() {
    let folder = tempfile::tempdir().expect("a folder");
    let help = footfall(folder.path(), &["--help"]).succeeds();
    for text in [
        "serve",
        "demo",
        "keys",
        "sql",
        "doctor",
        "config",
        "openapi",
        "source-maps",
        "footfall demo",
    ] {
        assert!(help.contains(text), "{text} in {help}");
    }
    assert!(footfall(folder.path(), &["--version"]).succeeds().starts_with("footfall "));
    assert!(footfall(folder.path(), &["serv"]).fails().contains("serve"), "it says what was meant");
}

#[test]
fn the_printed_defaults_read_back_as_the_settings_in_force() {
    let folder = tempfile::tempdir().expect("a folder");
    let in_force = footfall(folder.path(), &["config", "show"]).succeeds();
    let defaults = footfall(folder.path(), &["config", "default"]).succeeds();
    std::fs::write(folder.path().join("footfall.toml"), defaults).expect("writes");
    assert_eq!(footfall(folder.path(), &["config", "show"]).succeeds(), in_force);
}

#[test]
fn flags_come_before_the_environment_and_that_before_the_file() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("footfall.toml"), "[server]\nlisten = \"127.0.0.1:1001\"")
        .expect("writes");
    let show = |extra: &dyn Fn(&mut Command)| {
        let mut command = command();
        command.current_dir(folder.path()).args(["config", "show"]);
        extra(&mut command);
        run(&mut command).succeeds()
    };
    assert!(show(&|_| {}).contains("127.0.0.1:1001"));
    let variable = |command: &mut Command| {
        command.env("FOOTFALL_SERVER__LISTEN", "127.0.0.1:1002");
    };
    assert!(show(&variable).contains("127.0.0.1:1002"));
    let both = |command: &mut Command| {
        variable(command);
        command.args(["--listen", "127.0.0.1:1003"]);
    };
    assert!(show(&both).contains("127.0.0.1:1003"));
}

#[test]
fn an_unknown_setting_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("other.toml");
    std::fs::write(&file, "[ingest]\nmax_body_byte = 1").expect("writes");
    let shown = footfall(folder.path(), &["config", "show", "--config", "other.toml"]).fails();
    assert!(shown.contains("max_body_byte"), "{shown}");
    let variable = "FOOTFALL_INGEST__MAX_BODY_BYTE";
    let shown =
        run(command().current_dir(folder.path()).env(variable, "1").args(["config", "show"]))
            .fails();
    assert!(shown.to_lowercase().contains("max_body_byte"), "{shown}");
    let shown = footfall(folder.path(), &["serve", "--config", "missing.toml"]).fails();
    assert!(shown.contains("missing.toml"), "{shown}");
}

#[test]
fn variables_that_name_no_section_are_none_of_ours() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut command = command();
    command.current_dir(folder.path()).env("FOOTFALL_BIN", "x").env("FOOTFALL_PYTHON", "y");
    run(command.args(["config", "show"])).succeeds();
}

#[test]
fn keys_of_an_empty_folder_say_what_to_do() {
    let folder = tempfile::tempdir().expect("a folder");
    for arguments in [&["keys", "list"][..], &["keys", "create", "site"]] {
        let errors = footfall(folder.path(), arguments).fails();
        assert!(errors.contains("footfall serve") && errors.contains("--data-dir"), "{errors}");
    }
    assert!(!folder.path().join("data").exists(), "and nothing was made");
}

#[test]
fn flags_may_stand_after_the_command_they_are_about() {
    let folder = tempfile::tempdir().expect("a folder");
    let errors = footfall(folder.path(), &["keys", "list", "--data-dir", "elsewhere"]).fails();
    assert!(errors.contains("elsewhere holds no data"), "{errors}");
}

#[tokio::test]
async fn keys_are_made_listed_and_switched_off_while_the_server_runs() {
    let server = Footfall::start().await;
    let owner = Owner::set_up(&server).await;
    let empty = server.run(&["keys", "list"]);
    assert!(empty.contains("footfall keys create"), "{empty}");
    let key = server.run(&["keys", "create", "Shop", "--rate-limit", "500"]);
    let page = Page::new(owner.http.clone(), key.trim());
    page.send(&[page_view("1")]).await.expect(200);
    let list = server.run(&["keys", "list"]);
    assert!(
        list.contains(key.trim()) && list.contains("500/min") && list.contains("Shop"),
        "{list}"
    );
    let listed: Value = owner.get("api-keys").await;
    assert_eq!(listed["api_keys"][0]["key"], key.trim(), "the dashboard sees it too");

    assert!(server.run(&["keys", "disable", "Shop"]).contains("off"));
    wait_until("the server knows that the key is off", async || {
        (page.send(&[page_view("1")]).await.status == 403).then_some(())
    })
    .await;
    server.run(&["keys", "enable", key.trim()]);
    wait_until("the server knows that the key is on", async || {
        (page.send(&[page_view("1")]).await.status == 200).then_some(())
    })
    .await;
    server.run(&["keys", "delete", "Shop"]);
    assert_eq!(owner.get("api-keys").await["api_keys"], serde_json::json!([]));
    let data = server.data_dir();
    let data = data.to_str().expect("text");
    let errors =
        footfall(server.folder(), &["keys", "--data-dir", data, "disable", "Shop"]).fails();
    assert!(errors.contains("no key"), "{errors}");
}

#[tokio::test]
async fn the_doctor_finds_nothing_wrong_with_a_good_set_up() {
    let mut server = Footfall::start().await;
    let owner = Owner::set_up(&server).await;
    owner.page().await.send(&[page_view("1")]).await.expect(200);
    server.terminate().await;
    let found = server.run(&["doctor", "--listen", "127.0.0.1:0"]);
    for check in ["settings", "folder", "disk", "port", "catalog: 1 projects", "lake: 1 events"] {
        assert!(found.contains(&format!("✓ {check}")), "{check} in {found}");
    }
}

#[test]
fn the_doctor_names_a_bad_folder_a_busy_port_and_a_bad_setting_with_advice() {
    let folder = tempfile::tempdir().expect("a folder");
    let blocked = folder.path().join("file");
    std::fs::write(&blocked, "in the way").expect("writes");
    let blocked = blocked.join("data");
    let busy = TcpListener::bind("127.0.0.1:0").expect("binds");
    let address = busy.local_addr().expect("an address").to_string();
    let blocked = blocked.to_str().expect("text");
    let found =
        footfall(folder.path(), &["doctor", "--data-dir", blocked, "--listen", &address]).fails();
    for text in ["✗ folder", "--data-dir", "✗ port", &address, "--listen"] {
        assert!(found.contains(text), "{text} in {found}");
    }
    std::fs::write(folder.path().join("footfall.toml"), "[lake]\nquery_memory_mib = 1")
        .expect("writes");
    let found = footfall(folder.path(), &["doctor"]).fails();
    assert!(found.contains("✗ settings") && found.contains("lake.query_memory_mib"), "{found}");
}

#[test]
fn serving_on_a_busy_port_says_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let busy = TcpListener::bind("127.0.0.1:0").expect("binds");
    let address = busy.local_addr().expect("an address").to_string();
    let errors = footfall(folder.path(), &["serve", "--listen", &address]).fails();
    assert!(errors.contains("server.listen") && errors.contains(&address), "{errors}");
}

#[test]
fn sign_ins_in_plain_text_are_refused_elsewhere_than_on_this_machine() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["serve", "demo", "doctor"] {
        let refused = footfall(folder.path(), &[name, "--listen", "0.0.0.0:0"]).fails();
        for text in ["plain text", "server.public_url", "server.insecure_cookies"] {
            assert!(refused.contains(text), "{name}: {refused}");
        }
    }
    let mut allowed = command();
    allowed.env("FOOTFALL_SERVER__INSECURE_COOKIES", "true").current_dir(folder.path());
    let found = run(allowed.args(["doctor", "--listen", "0.0.0.0:0"])).succeeds();
    assert!(found.contains("server.insecure_cookies"), "{found}");
    let mut behind_a_proxy = command();
    behind_a_proxy.env("FOOTFALL_SERVER__PUBLIC_URL", "https://footfall.example.com");
    behind_a_proxy.current_dir(folder.path());
    let found = run(behind_a_proxy.args(["doctor", "--listen", "0.0.0.0:0"])).succeeds();
    assert!(found.contains("✓ sign-ins: over HTTPS only"), "{found}");
}

#[test]
fn the_openapi_document_is_json() {
    let folder = tempfile::tempdir().expect("a folder");
    let document = footfall(folder.path(), &["openapi"]).succeeds();
    let document: Value = serde_json::from_str(&document).expect("JSON");
    assert!(document["paths"]["/ingest-events"]["post"].is_object());
}
