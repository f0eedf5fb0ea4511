//! The forms of the two sites.

/// A form on a page.
#[derive(Debug)]
pub(in crate::demo) struct Form {
    pub(in crate::demo) path: &'static str,
    pub(in crate::demo) name: &'static str,
    pub(in crate::demo) fields: &'static [FormField],
}

/// A field of a form, named like its element.
#[derive(Debug)]
pub(in crate::demo) struct FormField {
    pub(in crate::demo) name: &'static str,
    pub(in crate::demo) kind: &'static str,
    pub(in crate::demo) typical_ms: u64,
    pub(in crate::demo) is_optional: bool,
}

const fn field(name: &'static str, kind: &'static str, typical_ms: u64) -> FormField {
    FormField { name, kind, typical_ms, is_optional: false }
}

const fn optional(name: &'static str, kind: &'static str, typical_ms: u64) -> FormField {
    FormField { is_optional: true, ..field(name, kind, typical_ms) }
}

pub(super) const BAHARI_FORMS: &[Form] = &[
    Form {
        path: "/booking",
        name: "dates",
        fields: &[
            field("pickup_date", "date", 5_200),
            field("return_date", "date", 4_100),
            field("pickup_location", "select", 2_600),
            optional("flight", "text", 3_900),
        ],
    },
    Form {
        path: "/booking/details",
        name: "details",
        fields: &[
            field("name", "text", 4_300),
            field("email", "email", 6_100),
            field("phone", "tel", 5_400),
            field("licence", "text", 9_800),
            optional("notes", "textarea", 7_700),
        ],
    },
    Form {
        path: "/booking/payment",
        name: "payment",
        fields: &[field("method", "radio", 3_300), field("terms", "checkbox", 1_400)],
    },
];

pub(super) const DUKA_FORMS: &[Form] = &[Form {
    path: "/checkout",
    name: "checkout",
    fields: &[
        field("name", "text", 4_100),
        field("email", "email", 6_600),
        field("phone", "tel", 5_100),
        field("address", "text", 11_200),
        optional("voucher", "text", 6_900),
        field("method", "radio", 3_000),
    ],
}];
