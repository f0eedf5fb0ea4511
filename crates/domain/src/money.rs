//! Amounts of money: whole minor units of a currency, never fractions.

use std::fmt;

use serde::{Deserialize, Serialize};

/// An ISO 4217 code, three upper-case letters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency(String);

/// What is no amount of money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidMoney {
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
    pub fn parse(code: &str) -> Result<Self, InvalidMoney> {
        let code = code.trim();
        if code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            Ok(Self(code.to_ascii_uppercase()))
        } else {
            Err(InvalidMoney::Currency)
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

    /// Decimal digits of its minor unit: two for codes that ISO 4217 does not list, or lists without one.
    pub fn digits(&self) -> u32 {
        let listed = iso_currency::Currency::from_code(&self.0);
        listed.and_then(iso_currency::Currency::exponent).map_or(2, u32::from)
    }
}

impl TryFrom<String> for Currency {
    type Error = InvalidMoney;

    fn try_from(code: String) -> Result<Self, InvalidMoney> {
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
    pub fn from_major(amount: f64, currency: Currency) -> Result<Self, InvalidMoney> {
        const LIMIT: f64 = 1e15;
        let scaled = amount * 10_f64.powi(i32::try_from(currency.digits()).unwrap_or(2));
        if !scaled.is_finite() || scaled.abs() >= LIMIT {
            return Err(InvalidMoney::Amount);
        }
        #[expect(clippy::cast_possible_truncation, reason = "below 10^15 by the check above")]
        let minor = scaled.round() as i64;
        Ok(Self { minor, currency })
    }

    /// The amount in major units, for sums that are estimates.
    #[expect(clippy::cast_precision_loss, reason = "below 10^15 when read from major units")]
    pub fn to_major(&self) -> f64 {
        self.minor as f64 / 10_f64.powi(i32::try_from(self.currency.digits()).unwrap_or(2))
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
    fn an_invalid_amount_is_refused() {
        assert_eq!(Currency::parse("EURO"), Err(InvalidMoney::Currency));
        assert_eq!(Currency::parse("€€€"), Err(InvalidMoney::Currency));
        let euro = Currency::parse("EUR").expect("a currency");
        assert_eq!(Money::from_major(f64::NAN, euro.clone()), Err(InvalidMoney::Amount));
        assert_eq!(Money::from_major(1e300, euro), Err(InvalidMoney::Amount));
    }

    #[test]
    fn an_unlisted_code_and_one_without_a_minor_unit_have_two_digits() {
        let digits = |code| Currency::parse(code).expect("a currency").digits();
        assert_eq!(["QQQ", "XXX", "XAU", "TZS"].map(digits), [2; 4]);
        assert_eq!(["VND", "UGX", "TND", "CLF"].map(digits), [0, 0, 3, 4]);
    }
}
