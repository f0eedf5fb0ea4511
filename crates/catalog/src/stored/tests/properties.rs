//! Round trips: any stored value is read back as it was.

use domain::crm::{Checkpoint, ContactFact, ContactState};
use domain::session::SessionState;
use proptest::prelude::*;

use super::strategies::{contact, fact, record};
use crate::stored::{decode, encode};

proptest! {
    #[test]
    fn any_timeline_is_read_back(record in record()) {
        prop_assert_eq!(decode::<SessionState>(&encode(&record).unwrap()).unwrap(), record);
    }

    #[test]
    fn any_contact_is_read_back(contact in contact()) {
        let text = encode(&contact).unwrap();
        prop_assert_eq!(decode::<ContactState>(&text).unwrap(), contact.clone());
        let covered = Checkpoint { state: contact, ..Checkpoint::default() };
        prop_assert_eq!(decode::<Checkpoint>(&encode(&covered).unwrap()).unwrap(), covered);
    }

    #[test]
    fn any_fact_is_read_back(fact in fact()) {
        prop_assert_eq!(decode::<ContactFact>(&encode(&fact).unwrap()).unwrap(), fact);
    }
}
