//! Amounts of money: whole minor units of a currency, never fractions.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Currencies whose minor unit is not a hundredth, with its digits (ISO 4217).
const OTHER_DIGITS: [(&str, u32); 23] = [
    ("BHD", 3),
    ("BIF", 0),
    ("CLP", 0),
    ("DJF", 0),
    ("GNF", 0),
    ("IQD", 3),
    ("ISK", 0),
    ("JOD", 3),
    ("JPY", 0),
    ("KMF", 0),
    ("KRW", 0),
    ("KWD", 3),
    ("LYD", 3),
    ("OMR", 3),
    ("PYG", 0),
    ("RWF", 0),
    ("TND", 3),
    ("UGX", 0),
    ("VND", 0),
    ("VUV", 0),
    ("XAF", 0),
    ("XOF", 0),
    ("XPF", 0),
];

/// An ISO 4217 code, three upper-case letters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency(String);

/// What is no amount of money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadMoney {
    /// Not three letters.
    #[error("a currency is three letters, such as TZS")]
    Currency,
    /// Not finite, or beyond what can be counted.
    #[error("an amount must be a number below 10^15")]
    Amount,
}

impl Default for Currency {
    /// US dollars: for amounts that name no currency, in projects that set none.
    fn default() -> Self {
        Self("USD".to_owned())
    }
}

impl Currency {
    /// The currency of this code, whatever its case.
    pub fn parse(code: &str) -> Result<Self, BadMoney> {
        let code = code.trim();
        if code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            Ok(Self(code.to_ascii_uppercase()))
        } else {
            Err(BadMoney::Currency)
        }
    }

    /// ISO 4217's code for no currency: of amounts that name none.
    pub fn none() -> Self {
        Self("XXX".to_owned())
    }

    /// The code.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Decimal digits of its minor unit.
    pub fn digits(&self) -> u32 {
        let other = OTHER_DIGITS.binary_search_by_key(&self.as_str(), |(code, _)| code);
        other.ok().and_then(|index| OTHER_DIGITS.get(index)).map_or(2, |(_, digits)| *digits)
    }
}

impl TryFrom<String> for Currency {
    type Error = BadMoney;

    fn try_from(code: String) -> Result<Self, BadMoney> {
        Self::parse(&code)
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.0
    }
}

/// An amount.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Money {
    /// In minor units: cents, fils, or whole yen.
    pub minor: i64,
    /// Of what.
    pub currency: Currency,
}

impl Money {
    /// `amount` of major units, rounded to the nearest minor unit, halves away from zero.
    pub fn from_major(amount: f64, currency: Currency) -> Result<Self, BadMoney> {
        const LIMIT: f64 = 1e15;
        let scaled = amount * 10_f64.powi(i32::try_from(currency.digits()).unwrap_or(2));
        if !scaled.is_finite() || scaled.abs() >= LIMIT {
            return Err(BadMoney::Amount);
        }
        #[expect(clippy::cast_possible_truncation, reason = "below 10^15 by the check above")]
        let minor = scaled.round() as i64;
        Ok(Self { minor, currency })
    }

    /// The amount in major units as decimal text, such as `1500.00`.
    pub fn to_decimal(&self) -> String {
        let digits = self.currency.digits();
        let unit = 10_u64.pow(digits);
        let (whole, rest) = (self.minor.unsigned_abs() / unit, self.minor.unsigned_abs() % unit);
        let sign = if self.minor < 0 { "-" } else { "" };
        match usize::try_from(digits) {
            Ok(digits) if digits > 0 => format!("{sign}{whole}.{rest:0digits$}"),
            _ => format!("{sign}{whole}"),
        }
    }
}

impl fmt::Display for Money {
    /// For people: `TZS 150,000`, with decimals only where they are not zero.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let decimal = self.to_decimal();
        let (whole, rest) = decimal.split_once('.').unwrap_or((&decimal, ""));
        let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
        write!(formatter, "{} {sign}", self.currency.as_str())?;
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                formatter.write_str(",")?;
            }
            write!(formatter, "{digit}")?;
        }
        if rest.bytes().any(|byte| byte != b'0') {
            write!(formatter, ".{rest}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(amount: f64, code: &str) -> Money {
        Money::from_major(amount, Currency::parse(code).expect("a currency")).expect("an amount")
    }

    #[test]
    fn amounts_are_whole_minor_units_of_their_currency() {
        assert_eq!(money(150_000.0, "tzs").minor, 15_000_000);
        assert_eq!(money(19.995, "EUR").minor, 2_000);
        assert_eq!(money(500.0, "JPY").minor, 500);
        assert_eq!(money(1.2345, "KWD").minor, 1_235);
        assert_eq!(money(0.1 + 0.2, "USD").minor, 30);
    }

    #[test]
    fn people_read_groups_and_only_the_decimals_there_are() {
        assert_eq!(money(150_000.0, "TZS").to_string(), "TZS 150,000");
        assert_eq!(money(-1_234.5, "USD").to_string(), "USD -1,234.50");
        assert_eq!(money(999.0, "JPY").to_string(), "JPY 999");
        assert_eq!(money(0.05, "EUR").to_decimal(), "0.05");
    }

    #[test]
    fn what_is_no_money_is_refused() {
        assert_eq!(Currency::parse("EURO"), Err(BadMoney::Currency));
        assert_eq!(Currency::parse("€€€"), Err(BadMoney::Currency));
        let euro = Currency::parse("EUR").expect("a currency");
        assert_eq!(Money::from_major(f64::NAN, euro.clone()), Err(BadMoney::Amount));
        assert_eq!(Money::from_major(1e300, euro), Err(BadMoney::Amount));
    }

    #[test]
    fn the_list_of_other_digits_is_sorted() {
        assert!(OTHER_DIGITS.is_sorted());
    }
}
