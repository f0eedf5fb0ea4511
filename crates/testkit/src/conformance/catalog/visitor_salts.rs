//! Salts of visitors who are known for a day.

use super::CatalogHarness;

/// Whoever asks gets what was kept first; what is over is gone.
pub async fn a_day_has_one_salt_until_it_is_over<S: CatalogHarness>() {
    let mut store = S::fresh().await;
    let salts = store.ports().visitor_salts;
    let [one, two, three, four] = [1, 2, 3, 4].map(|byte| [byte; 32]);
    assert_eq!(salts.visitor_salts(10, [one, two]).await.unwrap(), [one, two]);
    assert_eq!(salts.visitor_salts(10, [three, four]).await.unwrap(), [one, two]);
    drop(salts);
    store.reopen().await;
    let salts = store.ports().visitor_salts;
    assert_eq!(salts.visitor_salts(11, [three, four]).await.unwrap(), [two, four]);
    assert_eq!(salts.visitor_salts(10, [three, three]).await.unwrap(), [three, two], "destroyed");
}
