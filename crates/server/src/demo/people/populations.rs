//! The countries visitors come from: their shares, names, cities, and unassigned prefixes of phone
//! numbers.

use crate::demo::places::{
    ACROSS_THE_OCEAN, AMERICAN, CHINESE, City, EUROPEAN, KENYAN, SOUTH_AFRICAN, TANZANIAN, UGANDAN,
};

/// People of a country, or of some neighbours.
#[derive(Debug)]
pub(super) struct Population {
    /// Its visitors among a thousand.
    pub(super) per_mille: u64,
    pub(super) first_names: &'static [&'static str],
    pub(super) last_names: &'static [&'static str],
    /// Empty: they give no number.
    pub(super) phone: &'static str,
    /// Where they live, most of them in the first.
    pub(super) cities: &'static [City],
}

/// All of them; their shares add up to a thousand.
pub(super) static POPULATIONS: [Population; 8] = [
    Population {
        per_mille: 610,
        first_names: &[
            "Asha",
            "Baraka",
            "Neema",
            "Juma",
            "Zawadi",
            "Hamisi",
            "Rehema",
            "Daudi",
            "Amina",
            "Salim",
            "Fatma",
            "Elia",
            "Upendo",
            "Moses",
            "Grace",
            "Said",
            "Halima",
            "Emmanuel",
            "Mwajuma",
            "Joseph",
            "Happiness",
            "Abdallah",
            "Rose",
            "Godfrey",
        ],
        last_names: &[
            "Mushi", "Kimaro", "Massawe", "Mwakyusa", "Mrisho", "Ngowi", "Shirima", "Lyimo",
            "Mollel", "Komba", "Magesa", "Mtui", "Nyerembe", "Chande", "Swai", "Makame", "Temba",
            "Kileo", "Mbwana", "Haule", "Sanga", "Mwinyi",
        ],
        phone: "+255 700",
        cities: &TANZANIAN,
    },
    Population {
        per_mille: 220,
        first_names: &[
            "Wanjiru", "Otieno", "Achieng", "Kiprop", "Njeri", "Mwangi", "Akinyi", "Brian",
            "Faith", "Kevin", "Mercy", "Dennis", "Purity", "Collins", "Wambui", "Ali",
        ],
        last_names: &[
            "Kamau",
            "Odhiambo",
            "Koech",
            "Mutua",
            "Njoroge",
            "Wafula",
            "Cheruiyot",
            "Omondi",
            "Karanja",
            "Musyoka",
            "Barasa",
            "Ndung'u",
            "Rotich",
            "Kariuki",
            "Hassan",
        ],
        phone: "+254 760",
        cities: &KENYAN,
    },
    Population {
        per_mille: 60,
        first_names: &["Namutebi", "Okello", "Nakato", "Mugisha", "Apio", "Ssemakula", "Joan"],
        last_names: &["Kato", "Nsubuga", "Atim", "Tumusiime", "Odongo", "Nabirye"],
        phone: "",
        cities: &UGANDAN,
    },
    Population {
        per_mille: 50,
        first_names: &["Oliver", "Emily", "Lena", "Jonas", "Harriet", "Daan", "Femke", "Callum"],
        last_names: &["Walker", "Petersen", "de Vries", "Hughes", "Brandt", "Jansen", "Reid"],
        phone: "",
        cities: &EUROPEAN,
    },
    Population {
        per_mille: 20,
        first_names: &["Thandi", "Sipho", "Lerato", "Pieter", "Naledi", "Themba"],
        last_names: &["Dlamini", "Nkosi", "Botha", "Mokoena", "van Wyk"],
        phone: "",
        cities: &SOUTH_AFRICAN,
    },
    Population {
        per_mille: 20,
        first_names: &["Priya", "Arjun", "Fatima", "Omar", "Ananya", "Rahul"],
        last_names: &["Sharma", "Patel", "Haddad", "Nair", "Rao", "Khan"],
        phone: "",
        cities: &ACROSS_THE_OCEAN,
    },
    Population {
        per_mille: 12,
        first_names: &["Megan", "James", "Sophia", "Marcus", "Dana"],
        last_names: &["Foster", "Bennett", "Rivera", "Coleman"],
        phone: "",
        cities: &AMERICAN,
    },
    Population {
        per_mille: 8,
        first_names: &["Wei", "Mei", "Jun", "Xiu", "Hao"],
        last_names: &["Chen", "Lin", "Huang", "Zhou"],
        phone: "",
        cities: &CHINESE,
    },
];
