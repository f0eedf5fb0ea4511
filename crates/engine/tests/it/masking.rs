//! Masking of addresses and texts follows the project's settings, else the defaults.

use domain::event::{Element, NewEvent};
use domain::outcome::Contract;
use engine::ingest::{Envelope, Sender};
use testkit::records::events;

use crate::fixture::{ADDRESS, BROWSER, IngestFixture, KEY, ingest, item, rage_click};

const SENDER: Sender<'static> = Sender { user_agent: BROWSER, address: ADDRESS };

async fn stored(fixture: &IngestFixture, event: NewEvent) -> domain::event::Event {
    let page = Some("https://shop.test");
    let admitted = fixture.ingest.admit(Some(KEY), page).await.expect("admitted");
    let items = vec![item(event)];
    let accepted =
        fixture.ingest.accept(Contract::Friction, &admitted, SENDER, Envelope::default(), items);
    accepted.await.expect("stored");
    events(&*fixture.journal).await.pop().expect("an event")
}

#[tokio::test]
async fn parameters_that_the_project_names_stay() {
    let fixture = ingest(0);
    fixture.settings.0.lock().expect("unpoisoned").masking.query_parameters = "lang".to_owned();
    let url = "https://shop.test/cart?lang=sw&token=secret&utm_source=mail";
    let event = stored(&fixture, NewEvent { page_url: Some(url.to_owned()), ..rage_click("one") });
    let event = event.await;
    let kept = "https://shop.test/cart?lang=sw&utm_source=mail";
    assert_eq!(event.page.url.as_deref(), Some(kept));
    assert_eq!(event.page.utm.source.as_deref(), Some("mail"));
}

#[tokio::test]
async fn a_text_is_masked_before_it_is_cut() {
    let fixture = ingest(0);
    let text = format!("{} 4242 4242 4242 4242", "a".repeat(500));
    let element = Element { text: Some(text), ..Element::default() };
    let event = stored(&fixture, NewEvent { element, ..rage_click("one") }).await;
    assert_eq!(event.element.text, Some(format!("{} [card]", "a".repeat(500))));
}
