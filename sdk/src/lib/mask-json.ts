// Masks the texts within what a page hands over as JSON, as the server does (`crates/domain/src/privacy/json.rs`).
import { isCard, mask } from './mask'

/** Names of members whose values are masked whatever they look like, in small letters without `_` and `-`. */
const PERSONAL: Record<string, string> = {
  '[card]': 'cardnumber creditcard',
  '[email]': 'email emailaddress mail',
  '[iban]': 'iban',
  '[number]': 'cvc cvv nationalid otp passport passportnumber pin ssn',
  '[phone]': 'mobile mobilenumber msisdn phone phonenumber tel telephone',
  '[token]': 'accesstoken apikey authorization idtoken passcode passwd password pwd refreshtoken secret token',
}

const personal = (name: string): string | undefined => {
  const plain = name.replace(/[_ -]/g, '').toLowerCase()
  return Object.keys(PERSONAL).find((word) => ` ${PERSONAL[word]} `.includes(` ${plain} `))
}

/** Numbers and tokens are what ids look like; addresses and phones are not. */
const isPlainId = (name: string, value: unknown): boolean =>
  /(^id|_id|Id)$/.test(name) && !(typeof value === 'string' && /[@+%]/.test(value))

/** A filter such as `phone: true` identifies nobody. */
const holdsData = (value: unknown): boolean => typeof value === 'number' || (typeof value === 'string' && value !== '')

const maskMember = (name: string, value: unknown): unknown => {
  if (isPlainId(name, value)) return value
  return (holdsData(value) && personal(name)) || maskJson(value)
}

/** A copy; names of members are masked like texts. */
export const maskJson = (value: unknown): unknown => {
  if (typeof value === 'string') return mask(value)
  if (typeof value === 'number') return /^[3-6]\d{12,}$/.test(`${value}`) && isCard(`${value}`) ? '[card]' : value
  if (Array.isArray(value)) return value.map(maskJson)
  if (!value || typeof value !== 'object') return value
  const copy: Record<string, unknown> = {}
  for (const [name, member] of Object.entries(value)) copy[mask(name)] = maskMember(name, member)
  return copy
}
