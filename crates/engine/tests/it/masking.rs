//! What is kept of addresses and texts goes by the project's settings, and by the default without them.

use domain::event::{Element, NewEvent};
use domain::outcome::Contract;
use engine::ingest::{Envelope, Sender};
use testkit::records::events;

use crate::given::{ADDRESS, BROWSER, Given, KEY, ingest, item, rage_click};

const SENDER: Sender<'static> = Sender { user_agent: BROWSER, address: ADDRESS };

async fn stored(given: &Given, event: NewEvent) -> domain::event::Event {
    let page = Some("https://shop.test");
    let admitted = given.ingest.admit(Some(KEY), page).await.expect("admitted");
    let items = vec![item(event)];
    let accepted =
        given.ingest.accept(Contract::Friction, &admitted, SENDER, Envelope::default(), items);
    accepted.await.expect("stored");
    events(&*given.journal).await.pop().expect("an event")
}

#[tokio::test]
async fn parameters_that_the_project_names_stay() {
    let given = ingest(0);
    given.settings.0.lock().expect("unpoisoned").masking.query_parameters = "lang".to_owned();
    let url = "https://shop.test/cart?lang=sw&token=secret&utm_source=mail";
    let event = stored(&given, NewEvent { page_url: Some(url.to_owned()), ..rage_click("one") });
    let event = event.await;
    let kept = "https://shop.test/cart?lang=sw&utm_source=mail";
    assert_eq!(event.page.url.as_deref(), Some(kept));
    assert_eq!(event.page.utm.source.as_deref(), Some("mail"));
}

#[tokio::test]
async fn a_text_is_masked_before_it_is_cut() {
    let given = ingest(0);
    let text = format!("{} 4242 4242 4242 4242", "a".repeat(500));
    let element = Element { text: Some(text), ..Element::default() };
    let event = stored(&given, NewEvent { element, ..rage_click("one") }).await;
    assert_eq!(event.element.text, Some(format!("{} [card]", "a".repeat(500))));
}
