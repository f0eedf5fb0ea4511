//! What is stored is read back as it was, whatever it says.

use domain::crm::{ContactState, Fact};
use domain::session::Record;
use proptest::prelude::*;

use super::strategies::{contact, fact, record};
use crate::stored::{decode, encode};

proptest! {
    #[test]
    fn any_timeline_is_read_back(record in record()) {
        prop_assert_eq!(decode::<Record>(&encode(&record).unwrap()).unwrap(), record);
    }

    #[test]
    fn any_contact_is_read_back(contact in contact()) {
        let text = encode(&contact).unwrap();
        prop_assert_eq!(decode::<ContactState>(&text).unwrap(), contact);
    }

    #[test]
    fn any_fact_is_read_back(fact in fact()) {
        prop_assert_eq!(decode::<Fact>(&encode(&fact).unwrap()).unwrap(), fact);
    }
}
