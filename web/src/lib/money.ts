// Amounts of money as people read them: whole minor units of a currency, never fractions.
import { MINUS } from './format'

/** Currencies whose minor unit is not a hundredth (ISO 4217); the browser's own data differs for some. */
const OTHER_DIGITS: Record<string, number> = {
  BHD: 3,
  IQD: 3,
  JOD: 3,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  TND: 3,
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  ISK: 0,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  PYG: 0,
  RWF: 0,
  UGX: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
}

/** Decimal digits of a currency's minor unit. */
export function currencyDigits(currency: string): number {
  return OTHER_DIGITS[currency] ?? 2
}

export function toMajor(minor: number, currency: string): number {
  return minor / 10 ** currencyDigits(currency)
}

/** The nearest whole minor unit; halves go away from zero. */
export function toMinor(major: number, currency: string): number {
  const scaled = Math.abs(major) * 10 ** currencyDigits(currency)
  // A typed 1.005 is stored as slightly less.
  return Math.sign(major) * Math.round(scaled + 1e-7) || 0
}

/** "TZS 150,000", "EUR 12.50": decimals only where they are not zero. */
export function money(minor: number, currency: string): string {
  return moneyColumn([minor], currency)(minor)
}

/** One way of writing for a whole column: decimals everywhere, or nowhere when all amounts are whole. */
export function moneyColumn(minors: number[], currency: string): (minor: number) => string {
  const unit = 10 ** currencyDigits(currency)
  const digits = minors.every((minor) => minor % unit === 0) ? 0 : currencyDigits(currency)
  const format = new Intl.NumberFormat('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })
  return (minor) => `${currency} ${minor < 0 ? MINUS : ''}${format.format(Math.abs(minor) / unit)}`
}
