//! A server across a network: TLS, passwords, and what is said when something is wrong with them.

use std::error::Error as _;

use catalog::Catalog;
use engine::ports::catalog::{Error, OutcomeStore};
use testkit::postgres::PostgresServer;

use super::JOURNAL;

/// An error with its causes, as logs show it.
fn message_of(error: &Error) -> String {
    let mut text = format!("{error} {error:?}");
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}

#[tokio::test]
async fn connections_are_encrypted_where_the_url_asks_and_certificates_are_checked() {
    let server = PostgresServer::own();
    let port = server.listen();
    let database = server.database();
    let url = |options: &str| {
        format!("postgres://footfall@localhost:{port}/{}?{options}", database.name())
    };
    let root = format!("sslrootcert={}", server.certificate().display());
    let encrypted = "SELECT bool_and(ssl), count(*) > 0 FROM pg_stat_ssl JOIN pg_stat_activity
        USING (pid) WHERE usename = 'footfall'";
    for (options, expected) in [
        ("sslmode=require".to_owned(), "t|t\n"),
        ("sslmode=prefer".to_owned(), "t|t\n"),
        ("sslmode=disable".to_owned(), "f|t\n"),
        (format!("sslmode=verify-full&{root}"), "t|t\n"),
    ] {
        let catalog = Catalog::connect(&url(&options), JOURNAL).await.unwrap();
        catalog.ping().await.unwrap();
        catalog.apply(&[], &[], 1).await.unwrap();
        assert_eq!(database.run(encrypted), expected, "{options}");
        catalog.close().await;
        database.run(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'footfall'",
        );
    }
    // Nobody we know vouches for the certificate; or it is of another host.
    let elsewhere = url(&format!("sslmode=verify-full&{root}")).replace("localhost", "127.0.0.1");
    for url in [url("sslmode=verify-full"), elsewhere] {
        let refused = Catalog::connect(&url, JOURNAL).await;
        assert!(matches!(refused, Err(Error::Unavailable(_))), "{url}: {refused:?}");
    }
}

#[tokio::test]
async fn a_wrong_password_is_refused_and_never_shown() {
    let server = PostgresServer::own();
    let port = server.listen();
    let database = server.database();
    database.run(&format!(
        "CREATE ROLE guarded LOGIN PASSWORD 'open sesame';
         ALTER DATABASE {} OWNER TO guarded",
        database.name()
    ));
    let url = |password: &str, port: u16| {
        format!("postgres://guarded:{password}@localhost:{port}/{}", database.name())
    };
    let admitted = Catalog::connect(&url("open%20sesame", port), JOURNAL).await.unwrap();
    admitted.close().await;
    for url in [
        url("hunter2", port),
        url("hunter2", 1),
        format!("{}?sslmode=hunter", url("hunter2", port)),
    ] {
        let refused = Catalog::connect(&url, JOURNAL).await.unwrap_err();
        assert!(!message_of(&refused).contains("hunter2"), "{}", message_of(&refused));
    }
    let refused = Catalog::connect(&url("hunter2", port), JOURNAL).await.unwrap_err();
    assert!(
        message_of(&refused).contains("password authentication failed"),
        "{}",
        message_of(&refused)
    );
}
